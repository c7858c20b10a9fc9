"""What strategy and country pages list from the search engine."""

import pytest

from resources.record import lists
from resources.search import WorkSource
from search.engines.base import EngineError, page_began
from search.engines.embedded import EmbeddedEngine
from tests import factories
from tests.resources.record_page import address, show

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """An engine of this test; call its `fill` once the works are there."""
    engine = EmbeddedEngine(tmp_path / "index")
    monkeypatch.setattr(lists, "get_engine", lambda: engine)
    engine.fill = lambda: engine.rebuild(WorkSource().documents())
    return engine


@pytest.fixture
def no_engine(monkeypatch):
    def away():
        raise EngineError("The folder is gone.")

    monkeypatch.setattr(lists, "get_engine", away)


def works(count: int, **fields) -> None:
    for number in range(count):
        factories.ProgrammePageFactory(title=f"Programme {number}", **fields)
    factories.EvaluationPageFactory(title="Evaluación", year=2019, **fields)
    factories.PracticePageFactory(title="ممارسة", language="ar", **fields)


def test_all_lists_of_a_page_share_the_time_it_has(client, engine, monkeypatch):
    page = factories.StrategyPageFactory(term=factories.StrategyFactory())
    engine.fill()
    began, search = [], engine.search
    monkeypatch.setattr(engine, "search", lambda query: began.append(page_began()) or search(query))
    show(client, page)
    assert len(began) == len(lists.TYPES)
    assert len(set(began)) == 1
    assert None not in began


def test_a_strategy_page_lists_its_works_by_type(client, engine):
    strategy = factories.StrategyFactory(key="norms-values", letter="N", colour="#123456")
    page = factories.StrategyPageFactory(term=strategy, language="en", objective="One line.\n\nAnother.")
    works(lists.LISTED + 2, strategies=[strategy])
    factories.ProgrammePageFactory(title="Of another strategy", strategies=[factories.StrategyFactory()])
    engine.fill()

    shown = show(client, page)

    groups = {group.heading: group for group in shown.record.related}
    assert list(groups) == ["Programmes", "Evaluations", "Practices"]
    programmes = groups["Programmes"]
    assert [item.title for item in programmes.items] == [f"Programme {number}" for number in range(lists.LISTED)]
    assert programmes.more_label == "Programmes: see all 8"
    assert programmes.more_url == "/en/search/?strategy=norms-values&type=programme"
    assert groups["Evaluations"].more_label == ""
    assert groups["Evaluations"].items[0].note == "2019"
    (practice,) = groups["Practices"].items
    assert (practice.lang, practice.dir) == ("ar", "rtl")
    assert shown.glance()["Programmes"] == ["8"]
    assert (shown.record.letter, shown.record.colour) == ("N", "#123456")
    assert shown.record.sections[0].paragraphs == ("One line.", "Another.")


def test_a_country_page_lists_everything_linked_to_the_country(client, engine):
    colombia = factories.CountryFactory()
    page = factories.CountryPageFactory(
        country=colombia, language="en", pathfinding="yes", pathfinding_since=2019, national_plan="A plan."
    )
    factories.SurveyFactory(page=page, year="2018", report_year="2019", headline="One in three.")
    works(2, countries=[colombia])
    engine.fill()

    shown = show(client, page)

    assert [group.heading for group in shown.record.related] == ["Programmes", "Evaluations", "Practices"]
    assert shown.glance()["Region"] == ["South America"]
    assert shown.glance()["Pathfinding"] == ["Pathfinding country", "Since 2019"]
    assert [(row.name.text, row.report_year.text, row.headline.text) for row in shown.record.surveys] == [
        ("2018", "2019", "One in three.")
    ]
    assert "One in three." in shown.main
    assert "/en/search/?country=CO" in shown.links
    assert "A plan." in shown.main


def test_a_title_that_is_a_description_is_marked(client, engine):
    strategy = factories.StrategyFactory()
    page = factories.StrategyPageFactory(term=strategy)
    factories.EvaluationPageFactory(title="A study", described_title=True, year=2019, strategies=[strategy])
    engine.fill()

    assert "A study 2019 · Descriptive title" in show(client, page).main


def test_titles_and_addresses_follow_the_reader(client, engine):
    strategy = factories.StrategyFactory()
    page = factories.StrategyPageFactory(term=strategy)
    programme = factories.ProgrammePageFactory(title="Familias", strategies=[strategy])
    factories.ProgrammePageFactory(title="عائلات", translation_of=programme, language="ar")
    engine.fill()

    for locale, title in (("es", "Familias"), ("ar", "عائلات"), ("pt", "Familias")):
        (group,) = show(client, page, locale).record.related
        assert [(item.title, item.url) for item in group.items] == [(title, address(programme, locale))]


@pytest.mark.parametrize(
    "make",
    [
        lambda: factories.StrategyPageFactory(term=factories.StrategyFactory(), objective="Still here."),
        lambda: factories.CountryPageFactory(country=factories.CountryFactory(), priorities="Still here."),
    ],
)
def test_while_the_engine_is_away_the_page_says_so_in_a_sentence(client, no_engine, make):
    shown = show(client, make())

    assert "cannot be shown at the moment" in shown.record.lists_notice
    assert shown.record.lists_notice in shown.main
    assert "Still here." in shown.main


def test_a_page_without_its_term_lists_nothing(client, no_engine):
    assert show(client, factories.StrategyPageFactory()).record.related == ()
    assert show(client, factories.CountryPageFactory()).record.related == ()
