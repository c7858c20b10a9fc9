"""A record page takes at most 20 statements, and no more for a work with many rows than for one with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
