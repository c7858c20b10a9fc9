import pytest

from resources.models import Organisation
from resources.starter.organisations import OrganisationNames

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
