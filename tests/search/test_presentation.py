"""What a results page shows: links, labels and HTML, all made before a template sees them."""

from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import translation

from search import presentation, registry
from search.hits import hit_views
from search.presentation import ResultsPage, results
from search.query import FacetCount
from tests.search.pages import WORKS, AwayEngine, ListEngine, ListSource, work

BASE = "/es/search/"


@pytest.fixture(autouse=True)
def source(monkeypatch):
    monkeypatch.setattr(registry, "_sources", [])
    source = ListSource(WORKS)
    registry.register(source)
    with translation.override("es"):
        yield source


@pytest.fixture
def engine(source, monkeypatch):
    engine = ListEngine(source)
    monkeypatch.setattr(presentation, "get_engine", lambda: engine)
    return engine


def page(query: str = "", locale: str = "es", fixed=None) -> ResultsPage:
    return results(RequestFactory().get(f"{BASE}?{query}"), locale, BASE, fixed)


def params(url: str) -> dict[str, list[str]]:
    split = urlsplit(url)
    assert split.path == BASE
    return parse_qs(split.query)


def facet(shown: ResultsPage, name: str):
    return next(one for one in shown.facets if one.id == name)


def value(shown: ResultsPage, name: str, key: str):
    return next(one for one in facet(shown, name).values if one.value == key)


