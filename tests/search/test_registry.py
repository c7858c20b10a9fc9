import pytest

from search import registry
from tests.search.sources import FakeSource


def test_the_last_source_that_was_registered_counts(monkeypatch):
    monkeypatch.setattr(registry, "_sources", [])
    with pytest.raises(LookupError, match="No app has registered a source"):
        registry.source()
    first, second = FakeSource(), FakeSource()
    registry.register(first)
    assert registry.source() is first
    registry.register(second)
    assert registry.source() is second
