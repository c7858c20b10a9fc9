"""Builds the index anew from the database; readers use the old one until the new one is whole."""

from collections.abc import Callable
from time import monotonic, sleep

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import indexing, registry
from search.engines.base import Busy, EngineError
from search.management.commands.search_status import left_out
from search.progress import ProgressBar

LONGEST_WAIT = 90.0  # seconds: the lock of a process that was killed has lapsed by then
STEP = 1.0  # seconds between two tries


class Command(BaseCommand):
    help = "Builds the search index anew from the database, then puts it in place of the old one in one step."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--wait", action="store_true", help="wait for a process that is building the index")

    def handle(self, *args, **options) -> None:
        bar = ProgressBar(len(registry.source().ids()), _("Works indexed"), self.stderr)
        unreadable: dict[str, str] = {}
        try:
            count = self.rebuild(bar.reach, unreadable, LONGEST_WAIT if options["wait"] else 0)
        except EngineError as error:
            raise CommandError(str(error)) from error
        finally:
            bar.close()
        self.stdout.write(
            ngettext("The index has %(count)s work.", "The index has %(count)s works.", count) % {"count": count}
        )
        if unreadable:
            # No failure: readers have an index of all others, and search_status goes on telling it.
            self.stderr.write(self.style.WARNING(left_out(unreadable)))

    def rebuild(self, reach: Callable[[int], None], unreadable: dict[str, str], patience: float) -> int:
        until, waits = monotonic() + patience, False
        while True:
            try:
                return indexing.rebuild(reach, unreadable)
            except Busy as error:
                if monotonic() >= until:
                    raise
                if not waits:
                    self.stderr.write(_("Waiting: %(reason)s") % {"reason": error})
                waits = True
                sleep(STEP)
