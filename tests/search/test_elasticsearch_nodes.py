"""A cluster of two real nodes: the one that readers and publishing are at is killed, and neither stands still."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import read
from tests import elasticsearch_server
from tests.elasticsearch_server import TIMEOUT, Server
from tests.search.clusters import Clock, ids, names
from tests.search.works import document

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long]

WORKS = {f"work-{number}" for number in range(10)}


def folder() -> Path:
    return elasticsearch_server.place(f"inspire-hub-node-{uuid4().hex}")


@contextmanager
def node(folder: Path, *options: str) -> Iterator[Server]:
    keeper = elasticsearch_server.start(folder, os.getpid(), *options, "--temporary")
    try:
        yield Server(json.loads((folder / "server.json").read_text()))
    finally:
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)


def copies(leader: Server, index: str) -> dict[str, str]:
    """Node to "p", where it has the copy of `index` that changes go to first, or "r"; as soon as
    there are as many as there are nodes."""
    leader.ask("GET", f"/_cluster/health/{index}?wait_for_status=green&timeout=60s")
    return {shard["node"]: shard["prirep"] for shard in leader.ask("GET", f"/_cat/shards/{index}?format=json")}


def test_one_of_two_nodes_is_killed_and_another_comes():
    first = folder()
    with node(first, "--joined") as leader:
        with node(folder(), "--join", str(first)) as other:
            addresses = ",".join(urlsplit(one.url).netloc for one in (other, leader))
            engine = ElasticsearchEngine(read(f"http://{addresses}/hub?timeout={TIMEOUT}"), Clock())
            engine.rebuild(map(document, WORKS))
            (index,) = names(engine)
            held = copies(leader, index)
            assert sorted(held.values()) == ["p", "r"]
            if held["leader"] == "p":  # the one that is to be killed shall have it
                command = {"index": index, "shard": 0, "node": "leader", "allow_primary": True}
                leader.ask("POST", "/_cluster/reroute", {"commands": [{"cancel": command}]})
                assert copies(leader, index)["leader"] == "r"

            os.kill(other.process, signal.SIGKILL)
            for number in range(20):
                assert engine.upsert([document(f"new-{number}")]) == 1
                assert ids(engine) == WORKS | {f"new-{earlier}" for earlier in range(number + 1)}
            assert engine.health().ok
            assert copies(leader, index) == {"leader": "p"}

        with node(folder(), "--join", str(first)):
            assert sorted(copies(leader, index).values()) == ["p", "r"]
            engine.rebuild(map(document, WORKS))
            assert ids(engine) == WORKS
