"""The catalogues are whole in five languages. That they hold the strings of the source is told by `make check`."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

LOCALES = [code for code, _name in settings.LANGUAGES]
FORMS = {"ar": 6}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")
TAG = re.compile(r"</?\w+")


def path_of(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def catalogue(locale: str) -> polib.POFile:
    return polib.pofile(str(path_of(locale)))


def identities(locale: str) -> set[tuple]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(locale)}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_missing_fuzzy_or_obsolete(locale):
    entries = catalogue(locale)
    assert len(entries) > 100
    assert [entry.msgid for entry in entries if not all(text.strip() for text in translations(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if entry.obsolete] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_plural_form_is_there(locale):
    entries = catalogue(locale)
    forms = FORMS.get(locale, 2)
    assert f"nplurals={forms};" in entries.metadata["Plural-Forms"]
    wrong = [entry.msgid for entry in entries if entry.msgid_plural and set(entry.msgstr_plural) != set(range(forms))]
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_those_of_the_string(locale):
    wrong = []
    for entry in catalogue(locale):
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in translations(entry):
            found = set(PLACEHOLDER.findall(text))
            # A form for one or two may say the number in words, and so leave out one placeholder.
            spelled_out = 1 if entry.msgid_plural else 0
            if found - wanted or len(wanted - found) > spelled_out:
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_markup_and_edges_are_those_of_the_string(locale):
    wrong = []
    for entry in catalogue(locale):
        for text in translations(entry):
            tags = sorted(TAG.findall(text)) == sorted(TAG.findall(entry.msgid_plural or entry.msgid))
            edges = (text[:1].isspace(), text[-1:].isspace()) == (entry.msgid[:1].isspace(), entry.msgid[-1:].isspace())
            if not (tags and edges):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_all_catalogues_hold_the_same_strings(locale):
    assert identities(locale) == identities("es")


def test_the_folder_holds_catalogues_only():
    folder = Path(settings.LOCALE_PATHS[0])
    assert sorted(path.name for path in folder.iterdir()) == sorted(LOCALES)
    assert [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".po", ".mo")] == []
