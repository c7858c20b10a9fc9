"""Compiles gettext catalogues (.po to .mo beside them) with Babel, so that no machine needs gettext for it.

python .ci/compile_catalogues.py [locale/es/LC_MESSAGES/django.po ...]     (all of them without a name)
"""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogue(source: Path) -> int:
    """Write the .mo file in one step; returns its number of messages. PoFileError where the .po file is broken."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    target = source.with_suffix(".mo")
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(target)
    return len(catalogue)


def main(names: list[str]) -> None:
    for name in names or sorted(map(str, LOCALE.rglob("*.po"))):
        try:
            count = compile_catalogue(Path(name))
        except PoFileError as error:
            sys.exit(f"{name}: {error}")
        print(f"Catalogue {name}: {count} messages")


if __name__ == "__main__":
    main(sys.argv[1:])
