"""A source and an engine that tests of this folder own; what the apps have registered comes back afterwards."""

import pytest

from search import indexing, registry
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
