"""A source and an engine that tests of this folder own; what the apps have registered comes back afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from search import indexing, registry
from search.models import PendingChange
from tests import elasticsearch_server
from tests.search.clusters import Clock
from tests.search.sources import FakeEngine, FakeSource


@pytest.fixture
def source(monkeypatch) -> FakeSource:
    made = FakeSource()
    monkeypatch.setattr(registry, "_sources", [made])
    return made


@pytest.fixture
def fake_engine(monkeypatch) -> FakeEngine:
    made = FakeEngine()
    monkeypatch.setattr(indexing, "get_engine", lambda: made)
    return made


@pytest.fixture
def server() -> elasticsearch_server.Server:
    return elasticsearch_server.of_this_run()


@pytest.fixture
def url(server) -> Iterator[str]:
    """A value of SEARCH_URL, for indexes that nobody else uses."""
    with server.prefix() as prefix:
        yield server.search_url(prefix)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick(monkeypatch, settings):
    """The background thread does not wait, and is over when the test is."""
    settings.BACKGROUND = "process"
    monkeypatch.setattr(indexing, "PAUSE", 0.01)
    monkeypatch.setattr(indexing, "FIRST_WAIT", timedelta(milliseconds=1))
    monkeypatch.setattr(indexing, "background", indexing.Background())
    yield
    PendingChange.objects.all().delete()
    indexing.background.join(30)


@pytest.fixture
def in_front(monkeypatch):
    """No background thread."""
    monkeypatch.setattr(indexing.Background, "start", lambda self: None)
