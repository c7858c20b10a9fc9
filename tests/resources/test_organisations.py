"""The page of an organisation and the list of all."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from resources.search import WorkSource
from resources.vocabulary_cache import vocabularies
from search import presentation
from search.engines import get_engine
from search.engines.base import EngineError
from search.engines.embedded import EmbeddedEngine
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path / "index")
    monkeypatch.setattr(presentation, "get_engine", lambda: engine)
    engine.fill = lambda: engine.rebuild(WorkSource().documents())
    return engine


def test_an_organisation_lists_all_it_did(client, engine):
    organisation = factories.OrganisationFactory(
        key="who", name_es="Organización Mundial de la Salud", acronym="WHO", url="https://who.example/", type="un"
    )
    organisation.countries.add(factories.CountryFactory(code="CH"))
    page = factories.ProgrammePageFactory(title="Familias")
    factories.OrganisationRoleFactory(page=page, organisation=organisation)
    factories.ExpertPageFactory(title="Ana", organisation=organisation)
    factories.ProgrammePageFactory(title="De otros")
    engine.fill()

    html = client.get("/es/organisations/who/").content.decode()

    for text in ("Organización Mundial de la Salud", "WHO", "Suiza", "https://who.example/", "Familias", "Ana"):
        assert text in html
    assert "De otros" not in html


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # of Wagtail, which makes the picture
def test_its_logo_stands_above_its_name(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    factories.home_page()
    image = get_image_model().objects.create(title="logo.png", file=get_test_image_file(size=(800, 400)))
    organisation = factories.OrganisationFactory(key="who", logo=image)
    logo = BeautifulSoup(client.get("/es/organisations/who/").content, "html5lib").find(class_="organisation-logo")
    assert (logo["alt"], logo["loading"], logo["width"], logo["height"]) == ("", "lazy", "320", "160")
    assert logo["src"].endswith(".webp")
    image.delete()  # which no term is told of
    assert vocabularies().by_pk["organisation"][organisation.pk].logo_id
    assert b"organisation-logo" not in client.get("/es/organisations/who/").content


def test_an_unknown_organisation_is_not_found_in_the_readers_language(client):
    factories.home_page()
    response = client.get("/ar/organisations/nobody/")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_the_page_stands_while_the_engine_is_away(client, monkeypatch):
    def away():
        raise EngineError("gone")

    monkeypatch.setattr(presentation, "get_engine", away)
    factories.home_page()
    factories.OrganisationFactory(key="who")
    assert client.get("/en/organisations/who/").status_code == 200


def test_the_list_names_those_with_published_works_by_name(client):
    zeta = factories.OrganisationFactory(key="zeta", name_es="Zeta")
    accented = factories.OrganisationFactory(key="accented", name_es="Ágora", acronym="Ágora")
    hidden = factories.OrganisationFactory(key="hidden", name_es="Oculta")
    page = factories.ProgrammePageFactory()
    for role in ("developer", "funder"):
        factories.OrganisationRoleFactory(page=page, organisation=zeta, role=role)
    factories.ExpertPageFactory(organisation=accented)
    factories.OrganisationRoleFactory(page=factories.ProgrammePageFactory(live=False), organisation=hidden)
    factories.ExpertPageFactory(organisation=hidden, consent_until=date(2026, 1, 31))  # it has ended

    client.get("/es/organisations/")
    with CaptureQueriesContext(connection) as few:
        response = client.get("/es/organisations/")

    found = response.context["organisations"]
    assert [(one.name, one.acronym, one.works) for one in found] == [("Ágora", "", 1), ("Zeta", "", 1)]
    assert found[1].address == "/es/organisations/zeta/"
    for _ in range(3):
        factories.OrganisationRoleFactory(page=page)
    client.get("/es/organisations/")
    with CaptureQueriesContext(connection) as many:
        client.get("/es/organisations/")
    assert len(many) == len(few)


def test_engine_and_database_count_the_same(client, settings, search_index):
    shared = factories.OrganisationFactory(key="shared", name_es="Común")
    pages = [factories.ProgrammePageFactory(), factories.ExpertPageFactory(organisation=shared)]
    for page in pages:
        factories.OrganisationRoleFactory(page=page, organisation=shared)
        factories.OrganisationRoleFactory(page=page)
    assert client.get("/es/organisations/").context["organisations"] == []  # nothing is in the index yet
    get_engine().upsert(WorkSource().documents())
    counted = client.get("/es/organisations/").context["organisations"]
    assert [one.works for one in counted if one.name == "Común"] == [2]
    settings.SEARCH_INDEX_DIR /= "away"
    assert client.get("/es/organisations/").context["organisations"] == counted


def test_an_empty_list_says_so(client):
    factories.home_page()
    assert "No organisation has a published work yet." in client.get("/en/organisations/").content.decode()
