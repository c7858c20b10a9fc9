"""Editors see in the preview what they typed, saved or not."""

import pytest
from bs4 import BeautifulSoup

from resources.models import (
    Edition,
    EvaluatedProgramme,
    EvaluationPage,
    ExpertPage,
    OrganisationRole,
    PracticePage,
    ProgrammePage,
    Rating,
    RelatedWork,
    Session,
    SessionMaterial,
    SessionSpeaker,
    TrainedAt,
    Trainer,
    TrainingPage,
)
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


def test_links_of_an_evaluation_are_those_of_the_form():
    saved = factories.EvaluationPageFactory()
    factories.EvaluatedProgrammeFactory(page=saved, target=factories.ProgrammePageFactory(title="Evaluated before"))
    factories.RelatedWorkFactory(page=saved, target=factories.PracticePageFactory(title="Related before"))
    factories.RelatedWorkFactory(page=factories.PracticePageFactory(title="Entered there"), target=saved)
    page = EvaluationPage.objects.get(pk=saved.pk)
    page.evaluated_programmes = [EvaluatedProgramme(target=factories.ProgrammePageFactory(title="Evaluated now"))]
    page.related_works = [RelatedWork(target=factories.PublicationPageFactory(title="Related now"))]

    text = preview(page)

    for expected in ("Evaluated now", "Related now", "Entered there"):
        assert expected in text
    assert "before" not in text


def test_links_of_an_expert_are_those_of_the_form():
    saved = factories.ExpertPageFactory()
    training = factories.TrainingPageFactory(title="A course")
    factories.TrainedAtFactory(page=saved, target=training, year=2019)
    factories.TrainerFactory(page=factories.TrainingPageFactory(title="Entered there"), target=saved)
    page = ExpertPage.objects.get(pk=saved.pk)
    page.trained_at = [TrainedAt(target=training, year=2021)]

    text = preview(page)

    for expected in ("A course", "2021", "Entered there"):
        assert expected in text
    assert "2019" not in text


def test_what_a_work_came_from_is_what_the_form_says():
    before, now = (factories.ProgrammePageFactory(title=f"Origin {when}") for when in ("before", "now"))
    for model, factory, field in (
        (ProgrammePage, factories.ProgrammePageFactory, "adapted_from"),
        (PracticePage, factories.PracticePageFactory, "adopted_from"),
    ):
        page = model.objects.get(pk=factory(**{field: before}).pk)
        setattr(page, field, now)
        text = preview(page)
        assert ("Origin now" in text, "Origin before" in text) == (True, False)
        setattr(page, field, None)
        assert "Origin" not in preview(page)


def test_trainers_and_speakers_are_those_of_the_form():
    saved = factories.TrainingPageFactory()
    kept = factories.SessionFactory(page=saved, title="Opening")
    expert = {name: factories.ExpertPageFactory(title=name) for name in ("Ana", "Bea", "Caro", "Dora", "Eva")}
    factories.TrainerFactory(page=saved, target=expert["Ana"])
    factories.SessionSpeakerFactory(session=kept, target=expert["Bea"])
    page = TrainingPage.objects.get(pk=saved.pk)
    page.trainers = [Trainer(target=expert["Caro"])]
    [kept] = page.sessions.all()
    kept.speakers = [SessionSpeaker(target=expert["Dora"])]
    page.sessions = [kept, Session(title="Closing", speakers=[SessionSpeaker(target=expert["Eva"])])]

    text = preview(page)

    assert ("Ana" in text, "Bea" in text, "Caro" in text) == (False, False, True)
    places = [text.index(words) for words in ("Opening", "Dora", "Closing", "Eva")]
    assert places == sorted(places)
