"""Every engine the hub has, made the way a test needs it. The suite in this folder runs on each of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from tests import elasticsearch_server

Maker = Callable[[], AbstractContextManager[Engine]]


@contextmanager
def embedded() -> Iterator[Engine]:
    with TemporaryDirectory() as folder:
        yield EmbeddedEngine(Path(folder) / "index", lock_timeout=5)


MAKERS: dict[str, Maker] = {"embedded": embedded, "elasticsearch": elasticsearch_server.engine}


@pytest.fixture(params=elasticsearch_server.ENGINES)
def engine(request) -> Iterator[Engine]:
    """An engine that holds nothing yet."""
    with MAKERS[request.param]() as made:
        yield made


@pytest.fixture(params=elasticsearch_server.ENGINES, scope="module")
def shared_engine(request) -> Iterator[Engine]:
    """One engine for all the examples of a property: rebuild it in each."""
    with MAKERS[request.param]() as made:
        yield made
