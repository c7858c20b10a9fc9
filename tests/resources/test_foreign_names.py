"""A name that is not there in the reader's language is shown in another, and says in which."""

import re

import pytest
from bs4 import BeautifulSoup

from resources.search import WorkSource
from search.engines import get_engine
from tests import factories
from tests.resources.record_page import address

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


@pytest.fixture
def signs():
    """A sign language that is named in Spanish only."""
    return factories.LanguageFactory(code="qsl", name_es=SIGNS, sign=True, name_en="", name_ar="")


@pytest.mark.parametrize("locale", ["ar", "es"])
def test_a_language_among_other_words_says_so_too(client, signs, locale):
    expert, training = factories.ExpertPageFactory(), factories.TrainingPageFactory()
    factories.ExpertLanguageFactory(page=expert, language=signs, level="native")
    session = factories.SessionFactory(page=training, languages=[signs, factories.LanguageFactory(code="pt")])
    factories.SessionMaterialFactory(session=session, language=signs)
    factories.HelplineFactory().languages.add(signs, factories.LanguageFactory(code="en"))
    helplines = factories.helplines_page(locale).get_url()
    for path, times in ((address(expert, locale), 1), (address(training, locale), 2), (helplines, 1)):
        named = BeautifulSoup(client.get(path).content, "html.parser").find_all(string=re.compile(SIGNS))
        assert [name.find_parent(lang=True)["lang"] for name in named] == ["es"] * times, path


def test_the_title_of_the_window_is_in_the_language_of_the_organisation(client, hub):
    title = BeautifulSoup(client.get("/ar/organisations/house/").content, "html.parser").title
    assert title.get_text().startswith(ORGANISATION)
    assert title.attrs == {"lang": "es", "dir": "ltr"}


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
