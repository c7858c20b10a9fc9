"""A work is found by the ISBN and the DOI of its editions, however readers write them."""

import pytest

from search.engines import get_engine
from search.registry import source
from tests.factories import EditionFactory, EvaluationPageFactory, PublicationPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbered(found):
    """`found`, where one publication has an ISBN, one evaluation a DOI, and others those of the same publishers."""
    for title, isbn in (("Manual", "978-92-4-151409-5"), ("Otro manual", "978-92-4-256535-5")):
        EditionFactory(page=PublicationPageFactory(title=title), isbn=isbn)
    for title, doi in (("Ensayo", "10.1136/bmj.a506"), ("Otro ensayo", "10.1136/bmjopen-2020-044645")):
        EditionFactory(page=EvaluationPageFactory(title=title), doi=doi)
    get_engine().rebuild(source().documents())
    return found


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_an_isbn_finds_its_work_with_and_without_hyphens(numbered, locale):
    for word in ("", "ISBN ", "ISBN: "):
        for number in ("978-92-4-151409-5", "9789241514095", "978 92 4 151409 5"):
            assert numbered(word + number, locale) == ["Manual"], word + number


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_a_doi_finds_its_work_bare_and_as_an_address(numbered, locale):
    for before in ("", "doi:", "DOI ", "doi.org/", "https://doi.org/"):
        assert numbered(before + "10.1136/bmj.a506", locale) == ["Ensayo"], before
