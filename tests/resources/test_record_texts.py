"""How dates, spans and addresses are written on record pages."""

import datetime

import pytest
from django.utils import translation

from resources.record import texts
from search import wording
from search.languages import LOCALES


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2019", "2019"),
        ("2019-06", "junio de 2019"),
        ("2019-06-30", "30 de junio de 2019"),
        ("2019-13", "2019-13"),
        ("2019-01-01-01", "2019-01-01-01"),
        ("spring 2019", "spring 2019"),
        ("", ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(value, written):
    with translation.override("es"):
        assert texts.partial_date_in_words(value) == written


@pytest.mark.parametrize(
    ("locale", "first", "other"),
    [
        ("es", "1 de julio de 2019", "11 de julio de 2019"),
        ("en", "1 July 2019", "11 July 2019"),
        ("fr", "1er juillet 2019", "11 juillet 2019"),
        ("pt", "1 de julho de 2019", "11 de julho de 2019"),
        ("ar", "1 يوليو 2019", "11 يوليو 2019"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(locale, first, other):
    with translation.override(locale):
        assert texts.partial_date_in_words("2019-07-01") == texts.day(datetime.date(2019, 7, 1)) == first
        assert texts.partial_date_in_words("2019-07-11") == texts.day(datetime.date(2019, 7, 11)) == other


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (2010, 2015, "2010–2015"),
        (2010, 2010, "2010"),
        (2010, None, "Since 2010"),
        (None, 2015, "Until 2015"),
        (None, None, ""),
    ],
)
def test_a_span_of_years(first, last, written):
    with translation.override("en"):
        assert texts.years(first, last) == written


def test_a_span_of_years_says_in_arabic_which_comes_first():
    with translation.override("ar"):
        assert texts.years(2010, 2015) == "من عام 2010 إلى عام 2015"


def test_a_span_of_days_has_one_end_where_the_other_is_not_known():
    day = datetime.date(2019, 6, 30)
    with translation.override("en"):
        assert texts.dates(None, day) == texts.dates(day, day) == texts.dates(day, None) == "30 June 2019"
        assert texts.dates(None, None) == ""


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.who.int/page?a=1", "who.int"),
        ("http://example.org:8080/", "example.org"),
        ("INSPIRE workshop report 2019", ""),
        ("javascript:alert(1)", ""),
        ("ftp://example.org/", ""),
        ("http://[broken", ""),
    ],
)
def test_only_web_addresses_have_a_host_name(url, name):
    assert texts.host(url) == name
    assert (texts.website(url) is not None) == bool(name)


@pytest.mark.parametrize("reader", LOCALES)
def test_the_notice_names_both_languages_in_the_readers_language(reader):
    shown = "en" if reader != "en" else "fr"
    with translation.override(reader):
        notice = texts.fallback_notice(shown, reader)
    assert wording.language_name(reader, reader) in notice
    assert wording.language_name(shown, reader) in notice


def test_names_stand_one_after_the_other_with_the_comma_of_the_language():
    assert wording.listing(["a", "b", "c"], "es") == "a, b, c"
    assert wording.listing(["a", "b", "c"], "ar") == "a، b، c"
    assert wording.listing([], "es") == ""
