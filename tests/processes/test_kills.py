"""Processes are killed at random points while editors work: afterwards database and index agree, without a rebuild."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from tests import elasticsearch_server
from tests.processes.forker import Forker
from tests.processes.load import EDITORS, acknowledged, editors, wait_for_a_change
from tests.processes.places import Places
from tests.served_hub import manage, serve

KILLS = {"web": 14, "worker": 12, "search_rebuild": 7, "search_repair": 7}
LONGEST_LIFE = {"web": 0.8, "worker": 1.5, "search_rebuild": 1.5, "search_repair": 1.0}  # seconds until the next kill
MENDED_WITHIN = 60  # seconds after the last kill, on a machine that may do other things


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, data) -> Iterator[dict[str, str]]:
    """The variables that choose an engine which holds the works of `data`."""
    if request.param == "embedded":
        yield {"SEARCH_URL": ""}
        return
    server = elasticsearch_server.of_this_run()
    with server.prefix() as prefix:
        chosen = {"SEARCH_URL": server.search_url(prefix)}
        manage(data, "search_rebuild", **chosen)
        yield chosen


def kill(process: int) -> None:
    with suppress(ProcessLookupError):  # a command that has ended by itself was too quick for us
        os.kill(process, signal.SIGKILL)


def test_killed_processes_lose_nothing(data, engine):
    random = Random(1)
    victims = [kind for kind, number in KILLS.items() for _ in range(number)]
    random.shuffle(victims)
    assert len(victims) == 40
    engine |= {"HUB_BACKGROUND": "worker"}
    places = Places.of(data)
    with (
        serve(data, "--workers=2", "--preload", **engine) as server,
        closing(Forker(data, **engine)) as commands,
    ):
        worker = commands.start("run_worker")
        with editors(server, places) as loads:
            for victim in victims:
                running = worker if victim == "worker" else None
                if victim.startswith("search"):
                    running = commands.start(victim)
                time.sleep(random.uniform(0, LONGEST_LIFE[victim]))
                kill(running or random.choice(list(server.workers()) or [worker]))
                if victim == "worker":
                    worker = commands.start("run_worker")
                wait_for_a_change(loads)
        assert [load.errors + load.faults for load in loads] == [[]] * EDITORS
        assert sum(load.cut_off for load in loads) > 0

        until = time.monotonic() + MENDED_WITHIN
        while not (report := status(data, **engine))["ok"] or report["pending"]:
            assert time.monotonic() < until, json.dumps(report)
        assert report["documents"] == report["in_database"]
    known, shown = acknowledged(loads), places.shown()
    assert known
    assert {slug: shown.get(slug, "") for slug in known} == known
    assert places.half_written() == []


def status(data: Path, **engine: str) -> dict:
    return json.loads(manage(data, "search_status", "--json", check=False, **engine).stdout)
