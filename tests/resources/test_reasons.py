"""A hit says why it was found where neither its title nor its summary shows it."""

import pytest
from bs4 import BeautifulSoup

from resources.models import ProgrammePage
from tests.factories import (
    CountryFactory,
    EditionFactory,
    InterventionFactory,
    LanguageFactory,
    ProgrammePageFactory,
    SectorFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reason(client, found, django_capture_on_commit_callbacks):
    """reason(text, locale) of a programme with an edition, a sector and an intervention."""
    with django_capture_on_commit_callbacks(execute=True):
        health = SectorFactory(key="health", name_es="Salud", synonyms_es="hospitales|enfermería", name_en="Health")
        visits = InterventionFactory(key="visits", name_es="Visitas domiciliarias", name_en="Visits <at home>")
        page = ProgrammePageFactory(title="KiVa", summary="Un programa.", sectors=[health], interventions=[visits])
        EditionFactory(page=page, language=LanguageFactory(code="en"), title="Seven strategies for schools")
        page.save_revision().publish()

    def ask(text: str, locale: str = "es") -> str | None:
        html = client.get(f"/{locale}/search/", {"q": text}).content
        [hit] = BeautifulSoup(html, "html.parser").select(".hit")
        line = hit.select_one(".hit-reason")
        return line and line.decode_contents()

    return ask


def test_the_name_of_a_term_with_what_answers_marked(reason):
    assert reason("visita ") == "Intervención: <bdi><mark>Visitas</mark> domiciliarias</bdi>"
    assert reason("domicil") == "Intervención: <bdi>Visitas <mark>domiciliarias</mark></bdi>"


def test_the_name_in_the_language_of_the_reader_where_another_or_a_synonym_answers(reason):
    assert reason("enfermería ") == "Sector: <bdi>Salud</bdi>"
    assert reason("visitas ", "en") == "Intervention: <bdi>Visits &lt;at home&gt;</bdi>"


def test_of_equals_no_strategy_and_nothing_that_the_hit_shows_anyway(reason, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = ProgrammePage.objects.get()
        page.strategies = [StrategyFactory(key="wide", synonyms_es="enfermería|asilo")]
        page.countries = [CountryFactory(code="HN", synonyms_es="hondureño")]
        page.save_revision().publish()
    assert reason("enfermería ") == "Sector: <bdi>Salud</bdi>"
    assert reason("asilo ").startswith("Estrategia: ")
    assert reason("hondureño ") is None


def test_the_title_of_an_edition_in_its_language(reason):
    assert reason("school ") == 'Edición: <bdi lang="en">Seven strategies for <mark>schools</mark></bdi>'


def test_what_has_most_of_the_words(reason):
    assert reason("hospital visitas domiciliarias ").startswith("Intervención: ")
    assert reason('hospital "visitas domiciliarias"').startswith("Intervención: ")


def test_nothing_where_the_title_or_the_summary_shows_it(reason):
    assert reason("kiva ") is None
    assert reason("programa visita ") is None
    assert reason("") is None
