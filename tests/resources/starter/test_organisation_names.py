import re

import pytest

from resources.models import Organisation
from resources.starter.facts import parts_of
from resources.starter.organisations import OrganisationNames
from tests.resources.starter.conftest import DATA, table

WHO = Organisation(
    key="who", acronym="WHO", name_en="World Health Organization", name_es="Organización Mundial de la Salud",
    synonyms_es="OMS",
)  # fmt: skip
PAHO = Organisation(key="paho", acronym="PAHO", name_en="Pan American Health Organization", synonyms_es="OPS")
HUB = Organisation(key="hub", name_en="Safe Futures Hub", synonyms_es="OMS")
NAMES = OrganisationNames([HUB, WHO, PAHO])


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("World Health Organization", [("who", "publisher")], ""),
        ("who ; Pan-American Health  Organization", [("who", "publisher"), ("paho", "publisher")], ""),
        ("OPS/OMS", [("paho", "publisher"), ("hub", "publisher")], ""),
        ("PAHO/WHO", [("paho", "publisher"), ("who", "publisher")], ""),
        ("PAHO/Elsewhere", [], "PAHO/Elsewhere"),
        ("Pan American Health Organization (PAHO)", [("paho", "publisher")], ""),
        ("World Health Organization and partners; Nobody", [("who", "publisher")], "Nobody"),
        ("WHO (developer); PAHO", [("who", "developer"), ("paho", "publisher")], ""),
        ("WHO (evaluation)", [], "WHO (evaluation)"),
        ("Safe Futures Hub (one; two)", [("hub", "publisher")], ""),
        ("WHO; WHO", [("who", "publisher")], ""),
        ("", [], ""),
    ],
)
def test_organisations_are_found_by_name_acronym_or_synonym_and_the_rest_stays_in_words(text, found, words):
    named = NAMES.read(text, "publisher")
    assert [(organisation.key, role) for organisation, role in named.found] == found
    assert named.text == words


def test_english_sentences_name_organisations_by_their_english_name():
    text = "Organización Mundial de la Salud; OPS/OMS; Organización Panamericana (PAHO); Gobierno; PAHO/Elsewhere"
    assert NAMES.in_english(text) == [
        "World Health Organization",
        "Pan American Health Organization",
        "Safe Futures Hub",
        "Gobierno",
        "PAHO/Elsewhere",
    ]


# Names that contain that of another organisation: of a part of it, or of what no role covers.
IN_WORDS = {
    "Inter-American Development Bank (study support)",
    "OMS Bureau régional de l’Afrique",
    "UNESCO Brasilia Office",
    "UNESCO in Brazil",
    "UNICEF Argentina",
    "UNICEF Honduras",
    "UNICEF Jordan",
    "UNICEF México",
    "UNICEF Philippines",
    "UNICEF Swaziland",
    "WHO Regional Office for Europe",
    "World Vision Armenia",
    "Programa Regional Spotlight",
}


def test_no_organisation_of_the_vocabulary_is_left_in_words():
    rows = table("organisations", DATA / "vocabularies")
    columns = [f"{kind}_{code}" for kind in ("name", "synonyms") for code in ("es", "en", "fr", "pt", "ar")]
    known = OrganisationNames(
        Organisation(key=row["key"], acronym=row["acronym"], **{column: row[column] for column in columns})
        for row in rows
    )
    assert known.find("Núcleo de Estudos da Violência, Universidade de São Paulo").key == "nev-usp"
    names = {name for row in rows for column in ("acronym", *columns) for name in row[column].split("|") if name}
    pattern = re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)
    lists = [("publications", "publisher"), ("programmes", "organisation"), ("trainings", "organisers")]
    texts = {row[column] for file, column in lists for row in table(file)}
    unmatched = {part for text in texts for part in parts_of(known.read(text, "publisher").text)}
    assert {part for part in unmatched if pattern.search(part)} == IN_WORDS
