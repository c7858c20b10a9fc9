"""Any address is a legal question: what is wrong in it becomes a notice."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from search.facets import FACETS
from search.query import SORTS, Query, Result
from search.request import (
    MOST_NOTICES,
    MOST_VALUES,
    MOST_YEARS,
    PAGE_SIZE,
    answer,
    clean,
    is_known,
    read,
    unknown_filter,
)


@pytest.fixture(autouse=True)
def names(source):
    source.names = {
        "language": {"es": "Spanish", "pt": "Portuguese"},
        "topic": {"school": "School", "sport": "Sport"},
        "kind": {"guide": "Guide"},
    }
    with translation.override("en"):
        yield


def ask(address: str = "", **more):
    return read(QueryDict(address), "en", **more)


def test_nothing_asked():
    query, notices, page = ask()
    assert query == Query(locale="en", facets=query.facets, today=timezone.localdate(), right=query.right)
    assert query.limit == PAGE_SIZE
    assert isinstance(query.today, date)
    assert (notices, page) == ((), 1)


def test_everything_asked():
    query, notices, page = ask(
        "q=crianza&language=es&language=pt&language=es&topic=school&type=programme&described_in=ar&when=past"
        "&language_match=all&sort=title&page=3&utm_source=x&fbclid=y"
    )
    assert query.text == "crianza"
    assert query.filters == {
        "type": ("programme",),
        "language": ("es", "pt"),
        "when": ("past",),
        "topic": ("school",),
        "described_in": ("ar",),
    }
    assert (query.language_match, query.sort, query.offset, page) == ("all", "title", 40, 3)
    assert notices == ()


def test_a_text_that_is_too_long_is_cut_between_words():
    assert ask("q=" + "word " * 79 + "children").query.text == ("word " * 79).strip()


@pytest.mark.parametrize(
    ("address", "expected", "notice"),
    [
        ("year=2016", ("2016",), None),
        ("year=2010-2015&year=2016", ("2010-2015", "2016"), None),
        ("year=2015-2010", ("2010-2015",), "The years were put in order."),
        ("year=٢٠١٥-٢٠١٠&year=2016", ("2010-2015", "2016"), "The years were put in order."),
        ("year_from=2010&year_to=2015", ("2010-2015",), None),
        ("year_from=2010", ("2010-",), None),
        ("year_to=2015", ("-2015",), None),
        ("year_from=2015&year_to=2010", ("2010-2015",), "The years were put in order."),
        ("year_from=&year_to=+", (), None),
        ("year_from=abc&year_to=2015", ("-2015",), "“abc” is not a year and was ignored."),
        ("year_from=2010-2012", (), "“2010-2012” is not a year and was ignored."),
        ("year_from=-", (), "“-” is not a year and was ignored."),
        ("year_from=2010&year_to=2010", ("2010-2010",), None),
        ("year=soon", (), "“soon” is not a year and was ignored."),
        ("year=20161", (), "“20161” is not a year and was ignored."),
        ("year=٢٠١٦", ("2016",), None),
        ("year=", (), None),
    ],
)
def test_years(address, expected, notice):
    query, notices, _page = ask(address)
    assert query.filters.get("year", ()) == expected
    assert notices == ((notice,) if notice else ())


@pytest.mark.parametrize("many", [MOST_YEARS, MOST_YEARS + 1, 9000])
def test_of_hundreds_of_years_the_first_count(many):
    query, notices, _page = ask("&".join(f"year=1-{number}" for number in range(2, many + 2)))
    assert query.filters["year"] == tuple(f"1-{number}" for number in range(2, MOST_YEARS + 2))
    told = "Only the first 20 years and ranges of years count; the others were ignored."
    assert notices == ((told,) if many > MOST_YEARS else ())


@pytest.mark.parametrize("more", [0, 1, 300])
def test_of_hundreds_of_chosen_filters_the_first_count(source, more):
    source.names["topic"] = {f"topic-{number}": "Topic" for number in range(400)}
    topics = "&".join(f"topic=topic-{number}" for number in range(MOST_VALUES - 2 + more))
    query, notices, _page = ask(f"{topics}&type=programme&language=es&year=2016&year=2017")
    kept = [value for values in query.filters.values() for value in values]
    assert kept == ["programme", "es", *(f"topic-{number}" for number in range(MOST_VALUES - 2))]
    assert notices == ("Only the first 50 chosen filters count; the others were ignored.",)


def test_what_a_page_is_about_takes_no_room_from_what_is_chosen(source):
    source.names["topic"] = {f"topic-{number}": "Topic" for number in range(MOST_VALUES)}
    topics = "&".join(f"topic=topic-{number}" for number in range(MOST_VALUES))
    query, notices, _page = ask(topics, fixed={"type": ("programme",)})
    assert len(query.filters["topic"]) == MOST_VALUES
    assert query.filters["type"] == ("programme",)
    assert notices == ()


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ("topic=nonsense", "“nonsense” is not a value of the filter “Topic” and was ignored."),
        ("type=Programme", "“Programme” is not a value of the filter “Type” and was ignored."),
        ("described_in=de", "“de” is not a value of the filter “Described in” and was ignored."),
        ("when=someday", "“someday” is not a value of the filter “When” and was ignored."),
        ("topic=" + "x" * 90, "“" + "x" * 40 + "…” is not a value of the filter “Topic” and was ignored."),
        ("colour=red&colour=blue", "“colour” is not a filter of this site and was ignored."),
        ("sort=best", "“best” is not a choice for “Sort by” and was ignored."),
        ("language_match=both", "“both” is not a choice for “Combination of the chosen languages” and was ignored."),
        ("page=two", "“two” is not a page number; this is the first page."),
        ("page=0", "“0” is not a page number; this is the first page."),
        ("page=-1", "“-1” is not a page number; this is the first page."),
        ("q=" + "word " * 200, "The text is very long: only its beginning was searched for."),
    ],
)
def test_what_is_wrong_is_told_and_ignored(address, notice):
    query, notices, page = ask(address)
    assert notices == (notice,)
    assert (query.filters, query.sort, query.language_match, page) == ({}, "relevance", "any", 1)


def test_the_reader_is_told_in_their_language_by_django_and_never_in_another():
    assert unknown_filter("x\0y\ud800") == "“xy” is not a filter of this site and was ignored."


def test_a_fixed_filter_cannot_be_changed_and_is_not_counted():
    query, notices, _page = ask("type=country&topic=school", fixed={"type": ["publication"]}, sort="newest")
    assert query.filters == {"topic": ("school",), "type": ("publication",)}
    assert "type" not in query.facets
    assert query.sort == "newest"
    assert notices == ("“Type” cannot be changed in this list: what the address says of it was ignored.",)
    assert ask("type=publication", fixed={"type": ["publication"]}).notices == ()


def test_only_facets_that_apply_to_the_types_are_counted():
    assert set(ask().query.facets) == set(FACETS)
    of_trainings = ask("type=training").query.facets
    assert "mode" in of_trainings
    assert "kind" not in of_trainings
    assert "kind" in ask("type=training&kind=guide").query.facets
    assert "kind" in ask("type=training&type=publication").query.facets


@pytest.mark.parametrize(("value", "page"), [("3", 3), ("003", 3), ("٣", 3), (" 2 ", 2), ("9" * 5000, int("9" * 41))])
def test_page_numbers(value, page):
    assert ask(f"page={value}")[1:] == ((), page)


def test_any_time_is_no_filter():
    asked = ask("when=any&when=past")
    assert (dict(asked.query.filters), asked.notices) == ({"when": ("past",)}, ())
    assert "when" not in ask("when=any").query.filters


def test_names_of_terms_are_right_as_they_stand():
    assert "school" in ask("q=Pre-school").query.right
    assert "schol" not in ask("q=schol").query.right


def test_text_is_made_fit_to_be_shown():
    assert clean("a\0b\ud800c") == "abc"
    assert read(QueryDict("q=a%00b"), "en").query.text == "ab"


class Pages:
    """An engine with 45 works; notes what it was asked."""

    def __init__(self, total: int = 45, deepest: int = 2000) -> None:
        self.total = total
        self.deepest = deepest
        self.offsets: list[int] = []

    def search(self, query: Query) -> Result:
        self.offsets.append(query.offset)
        return Result((), self.total, {})


def test_a_page_past_the_last_becomes_the_last():
    engine = Pages()
    answered = answer(engine, ask("page=99"))
    assert (answered.page, answered.pages, answered.query.offset) == (3, 3, 40)
    assert answered.notices == ("There is no page 99; this is page 3.",)
    assert engine.offsets == [98 * 20, 40]


def test_a_page_that_exists_is_asked_for_once():
    engine = Pages()
    answered = answer(engine, ask("page=3"))
    assert (answered.page, answered.pages, answered.notices, engine.offsets) == (3, 3, (), [40])
    assert answer(Pages(0), ask())[3:] == (1, 1, ())


def test_where_an_engine_does_not_look_to_the_end_of_a_list_the_page_says_so():
    engine = Pages(2500, deepest=1010)
    told = "Only the first 1,000 works can be looked through: filters or words bring others to the front."
    answered = answer(engine, ask("page=99"))
    assert (answered.page, answered.pages, answered.query.offset, engine.offsets) == (50, 50, 980, [980])
    assert answered.notices == ("There is no page 99; this is page 50.", told)
    assert answer(engine, ask("page=50")).notices == (told,)
    assert answer(engine, ask("page=49")).notices == ()
    assert answer(Pages(1000, deepest=1010), ask("page=50"))[2:5] == ((), 50, 50)
    short = Pages(45, deepest=1010)
    assert answer(short, ask("page=99"))[2:5] == (("There is no page 99; this is page 3.",), 3, 3)
    assert short.offsets == [980, 40]


def test_known_values(source):
    assert is_known("topic", "school", "en")
    assert not is_known("topic", "programme", "en")
    assert is_known("year", "2010-", "en")


@examples(max_examples=300)
@given(
    params=st.dictionaries(
        st.sampled_from((*FACETS, "q", "page", "sort", "year_from", "year_to", "language_match", "x")),
        st.lists(st.text(st.characters(codec=None), max_size=12) | st.sampled_from(("2016", "es", "1")), max_size=3),
    )
)
def test_any_parameters_are_a_legal_question(params):
    class Params(dict):
        def getlist(self, key):
            return self.get(key, [])

    query, notices, page = read(Params(params), "ar")
    assert page >= 1
    assert query.sort in SORTS
    assert query.offset == (page - 1) * PAGE_SIZE
    for facet, values in query.filters.items():
        assert values
        assert all(is_known(facet, value, "ar") for value in values)
    for text in (query.text, *notices):
        str(text).encode("utf-8")


@pytest.mark.parametrize(
    ("ignored", "notices"), [(1, 1), (MOST_NOTICES + 1, MOST_NOTICES + 1), (300, MOST_NOTICES + 1)]
)
def test_many_notices_are_summed_up(ignored, notices):
    told = ask("&".join(f"unknown{number}=1" for number in range(ignored))).notices
    assert len(told) == notices
    assert (str(ignored - MOST_NOTICES) in told[-1]) == (ignored == 300)
