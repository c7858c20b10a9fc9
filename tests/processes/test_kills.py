"""Processes are killed at random points while editors work: afterwards database and index agree, without a rebuild."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests import elasticsearch_server
from tests.database import ProgramDatabase
from tests.processes.forker import Forker
from tests.processes.load import EDITORS, acknowledged, editors, wait_for_a_change
from tests.processes.places import Places
from tests.served_hub import manage, serve

# First of all kinds, the commands among them; then of those that run all the time: what is lost then, no rebuild mends.
KILLS = (
    {"web": 7, "worker": 6, "search_rebuild": 7, "search_repair": 7},
    {"web": 7, "worker": 6},
)
LONGEST_LIFE = {"web": 0.8, "worker": 1.5, "search_rebuild": 0.9, "search_repair": 0.7}  # seconds until the next kill
GONE = 2**22 + 1  # a number that no process has (proc(5))
MENDED_WITHIN = 60  # seconds after the last kill, on a machine that may do other things


@pytest.fixture(
    params=["SQLite, embedded", pytest.param("PostgreSQL, Elasticsearch", marks=pytest.mark.elasticsearch)],
)
def hub(request, data) -> Iterator[tuple[dict[str, str], Places]]:
    """The variables that choose a database and an engine, which both hold the works of `data`; places in them."""
    chosen = {"SEARCH_URL": "", "HUB_BACKGROUND": "worker"}
    if "embedded" in request.param:
        yield chosen, Places.of(data)
        return
    database = ProgramDatabase(request.getfixturevalue("postgresql").url)
    server = elasticsearch_server.of_this_run()
    with server.prefix() as prefix:
        chosen |= database.environment | {"SEARCH_URL": server.search_url(prefix)}
        manage(data, "search_rebuild", **chosen)
        yield chosen, Places.of(data, database)


def victims(random: Random) -> Iterator[str]:
    for kills in KILLS:
        kinds = [kind for kind, number in kills.items() for _ in range(number)]
        random.shuffle(kinds)
        yield from kinds


def was_killed(process: int) -> bool:
    """Whether there was something to kill."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_killed_processes_lose_nothing(data, hub):
    random = Random(1)
    chosen, places = hub
    killed: list[str] = []
    with (
        serve(data, "--workers=2", "--preload", **chosen) as server,
        closing(Forker(data, **chosen)) as commands,
    ):
        worker = commands.start("run_worker")

        def strike(victim: str) -> bool:
            nonlocal worker
            command = commands.start(victim) if victim.startswith("search") else worker
            time.sleep(random.uniform(0, LONGEST_LIFE[victim]))
            if victim == "web":
                return was_killed(random.choice(list(server.workers()) or [GONE]))
            hit = was_killed(command)
            if victim == "worker":
                worker = commands.start("run_worker")
            return hit

        with editors(server, places) as loads:
            for victim in victims(random):
                while not strike(victim):  # a command had ended by itself
                    wait_for_a_change(loads)
                killed.append(victim)
                wait_for_a_change(loads)
        assert len(killed) == 40
        assert [load.errors + load.faults for load in loads] == [[]] * EDITORS
        assert sum(load.cut_off for load in loads) > 0

        until = time.monotonic() + MENDED_WITHIN
        while not (report := status(data, **chosen))["ok"] or report["pending"]:
            assert time.monotonic() < until, json.dumps(report)
        assert report["documents"] == report["in_database"]
    known, shown = acknowledged(loads), places.shown()
    assert known
    assert {slug: shown.get(slug, "") for slug in known} == known
    assert places.half_written() == []


def status(data: Path, **chosen: str) -> dict:
    return json.loads(manage(data, "search_status", "--json", check=False, **chosen).stdout)