class TestHits:
    def test_text_is_escaped_and_the_match_marked(self, engine):
        hit = page("q=estrategias").hits[0]
        assert hit.title_html == "Siete <mark>estrategias</mark> &lt;para&gt; el fin"
        assert hit.summary_html == "Qué funciona &amp; por qué"

    def test_labels(self, engine):
        hit = page("type=publication").hits[0]
        assert (hit.external_id, hit.type, hit.type_label, hit.detail) == (
            "inspire-core",
            "publication",
            "Publicación",
            "Guía",
        )
        assert (hit.year, hit.date, hit.countries, hit.evidence) == ("2016–2018", "", "", "")

    def test_own_language(self):
        (hit,) = hit_views(WORKS[:1], "es")
        assert (hit.lang, hit.dir, hit.is_fallback, hit.note) == ("es", "ltr", False, "")
        assert hit.url == "/es/publicaciones/inspire-core/"

    def test_fallback_says_so_and_stays_in_the_readers_locale(self):
        (hit,) = hit_views(WORKS[1:2], "es")
        assert (hit.lang, hit.dir, hit.is_fallback) == ("en", "ltr", True)
        assert "inglés" in hit.note
        assert hit.url == "/es/programas/familias-fuertes/"

    def test_direction_is_that_of_the_text(self):
        (hit,) = hit_views(WORKS[2:3], "es")
        assert (hit.lang, hit.dir) == ("ar", "rtl")

    def test_badges_readers_language_first_and_linked_where_there_is_a_link(self):
        (hit,) = hit_views(WORKS[:1], "es")
        assert [(badge.code, badge.name, badge.url, badge.own) for badge in hit.badges] == [
            ("es", "español", "https://example.org/es.pdf", True),
            ("fr", "francés", "", False),
            ("en", "inglés", "https://example.org/en.pdf", False),
        ]
        assert hit.more_languages == 0

    def test_many_languages_are_counted_and_an_unknown_one_keeps_its_code(self):
        (hit,) = hit_views(WORKS[2:3], "es")
        assert [badge.name for badge in hit.badges] == ["español", "árabe", "ay", "francés", "inglés", "portugués"]
        assert hit.more_languages == 1

    def test_countries_by_name_and_the_others_counted(self):
        few, many = (
            hit_views([work(1, facets={"country": codes})], "es")[0].countries
            for codes in (("PE", "AR", "XX"), ("EC", "BO", "PE", "BR", "AR"))
        )
        assert few == "Argentina, Perú"
        assert many.startswith("Argentina, Bolivia, Brasil")
        assert "2" in many

    def test_arabic_lists_with_the_arabic_comma(self):
        (hit,) = hit_views([work(1, facets={"country": ("PE", "AR")})], "ar")
        assert hit.countries == "Argentina، Perú"

    def test_years(self):
        one, none = hit_views([work(1, years=(2016,)), work(2)], "es")
        assert (one.year, none.year) == ("2016", "")

    def test_dates_of_trainings(self):
        day = WORKS[2].starts_on
        both, start, same, end = hit_views(
            [WORKS[2], work(2, starts_on=day), work(3, starts_on=day, ends_on=day), work(4, ends_on=day)],
            "es",
        )
        assert "23 de mayo de 2026" in both.date
        assert "25 de mayo de 2026" in both.date
        assert start.date == same.date == end.date == "23 de mayo de 2026"
        assert both.detail == "En línea"

    def test_the_first_of_a_month_in_french(self):
        with translation.override("fr"):
            (hit,) = hit_views([work(1, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 11))], "fr")
        assert "1er mai 2026" in hit.date
        assert "11 mai 2026" in hit.date

    def test_dates_known_to_the_year(self):
        whole = work(1, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
        assert hit_views([whole], "es")[0].date == "2024"

    def test_what_a_work_has_of_a_vocabulary_that_is_gone_is_no_reason(self):
        (hit,) = hit_views([work(1, facets={"topic": ("gone",), "strategy": ("laws",)})], "es", "nada")
        assert hit.reason is None

    def test_unknown_values_are_not_shown_raw(self):
        (hit,) = hit_views([work(1, type="practice", facets={"evidence": ("strange",), "kind": ("odd",)})], "es")
        assert (hit.type_label, hit.evidence, hit.detail) == ("", "", "")


class TestFacets:
    def test_values_carry_label_and_count(self, engine):
        chosen = value(page("sort=title&page=2"), "strategy", "strategy-1")
        assert (chosen.label, chosen.count, chosen.selected) == ("Estrategia 01", 48, False)

    def test_the_link_of_a_chip_removes_only_its_value(self, engine):
        shown = page("strategy=strategy-1&strategy=strategy-2&type=programme")
        assert value(shown, "strategy", "strategy-1").selected
        (chip,) = (chip for chip in shown.chips if chip.value == "strategy-1")
        assert params(chip.url) == {"strategy": ["strategy-2"], "type": ["programme"]}
        assert facet(shown, "strategy").selected_count == 2

    def test_by_count_then_name_in_the_readers_order(self, engine):
        strategies = [one.value for one in facet(page(), "strategy").values]
        assert strategies == [f"strategy-{number}" for number in range(1, 16)]
        countries = [one.label for one in facet(page(), "country").values]
        assert countries == ["Argentina", "Bolivia", "Brasil", "Chile", "Ecuador", "Perú"]

    def test_long_lists_fold_but_lose_nothing_and_never_what_is_chosen(self, engine):
        shown = facet(page("strategy=strategy-14"), "strategy")
        assert [one.value for one in shown.shown] == [f"strategy-{number}" for number in (*range(1, 9), 14)]
        assert [one.value for one in shown.folded] == [f"strategy-{number}" for number in (9, 10, 11, 12, 13, 15)]

    def test_single_values_are_not_drawn_unless_chosen(self, engine):
        assert "mode" not in {one.id for one in page().facets}
        assert facet(page("mode=online"), "mode").selected_count == 1

    def test_facets_of_other_types_are_not_drawn(self, engine):
        assert "kind" not in {one.id for one in page("type=programme").facets}

    def test_the_first_ones_and_those_in_use_are_open(self, engine):
        opened = {one.id for one in page("year=2014").facets if one.open}
        assert opened == {"type", "language", "strategy", "year"}

    def test_a_list_of_one_type_does_not_count_types(self, engine):
        shown = page("strategy=strategy-1", fixed={"type": ("programme",)})
        assert "type" not in {one.id for one in shown.facets}
        assert [chip.facet for chip in shown.chips] == ["strategy"]
        assert params(shown.chips[0].url) == {}
        assert {hit.type for hit in shown.hits} == {"programme"}

    def test_checkboxes_are_escaped(self, engine, monkeypatch):
        strange = (FacetCount('"><script>', 1200), FacetCount("b", 1))
        monkeypatch.setattr(engine, "_counts", lambda name, query: strange if name == "topic" else ())
        drawn = facet(page(), "topic")
        boxes = BeautifulSoup(drawn.shown_html, "html.parser").find_all("input")
        assert [box["value"] for box in boxes] == ['"><script>', "b"]
        assert "<script>" not in drawn.shown_html
        assert drawn.folded_html == ""

    def test_chosen_boxes_are_checked(self, engine):
        drawn = BeautifulSoup(facet(page("type=programme"), "type").shown_html, "html.parser")
        assert [box["value"] for box in drawn.find_all("input", checked=True)] == ["programme"]
        assert drawn.find("label").get_text(" ", strip=True) == "Programa 47"

    def test_names_of_languages_stand_as_those_of_other_values(self, engine):
        shown = page("described_in=en")
        assert value(shown, "language", "es").label == "Español"
        assert value(shown, "described_in", "es").label == "Español"
        assert [chip.label for chip in shown.chips] == ["Inglés"]

    def test_labels_of_values_without_one_are_the_value(self, engine):
        assert value(page(), "language", "ay").label == "ay"


class TestYears:
    def test_a_range_stands_in_its_fields_and_not_among_the_boxes(self, engine):
        shown = page("year_from=2010&year_to=2015&year=2014")
        assert (shown.year_from, shown.year_to) == ("2010", "2015")
        assert "2010-2015" not in {one.value for one in facet(shown, "year").values}
        assert value(shown, "year", "2014").selected
        assert [chip.label for chip in shown.chips] == ["2014", "2010–2015"]

    def test_a_range_says_in_arabic_which_year_comes_first(self, engine):
        with translation.override("ar"):
            assert [chip.label for chip in page("year=2010-2015").chips] == ["من عام 2010 إلى عام 2015"]
            (hit,) = hit_views(WORKS[:1], "ar")
        assert hit.year == "من عام 2016 إلى عام 2018"

    @pytest.mark.parametrize(
        ("query", "fields", "chips"),
        [
            ("year=2010-", ("2010", ""), 1),
            ("year=-2015", ("", "2015"), 1),
            ("year=2012", ("", ""), 1),
            ("year_from=2012&year_to=2012", ("2012", "2012"), 1),
            ("", ("", ""), 0),
        ],
    )
    def test_open_ends_and_single_years(self, engine, query, fields, chips):
        shown = page(query)
        assert (shown.year_from, shown.year_to) == fields
        assert len(shown.chips) == facet(shown, "year").selected_count == chips
        assert all("-" not in chip.label and "20" in chip.label for chip in shown.chips)

    def test_values_that_are_no_years_stay_as_they_are(self, engine, monkeypatch):
        monkeypatch.setattr(engine, "_counts", lambda name, query: (FacetCount("odd", 2), FacetCount("2012", 1)))
        assert [one.label for one in facet(page(), "year").values] == ["odd", "2012"]


class TestState:
    def test_chips_remove_one_filter_and_clear_removes_all_but_the_words(self, engine):
        shown = page("q=obra&strategy=strategy-1&language=es&language=en&language_match=all&sort=title")
        removed = {chip.label: params(chip.url) for chip in shown.chips}
        assert removed["Estrategia 01"] == {
            "q": ["obra"],
            "language": ["es", "en"],
            "language_match": ["all"],
            "sort": ["title"],
        }
        assert removed["Español"]["language"] == ["en"]
        assert params(shown.clear_url) == {"q": ["obra"], "sort": ["title"]}
        assert shown.language_match == "all"

    def test_pages_keep_everything(self, engine):
        shown = page("q=obra&type=programme&sort=title&page=2")
        assert [(one.number, one.current, one.gap) for one in shown.pages.items] == [
            (1, False, False),
            (2, True, False),
            (3, False, False),
        ]
        assert params(shown.pages.next_url) == {
            "q": ["obra"],
            "type": ["programme"],
            "sort": ["title"],
            "page": ["3"],
        }
        assert params(shown.pages.previous_url) == {"q": ["obra"], "type": ["programme"], "sort": ["title"]}

    def test_ends_of_the_pages(self, engine):
        assert page().pages.previous_url == ""
        assert page("page=3").pages.next_url == ""
        assert page("q=taller").pages.count == 1

    def test_pages_far_apart_leave_a_gap(self, source, engine):
        source.all = [work(number) for number in range(400)]
        shown = page("page=10")
        assert [(one.number, one.gap) for one in shown.pages.items] == [
            (1, False),
            (8, True),
            (9, False),
            (10, False),
            (11, False),
            (12, False),
            (20, True),
        ]

    def test_a_page_too_far_is_the_last_with_a_notice(self, engine):
        shown = page("page=99")
        assert (shown.pages.number, shown.pages.count) == (3, 3)
        assert len(shown.hits) == 9
        assert shown.notices

    def test_unknown_values_become_notices(self, engine):
        shown = page("strategy=nothing&colour=red&year=never")
        assert len(shown.notices) == 3
        assert shown.total == len(WORKS)

    def test_count_in_words(self, source, engine):
        source.all = [work(number) for number in range(1234)]
        assert page().count_sentence.startswith("1") and "234" in page().count_sentence
        source.all = []
        assert page().count_sentence.startswith("0")


class TestSorting:
    def test_relevance_only_where_there_are_words(self, engine):
        assert [one.value for one in page("q=obra").sorts] == ["", "newest", "year", "title", "date"]
        assert [one.value for one in page().sorts] == ["", "year", "title", "date"]
        assert [query.sort for query in engine.asked] == ["relevance", "newest"]

    def test_what_comes_next_first_among_trainings(self, engine):
        shown = page(fixed={"type": ("training",)})
        assert engine.asked[-1].sort == "date"
        assert [one.value for one in shown.sorts] == ["", "newest", "year", "title"]

    def test_lists_of_a_type_are_in_the_order_in_which_one_looks_through_them(self, engine):
        shown = page(fixed={"type": ("strategy",)})
        assert [one.value for one in shown.sorts] == ["", "newest", "year", "title"]
        assert "INSPIRE" in shown.sorts[0].label
        for type_id in ("country", "expert", "programme"):
            page(fixed={"type": (type_id,)})
        assert [query.sort for query in engine.asked] == ["order", "title", "title", "newest"]
        assert "order" not in {one.value for one in page().sorts}

    def test_no_date_where_there_are_no_trainings(self, engine):
        assert "date" not in {one.value for one in page("type=publication").sorts}
        assert "date" in {one.value for one in page("type=publication&sort=date").sorts}

    def test_the_chosen_one_is_selected_and_kept_in_links(self, engine):
        shown = page("sort=title&type=programme")
        assert [one.value for one in shown.sorts if one.selected] == ["title"]
        assert params(shown.chips[0].url) == {"sort": ["title"]}

    def test_the_pages_own_order_stays_out_of_the_address(self, engine):
        assert params(page("sort=newest&type=programme").chips[0].url) == {}


class TestSpelling:
    def test_a_suggestion_that_finds_nothing_here_leads_to_the_whole_hub(self, source, monkeypatch):
        monkeypatch.setattr(presentation, "get_engine", lambda: ListEngine(source, suggestion="crianza"))
        shown = page("q=crinza&type=programme")
        assert shown.suggestion.text == "crianza"
        assert urlsplit(shown.suggestion.url).path == "/es/search/"
        assert params(shown.suggestion.url) == {"q": ["crianza"]}
        assert shown.corrected == ""

    def test_corrected_words_are_marked(self, source, monkeypatch):
        engine = ListEngine(source, corrected="estrategias")
        monkeypatch.setattr(presentation, "get_engine", lambda: engine)
        monkeypatch.setattr(engine, "_matches", lambda document, query, but="": document is WORKS[0])
        shown = page("q=estratejias")
        assert shown.corrected == "estrategias"
        assert shown.suggestion is None
        assert "<mark>estrategias</mark>" in shown.hits[0].title_html


class TestEngineAway:
    @pytest.fixture(autouse=True)
    def away(self, source, monkeypatch):
        monkeypatch.setattr(presentation, "get_engine", AwayEngine)

    def test_lists_by_title_from_the_database(self):
        shown = page("q=obra&type=publication")
        assert shown.engine_away
        assert [hit.external_id for hit in shown.hits] == ["inspire-core"]
        assert (shown.total, shown.facets, shown.sorts, shown.suggestion) == (1, (), (), None)
        assert shown.text == "obra"
        assert unescape(shown.hits[0].title_html) == "Siete estrategias <para> el fin"

    def test_pages(self):
        assert [page("page=2").pages.number, page("page=99").pages.number] == [2, 3]
        assert len(page("page=99").hits) == 9

    def test_a_page_about_something_else_than_a_type_lists_nothing_wrong(self):
        shown = page("page=2", fixed={"organisation": ("who",)})
        assert (shown.engine_away, shown.total, shown.hits) == (True, 0, ())
        assert (shown.pages.number, shown.pages.count) == (1, 1)
