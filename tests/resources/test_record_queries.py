"""A record page takes at most 20 statements, and no more for a work with many rows than for one with few."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from tests import factories
from tests.resources.record_page import address

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 20


def fill(page, count: int) -> None:
    """Give the work `count` of everything that its type can have."""
    own = {
        "strategies": factories.StrategyFactory,
        "topics": factories.TopicFactory,
        "populations": factories.PopulationFactory,
    }
    for name, factory in own.items():
        setattr(page, name, factory.create_batch(count))
    page.source_urls = "\n".join(f"https://publisher.example/{number}" for number in range(count))
    page.save()
    language = factories.LanguageFactory(code="en")
    for code in ("en", "pt", "fr")[:count]:
        # Under the title of the page, which is then in the language of one of them.
        edition = {"language": factories.LanguageFactory(code=code), "title": page.title}
        factories.EditionFactory(page=page, url="https://publisher.example/copy", **edition)
        factories.OrganisationRoleFactory(page=page)
        factories.RelatedWorkFactory(page=page, target=factories.PublicationPageFactory())
        factories.RelatedWorkFactory(page=factories.PracticePageFactory(adopted_from=page), target=page)
        if page.type_id == "programme":
            factories.RatingFactory(page=page)
            factories.EvaluatedProgrammeFactory(page=factories.EvaluationPageFactory(), target=page)
            factories.ProgrammePageFactory(adapted_from=page)
        if page.type_id == "evaluation":
            factories.EvaluatedProgrammeFactory(page=page, target=factories.ProgrammePageFactory())
            factories.EvaluationOutcomeFactory(page=page, intervention=factories.InterventionFactory())
        if page.type_id == "expert":
            training = factories.TrainingPageFactory()
            factories.TrainerFactory(page=training, target=page)
            factories.TrainedAtFactory(page=page, target=training, year=2019)
        if page.type_id == "training":
            expert = factories.ExpertPageFactory()
            factories.TrainerFactory(page=page, target=expert)
            session = factories.SessionFactory(
                page=page, languages=[language], strategies=[factories.StrategyFactory()]
            )
            factories.SessionSpeakerFactory(session=session, target=expert)
            factories.SessionMaterialFactory(session=session, language=language)
        if page.type_id == "country":
            factories.SurveyFactory(page=page)
    if page.type_id == "expert":
        for code in ("es", "pt", "fr")[:count]:
            factories.ExpertLanguageFactory(page=page, language=factories.LanguageFactory(code=code))


def statements(client, url: str) -> int:
    """How many a request takes once vocabularies and content types are known to the process."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("type_id", factories.WORK_FACTORIES)
def test_statements_do_not_grow_with_the_rows_of_a_work(client, type_id):
    factory = factories.WORK_FACTORIES[type_id]
    counts = {}
    for count in (1, 3):
        original = factory(language="en")
        fill(original, count)
        translation = factory(translation_of=original, language="es")
        # The last is the dearest: neither the reader's language nor the original page is the one shown.
        counts[count] = [
            statements(client, address(page, locale))
            for page, locale in ((original, "en"), (translation, "es"), (translation, "pt"))
        ]
    assert counts[1] == counts[3]
    assert max(counts[3]) <= MOST_STATEMENTS


def link_of(kind: str, target) -> str:
    return f'<p><a linktype="{kind}" id="{target.pk}">aquí</a></p>'


@pytest.mark.parametrize("reader", ["es", "pt"])
def test_statements_do_not_grow_with_the_links_of_a_text(client, reader):
    counts = {}
    document = get_document_model().objects.create(title="Guía", file="guia.pdf")
    for count in (1, 6):
        targets = [factory() for factory, _time in zip(cycle(factories.WORK_FACTORIES.values()), range(count))]
        texts = [link_of("page", target) + link_of("document", document) for target in targets]
        page = factories.WORK_FACTORIES["strategy"](
            body=[("paragraph", text) for text in texts],
            **dict.fromkeys(("why_it_matters", "interventions_text", "indicators"), "".join(texts)),
        )
        counts[count] = statements(client, address(page, reader))
    assert counts[1] == counts[6] <= MOST_STATEMENTS
