"""What tests of the engine of a cluster share."""

from search.engines.elasticsearch import ElasticsearchEngine
from search.query import Query


class Clock:
    """Versions that a test sets."""

    def __init__(self) -> None:
        self.now = 1000

    def __call__(self) -> int:
        self.now += 1
        return self.now


def ids(engine: ElasticsearchEngine, **asked) -> set[str]:
    return {hit.document.id for hit in engine.search(Query(limit=1000, **asked)).hits}


def names(engine: ElasticsearchEngine) -> set[str]:
    """Of all indexes of the engine but that of the lock."""
    return set(engine._indexes.state(engine._cluster.deadline()).names)
