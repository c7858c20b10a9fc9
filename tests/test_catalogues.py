"""The catalogues are whole in five languages. That they hold the strings of the source is told by `make check`.

The admin says nothing in English that a package says: what a new release leaves untranslated, `make messages` gathers.
"""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

LOCALES = [code for code, _name in settings.LANGUAGES]
FORMS = {"ar": 6}
OTHER = Path(settings.LOCALE_PATHS[1])  # below the first
OF_PACKAGES = sorted(OTHER.rglob("*.po"))
FOLDERS = {"pt": "pt_BR"}  # of Wagtail's catalogues
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")
TAG = re.compile(r"</?\w+")


def path_of(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


every_catalogue = pytest.mark.parametrize(
    "path", [*map(path_of, LOCALES), *OF_PACKAGES], ids=lambda path: str(path.relative_to(settings.BASE_DIR))
)


def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def identities(locale: str) -> set[tuple]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(path_of(locale))}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@every_catalogue
def test_nothing_is_missing_fuzzy_or_obsolete(path):
    entries = catalogue(path)
    assert [entry.msgid for entry in entries if not all(text.strip() for text in translations(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if entry.obsolete] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_plural_form_is_there(locale):
    entries = catalogue(path_of(locale))
    assert len(entries) > 100
    forms = FORMS.get(locale, 2)
    assert f"nplurals={forms};" in entries.metadata["Plural-Forms"]
    wrong = [entry.msgid for entry in entries if entry.msgid_plural and set(entry.msgstr_plural) != set(range(forms))]
    assert wrong == []


@pytest.mark.parametrize("path", OF_PACKAGES, ids=lambda path: path.parts[-3])
def test_the_plural_forms_of_packages_are_those_of_wagtail(path):
    """JavaScript counts the forms of all catalogues alike."""
    folder = FOLDERS.get(path.parts[-3], path.parts[-3])
    wagtail = Path(apps.get_app_config("wagtailadmin").path) / "locale" / folder / "LC_MESSAGES" / path.name
    forms = polib.pofile(str(wagtail)).metadata["Plural-Forms"]
    assert catalogue(path).metadata["Plural-Forms"] == forms
    counts = {len(entry.msgstr_plural) for entry in catalogue(path) if entry.msgid_plural}
    assert {f"nplurals={count}" for count in counts} <= {forms.split(";")[0]}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize(
    "language", [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES if code != "en"]
)
def test_the_admin_says_nothing_in_english_that_a_package_says(language, domain):
    """Nor in Spanish, which stands in for what is missing in other languages."""
    known = DjangoTranslation(language, domain)._catalog
    paths = (Path(config.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for config in apps.get_app_configs())
    entries = [entry for path in paths if path.exists() for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert len(entries) > 50
    missing = []
    for entry in entries:
        key = (entry.msgid_with_context, 0) if entry.msgid_plural else entry.msgid_with_context
        if key not in known:
            missing.append(entry.msgid)
    assert missing == []


@pytest.mark.parametrize("path", OF_PACKAGES, ids=lambda path: "/".join(path.parts[-3::2]))
def test_what_a_package_says_wrongly_is_corrected(path):
    """Under the code that the admin has for the language, too."""
    corrections = [entry for entry in catalogue(path) if entry.tcomment]
    for language in {"pt": ("pt", "pt-br")}.get(path.parts[-3], path.parts[-3:-2]):
        known = DjangoTranslation(language, path.stem)._catalog
        for entry in corrections:
            key = (entry.msgid_with_context, 0) if entry.msgid_plural else entry.msgid_with_context
            assert known[key] == translations(entry)[0]


@pytest.mark.parametrize("path", [path_of("fr"), *OTHER.glob("fr/*/*.po")], ids=str)
def test_no_french_line_ends_before_its_punctuation(path):
    """A space that a line may break at stands neither before : ; ! ? and » nor after «."""
    texts = (text for entry in catalogue(path) for text in translations(entry))
    assert [text for text in texts if re.search(r" [:;!?»]|« ", text)] == []


@every_catalogue
def test_placeholders_are_those_of_the_string(path):
    wrong = []
    for entry in catalogue(path):
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in translations(entry):
            found = set(PLACEHOLDER.findall(text))
            # A form for one or two may say the number in words, and so leave out one placeholder.
            spelled_out = 1 if entry.msgid_plural else 0
            if found - wanted or len(wanted - found) > spelled_out:
                wrong.append((entry.msgid, text))
    assert wrong == []


@every_catalogue
def test_markup_and_edges_are_those_of_the_string(path):
    wrong = []
    for entry in catalogue(path):
        for text in translations(entry):
            tags = sorted(TAG.findall(text)) == sorted(TAG.findall(entry.msgid_plural or entry.msgid))
            edges = (text[:1].isspace(), text[-1:].isspace()) == (entry.msgid[:1].isspace(), entry.msgid[-1:].isspace())
            if not (tags and edges):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_all_catalogues_hold_the_same_strings(locale):
    assert identities(locale) == identities("es")


@pytest.mark.parametrize(("place", "locales"), [(0, LOCALES), (1, [code for code in LOCALES if code != "en"])])
def test_the_folders_hold_catalogues_only(place, locales):
    folder = Path(settings.LOCALE_PATHS[place])
    assert sorted(path.name for path in folder.iterdir() if path != OTHER) == sorted(locales)
    assert [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".po", ".mo")] == []
