"""A work is found by every year of its span that is known, and by the years of what is there already."""

from datetime import date

import pytest

from search.engines import get_engine
from search.registry import source
from tests.factories import WORK_FACTORIES, EditionFactory

pytestmark = pytest.mark.django_db


def test_a_span_is_found_by_each_of_its_years(found):
    WORK_FACTORIES["programme"](title="both", start_year=2000, end_year=2020)
    WORK_FACTORIES["programme"](title="since", start_year=2000)
    WORK_FACTORIES["programme"](title="until", end_year=2020)
    WORK_FACTORIES["training"](title="long", start_date=date(2025, 6, 1), end_date=date(2027, 3, 1))
    WORK_FACTORIES["training"](title="ended", end_date=date(2010, 3, 1))
    get_engine().rebuild(source().documents())
    asked = {year: sorted(found(year=year)) for year in ("2000", "2010", "2005-2015", "2020", "2021-", "2026", "2027")}
    assert asked == {
        "2000": ["both", "since"],
        "2010": ["both", "ended"],
        "2005-2015": ["both", "ended"],
        "2020": ["both", "until"],
        "2021-": ["long"],
        "2026": ["long"],
        "2027": ["long"],
    }


def test_the_year_of_an_edition_counts_once_it_is_there(found):
    page = WORK_FACTORIES["publication"](title="book", year=2016)
    EditionFactory(page=page, language="pt", year=2018)
    EditionFactory(page=page, language="fr", year=2099, status="planned")
    get_engine().rebuild(source().documents())
    assert (found(year="2016"), found(year="2018"), found(year="2099")) == (["book"], ["book"], [])
