"""An index of its own for a test, and an administrator whose changes reach it as they do in the hub."""

from pathlib import Path

import pytest

from search.engines import get_engine
from search.query import Query
from tests import elasticsearch_server

HERE = Path(__file__).parent
TYPE_ON_ELASTICSEARCH = "programme"  # of the eight types of works one: engines get documents, whose types are alike


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on Elasticsearch what is repeated there for each type, and files that are read but not looked for."""
    repeated = [item for item in items if _is_repeated(item)]
    if repeated:
        config.hook.pytest_deselected(items=repeated)
        items[:] = [item for item in items if item not in repeated]
    for item in items:
        database = item.get_closest_marker("django_db")
        commits = database is not None and database.kwargs.get("transaction")
        # Those marked postgresql fill a database of their own.
        if item.path.parent == HERE and not commits and not item.get_closest_marker("postgresql"):
            item.add_marker("planted")


def _is_repeated(item: pytest.Item) -> bool:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if params.get("search_index") != "elasticsearch":
        return False
    if "upload" in item.fixturenames and "found" not in item.fixturenames:
        return True
    return params.get("type_id", TYPE_ON_ELASTICSEARCH) != TYPE_ON_ELASTICSEARCH


@pytest.fixture(params=elasticsearch_server.ENGINES)
def search_index(request, settings, tmp_path):
    """An empty index of the test's own, on each engine in turn."""
    with elasticsearch_server.search_settings(request.param, settings, tmp_path):
        get_engine().rebuild([])
        yield


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
