"""Gathers into locale/packages/ what packages, Wagtail above all, leave untranslated in a language of the hub.

    python .ci/package_catalogues.py

Translations made there are kept until the packages bring their own. A translation of a package that is wrong is
corrected there too: such an entry quotes it in a comment, and is kept as long as the package says so.
"""

import os
import sys
from pathlib import Path

import django
import polib
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# Where gettext looks for each language of the admin, whose Portuguese is that of Brazil.
FOLDERS = {"es": ["es"], "fr": ["fr"], "pt": ["pt_BR", "pt"], "ar": ["ar"]}


def text(entry: polib.MOEntry | polib.POEntry) -> str:
    """Its translation in a line, as a comment quotes it."""
    return " ".join((" | ".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr).split())


def known_strings(code: str, domain: str) -> dict[str, set[str]]:
    """What Django, packages and the hub say in this language. Some packages bring compiled catalogues only."""
    locales = [Path(django.__file__).parent / "conf" / "locale", ROOT / "locale"]
    locales += [Path(config.path) / "locale" for config in apps.get_app_configs()]
    paths = [locale / folder / "LC_MESSAGES" / f"{domain}.mo" for locale in locales for folder in FOLDERS[code]]
    known: dict[str, set[str]] = {}
    for path in filter(Path.exists, paths):
        for entry in polib.mofile(str(path)):
            known.setdefault(entry.msgid_with_context, set()).add(text(entry))
    return known


def gather(code: str, domain: str) -> None:
    known = known_strings(code, domain)
    wagtail = Path(apps.get_app_config("wagtailadmin").path) / "locale" / FOLDERS[code][0] / "LC_MESSAGES"
    path = ROOT / "locale" / "packages" / code / "LC_MESSAGES" / f"{domain}.po"
    kept = {entry.msgid_with_context: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "INSPIRE hub",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        # That of Wagtail: JavaScript counts the forms of all catalogues alike.
        "Plural-Forms": polib.pofile(str(wagtail / f"{domain}.po")).metadata["Plural-Forms"],
    }
    forms = int(catalogue.metadata["Plural-Forms"].removeprefix("nplurals=")[0])
    for config in apps.get_app_configs():
        english = Path(config.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(english)) if english.exists() else []:
            if entry.obsolete or (key := entry.msgid_with_context) in known:
                continue
            known[key] = set()
            old = kept.get(key, polib.POEntry())
            entry.occurrences = [(config.name, "")]
            if entry.msgid_plural:
                entry.msgstr_plural = {form: old.msgstr_plural.get(form, "") for form in range(forms)}
            else:
                entry.msgstr = old.msgstr
            catalogue.append(entry)
    catalogue.extend(entry for key, entry in kept.items() if entry.tcomment in known.get(key, ()))
    if catalogue:
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        print(
            f"{path.relative_to(ROOT)}: {len(catalogue)} strings, {len(catalogue.untranslated_entries())} to translate"
        )
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    django.setup()
    for code in FOLDERS:
        for domain in ("django", "djangojs"):
            gather(code, domain)
