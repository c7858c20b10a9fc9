"""Editors see in the preview what they typed, saved or not."""

import pytest
from bs4 import BeautifulSoup

from resources.models import Edition, OrganisationRole, ProgrammePage, Rating, Session, SessionMaterial, TrainingPage
from tests import factories

pytestmark = pytest.mark.django_db


def preview(page) -> str:
    response = page.make_preview_request()
    response.render()
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib").main.get_text(" ", strip=True)


def test_unsaved_changes_of_a_programme():
    page = factories.ProgrammePageFactory(topics=[factories.TopicFactory(key="financing")])
    page = ProgrammePage.objects.get(pk=page.pk)
    page.title = "A new title"
    page.topics = [factories.TopicFactory(key="climate")]
    page.editions.add(Edition(language=factories.LanguageFactory(), title="An edition to come"))
    page.ratings.add(Rating(scheme="CEBC", level="Promising"))
    page.organisation_roles.add(OrganisationRole(organisation=factories.OrganisationFactory(key="who"), role="funder"))

    text = preview(page)

    for expected in ("A new title", "Climate", "An edition to come", "Promising", "Who (es)"):
        assert expected in text
    assert "Financing" not in text


def test_a_training_that_is_not_saved_yet():
    parent = factories.index_page("training")
    page = TrainingPage(title="A workshop to come", slug="workshop", summary="Soon.", locale=parent.locale)
    page.depth, page.path = parent.depth + 1, f"{parent.path}0009"
    page.set_url_path(parent)
    session = Session(title="Opening", strategies=[factories.StrategyFactory(key="norms")])
    session.materials.add(SessionMaterial(kind="slides", url="https://slides.example/1"))
    page.sessions.add(session)

    text = preview(page)

    assert "A workshop to come" in text
    assert "Opening" in text
