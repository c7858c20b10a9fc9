"""Strings of the interface and the catalogues of their translations.

    python .ci/catalogues.py check     every string of the source is in every catalogue, and no other
    python .ci/catalogues.py gather    put new strings in, take those away that the source no longer has

Strings are found by Django's own makemessages (which needs xgettext) in a copy of the source.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("hub", "home", "resources", "search")
# Plural forms as CLDR has them for the numbers that occur here.
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}


def catalogue_path(locale: str) -> Path:
    return ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"


def strings_of_the_source() -> polib.POFile:
    """Everything marked for translation in Python and templates."""
    with tempfile.TemporaryDirectory() as folder:
        for app in APPS:
            ignored = shutil.ignore_patterns("__pycache__", "migrations", "data", "static", "*.mo")
            shutil.copytree(ROOT / app, Path(folder) / app, ignore=ignored)
        (Path(folder) / "locale").mkdir()
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--keep-pot", "--no-wrap"]
        command += ["--add-location", "file", "--verbosity", "0"]
        subprocess.run(command, cwd=folder, env=environment, check=True)
        return polib.pofile(str(Path(folder) / "locale" / "django.pot"), wrapwidth=0)


def keys(catalogue: polib.POFile) -> set[tuple[str, str, str]]:
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def check() -> int:
    """Number of catalogues that differ from the source; each difference is printed."""
    source = keys(strings_of_the_source())
    wrong = 0
    for locale in PLURALS:
        path = catalogue_path(locale)
        known = keys(polib.pofile(str(path))) if path.exists() else set()
        for title, difference in (("lacks", source - known), ("has, but the source has not", known - source)):
            for context, text, _plural in sorted(difference):
                print(f"{path.relative_to(ROOT)} {title}: {text!r}{f' ({context})' if context else ''}")
        wrong += known != source
    return wrong


def gather() -> None:
    source = strings_of_the_source()
    for locale, plural in PLURALS.items():
        path = catalogue_path(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
        catalogue.wrapwidth = 0
        catalogue.merge(source)
        catalogue.metadata = {
            "Project-Id-Version": "INSPIRE hub",
            "Language": locale,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural,
        }
        catalogue.metadata_is_fuzzy = False
        for entry in list(catalogue):
            if entry.obsolete:
                catalogue.remove(entry)
            elif entry.msgid_plural:
                entry.msgstr_plural = dict.fromkeys(range(int(plural[9])), "") | entry.msgstr_plural
        if locale == "en":  # the strings are English already
            for entry in [entry for entry in catalogue if not entry.msgstr and not any(entry.msgstr_plural.values())]:
                if entry.msgid_plural:
                    entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
                else:
                    entry.msgstr = entry.msgid
        catalogue.sort(key=lambda entry: (entry.occurrences[0] if entry.occurrences else ("", ""), entry.msgid))
        catalogue.save(str(path))
        left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} strings, {left} to translate")


if __name__ == "__main__":
    if sys.argv[1:] == ["gather"]:
        gather()
    elif sys.argv[1:] == ["check"]:
        sys.exit(1 if check() else 0)
    else:
        sys.exit(__doc__)
