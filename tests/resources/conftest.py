"""An index of its own for a test, and an administrator whose changes reach it as they do in the hub."""

import pytest

from search.engines import get_engine
from search.query import Query


@pytest.fixture
def search_index(settings, tmp_path):
    """An empty index in a folder of the test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine().rebuild([])


@pytest.fixture
def editor(admin_client, search_index, django_capture_on_commit_callbacks):
    """The administrator's browser: what a request leaves to be done after commit is done when it is answered."""
    request = admin_client.request

    def answered(**environ):
        with django_capture_on_commit_callbacks(execute=True):
            return request(**environ)

    admin_client.request = answered
    return admin_client


@pytest.fixture
def found(search_index):
    """Titles of the works that a reader finds: found("crianza", "es", type="programme")."""

    def titles(text: str = "", locale: str = "es", **filters) -> list[str]:
        asked = {facet: (value,) for facet, value in filters.items()}
        hits = get_engine().search(Query(text=text, locale=locale, filters=asked)).hits
        return [hit.document.page_for(locale).title for hit in hits]

    return titles
