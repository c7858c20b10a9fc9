#!/usr/bin/env python3
"""Django's command line for the INSPIRE hub, in the language of the terminal.

What an operator can mend is told in a line: a database that is away, a variable that cannot be read. The whole
traceback is there with --traceback or HUB_DEBUG=1.
"""

import os
import signal
import sys


def main() -> None:
    # Not above: it takes a while, in which somebody may think better of it.
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error
    from django.utils import translation

    from search.faults import in_a_line
    from search.languages import operator_language

    try:
        django.setup()
        translation.activate(operator_language())
        execute_from_command_line(sys.argv)
    except (Error, ImproperlyConfigured) as error:
        if "--traceback" in sys.argv or (settings.configured and settings.DEBUG):
            raise
        sys.exit(in_a_line(error) if isinstance(error, Error) else str(error))


def stop(*_signal: object) -> None:
    """End as after Ctrl-C: let go of locks, and take back what is half done."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    try:
        main()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        sys.exit(130)
