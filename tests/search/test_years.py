import pytest

from search.years import Years, canonical, read


@pytest.mark.parametrize(
    ("value", "first", "last", "written"),
    [
        ("2016", 2016, 2016, "2016"),
        (" 2016 ", 2016, 2016, "2016"),
        ("2010-2015", 2010, 2015, "2010-2015"),
        ("2016-2016", 2016, 2016, "2016-2016"),
        ("2010 – 2015", 2010, 2015, "2010-2015"),
        ("2015-2010", 2010, 2015, "2010-2015"),
        ("2010-", 2010, None, "2010-"),
        ("-2015", None, 2015, "-2015"),
        ("٢٠١٦", 2016, 2016, "2016"),
        ("1", 1, 1, "1"),
    ],
)
def test_years_and_ranges(value, first, last, written):
    assert read(value) == Years(first, last)
    assert canonical(value) == canonical(written) == written
    assert read(written) == read(value)


@pytest.mark.parametrize(
    "value", ["", "-", " ", "abc", "0", "0-2010", "20161", "2010-2015-2020", "2010.5", "\0", "--5"]
)
def test_what_is_no_year(value):
    assert read(value) is None
    assert canonical(value) == ""


def test_membership():
    assert 2012 in Years(2010, 2015)
    assert 2010 in Years(2010, 2015)
    assert 2015 in Years(2010, 2015)
    assert 2016 not in Years(2010, 2015)
    assert 2009 not in Years(2010, None)
    assert 9999 in Years(2010, None)
    assert 2011 not in Years(None, 2010)
    assert "2012" not in Years(2010, 2015)
