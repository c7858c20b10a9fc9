"""A real Elasticsearch server for a measurement, as the tests have one."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from search.engines import elasticsearch_address
from search.engines.elasticsearch import ElasticsearchEngine
from tests import elasticsearch_server
from tests.bench.figures import Figure
from tests.bench.worker import status
from tests.elasticsearch_server import Server


@contextmanager
def server(thorough: bool = True) -> Iterator[Server]:
    """A server without content; it is gone afterwards, and so is its data. `thorough`: with the compiler that it has in
    production, which takes its time."""
    folder = elasticsearch_server.place(f"inspire-hub-bench-{os.getpid()}")
    options = ["--temporary", *(["--thorough"] if thorough else [])]
    keeper = elasticsearch_server.start(folder, os.getpid(), *options)
    try:
        yield Server(json.loads((folder / "server.json").read_text()))
    finally:
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)


def engine(of: Server, prefix: str) -> ElasticsearchEngine:
    """An engine whose indexes begin with `prefix`."""
    return ElasticsearchEngine(elasticsearch_address.read(of.search_url(prefix)), count(1).__next__)


def memory(of: Server, note: str) -> list[Figure]:
    """Megabytes of the server: a heap of 1 GB, and what it maps."""
    return [Figure("Elasticsearch server, resident", "MB", status(of.process)["VmRSS"], note=note)]
