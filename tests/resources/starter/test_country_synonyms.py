"""Countries are found by their short names, acronyms, former names, and by what their people are called."""

import io

import pytest
from django.core.management import call_command

from resources.models import Country, StarterRecord
from resources.starter import vocabularies
from search.models import PendingChange
from tests.factories import WORK_FACTORIES

pytestmark = pytest.mark.django_db

ASKED = {
    "US": (
        "EEUU", "EE.UU.", "EE. UU.", "USA", "U.S.A.", "estadounidenses", "American", "américaine", "EUA",
        "norte-americanas",
    ),
    "GB": ("UK", "U.K.", "Gran Bretaña", "British", "Écosse", "britânica", "بريطانيا"),
    "CD": ("RDC", "DRC", "Democratic Republic of the Congo", "zaïre", "RD Congo", "الكونغو الديمقراطية"),
    "CI": ("Costa de Marfil", "Ivory Coast", "ivoiriennes", "marfinense", "كوت ديفوار"),
    "SZ": ("Suazilandia", "Swaziland", "swazi", "Suazilândia", "سوازيلاند"),
    "BR": ("brasileña", "Brazilian", "brésilien", "brésiliennes", "brasileiro", "brasileiras", "برازيلي", "البرازيلية"),
    "HN": ("hondureño", "hondureñas", "Honduran", "hondurienne", "hondurenha", "هندوراسي"),
    "KE": ("keniana", "Kenyans", "kényane", "queniano", "كينية"),
    "SA": ("Arabia Saudita", "Saudi", "saoudienne", "saudita", "سعودي"),
    "TR": ("turca", "Turkey", "turque", "turco", "تركية"),
    "VN": ("Viet Nam", "vietnamitas", "vietnamienne", "Vietname", "فيتنامي"),
}  # fmt: skip
STRANGERS = ("daño", "never", "saber", "USAID", "paternidad", "الأبوة", "eau", "car", "polish")


def load_starter(folder) -> None:
    call_command("load_starter", data=folder, stdout=io.StringIO(), stderr=io.StringIO())


def as_before_there_were_synonyms() -> None:
    """What the migration leaves of a hub that was loaded before it."""
    Country.objects.update(**{f"synonyms_{code}": None for code in ("es", "en", "fr", "pt", "ar")})
    StarterRecord.objects.filter(kind=vocabularies.KIND, key=vocabularies.SYNONYMS).delete()


def test_readers_find_a_country_by_what_they_call_it(small, found, django_capture_on_commit_callbacks):
    load_starter(small)
    with django_capture_on_commit_callbacks(execute=True):
        for code in ASKED:
            WORK_FACTORIES["programme"](title=f"Obra {code}", countries=[Country.objects.get(code=code)])
    works = {f"Obra {code}" for code in ASKED}
    missed = {
        word: titles
        for code, asked in ASKED.items()
        for word in asked
        if (titles := works.intersection(found(word))) != {f"Obra {code}"}
    }
    assert missed == {}
    assert [word for word in STRANGERS if works.intersection(found(word))] == []


def test_a_hub_that_had_the_countries_before_gets_their_synonyms_once(small):
    load_starter(small)
    expected = set(Country.objects.values_list("code", "synonyms_es", "synonyms_ar"))
    as_before_there_were_synonyms()
    Country.objects.filter(code="CL").update(synonyms_es="chilenito")
    PendingChange.objects.all().delete()
    load_starter(small)
    kept = {("CL", "chilenito", None)}
    found = set(Country.objects.values_list("code", "synonyms_es", "synonyms_ar"))
    assert found - expected == kept and {code for code, *_words in expected - found} == {"CL"}
    assert PendingChange.objects.exists(), "works are indexed with the new words"
    Country.objects.filter(code="UG").update(**{f"synonyms_{code}": "" for code in ("es", "en", "fr", "pt", "ar")})
    load_starter(small)
    assert Country.objects.get(code="UG").synonyms_es == "", "what an editor took away stays away"
