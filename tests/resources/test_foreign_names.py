"""A name that is not there in the reader's language is shown in another, and says in which."""

import re

import pytest

from resources.search import WorkSource
from search.engines import get_engine
from tests import factories

pytestmark = pytest.mark.django_db

TOPIC, ORGANISATION, EVIDENCE, SIGNS = "Duelo", "Casa Abierta", "En estudio", "Lengua de señas de la isla"


@pytest.fixture
def hub(settings, tmp_path):
    """A programme whose terms are named in Spanish only, and one more work, so that facets have two values."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    spanish = {f"name_{code}": "" for code in ("en", "fr", "pt", "ar")}
    page = factories.ProgrammePageFactory(
        title="Familias",
        slug="familias",
        topics=[factories.TopicFactory(key="grief", name_es=TOPIC, **spanish)],
        evidence_level=factories.EvidenceLevelFactory(key="studied", name_es=EVIDENCE, **spanish),
    )
    organisation = factories.OrganisationFactory(key="house", name_es=ORGANISATION, **spanish)
    factories.OrganisationRoleFactory(page=page, organisation=organisation)
    signs = factories.LanguageFactory(code="qsl", name_es=SIGNS, sign=True, **spanish)
    factories.EditionFactory(page=page, language=signs, url="https://example.org/film")
    other = factories.ProgrammePageFactory(title="Escuelas", topics=[factories.TopicFactory(key="school")])
    factories.EditionFactory(page=other, url="https://example.org/book")
    get_engine().rebuild(WorkSource().documents())
    return page


def languages_of(name: str, html: str) -> set[str | None]:
    """What the elements around `name` say of its language: None where one says nothing."""
    before = [html[: found.start()] for found in re.finditer(rf">{name}\s*<", html)]
    assert before, f"{name} is not there"
    tags = [re.search(r"<\w[^<>]*(?:><bdi)?$", text)[0] for text in before]
    return {found[1] if (found := re.search(r' lang="(\w*)"', tag)) else None for tag in tags}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/ar/search/?topic=grief", (TOPIC, SIGNS, EVIDENCE)),
        ("/ar/organisations/", (ORGANISATION,)),
        ("/ar/organisations/house/", (ORGANISATION,)),
        ("/ar/programme-list-ar/familias/", (TOPIC, ORGANISATION, EVIDENCE, SIGNS)),
        ("/ar/", (SIGNS,)),
    ],
)
def test_in_arabic_every_one_says_that_it_is_spanish(client, hub, path, names):
    html = client.get(path).content.decode()
    for name in names:
        assert languages_of(name, html) == {"es"}, name


def test_in_spanish_none_says_anything(client, hub):
    html = client.get("/es/search/?topic=grief").content.decode()
    for name in (TOPIC, SIGNS, EVIDENCE):
        assert languages_of(name, html) == {None}


def test_a_strategy_on_the_home_page_says_in_which_language_each_of_its_texts_is(client, hub):
    factories.StrategyFactory(
        key="norms", name_es="Normas", name_en="", name_fr="", name_pt="", name_ar="معايير",
        description_es="Lo que se espera.", description_ar="",
    )  # fmt: skip
    html = client.get("/ar/").content.decode()
    assert languages_of("معايير", html) == {"ar"}
    assert languages_of("Lo que se espera.", html) == {"es"}
