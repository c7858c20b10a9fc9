"""The database server crashes and comes back while editors work: requests fail cleanly, and recover by themselves."""

import json
import os
import signal
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError

from django.template.loader import render_to_string

from tests.browser.addresses import ADDRESSES
from tests.database import ProgramDatabase
from tests.processes.forker import Forker
from tests.processes.load import EDITORS, acknowledged, editors, wait_for_a_change
from tests.processes.places import Places
from tests.served_hub import Server, manage, read, serve

CRASHES = 3
THREADS = 4  # of a web process
AWAY = 2  # seconds for which the server is away
LONGEST_ANSWER = 10  # seconds for which somebody may wait to be told that it cannot be done
MENDED_WITHIN = 60  # seconds
PAGES = [ADDRESSES[kind][0] for kind in ("home", "programme")]  # of readers


def ask(web: Server, path: str) -> tuple[int, str]:
    """Status and text of the answer, which does not take longer than it may."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(web.address + path, timeout=LONGEST_ANSWER) as answer:  # noqa: S310
            told = answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            told = error.code, error.read().decode()
    assert time.monotonic() - began < LONGEST_ANSWER, path
    return told


def readiness(web: Server) -> tuple[int, dict]:
    status, text = ask(web, "/readyz")
    return status, json.loads(text)["parts"]


def wait_until_ready(web: Server) -> None:
    until = time.monotonic() + MENDED_WITHIN
    while readiness(web)[0] != 200:
        assert time.monotonic() < until, readiness(web)
        time.sleep(0.2)


def signal_all(postmaster: int, number: int) -> None:
    """To every process of the server, the one that starts others first."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for process in (postmaster, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(process, number)


def test_a_database_that_hangs_is_told(data, postgresql):
    """A server that is stopped, or waits for its disk: the kernel acknowledges what is sent, and nobody answers."""
    chosen = {"DATABASE_URL": postgresql.url, "HUB_BACKGROUND": "worker"}
    with serve(data, "--workers=1", **chosen) as web:
        wait_until_ready(web)
        for _thread in range(THREADS):  # connections that are kept
            assert "<html" in read(web.address + "/es/")
        signal_all(postgresql.process.pid, signal.SIGSTOP)
        try:
            for _probe in range(2 * THREADS):
                began = time.monotonic()
                assert readiness(web) == (503, {"database": "does not answer", "migrations": "unknown", "search": "ok"})
                assert time.monotonic() - began < 6
        finally:
            signal_all(postgresql.process.pid, signal.SIGCONT)
        wait_until_ready(web)


def test_a_crash_of_the_database_leaves_nothing_half_done(data, postgresql):
    chosen = {"DATABASE_URL": postgresql.url, "HUB_BACKGROUND": "worker"}
    places = Places.of(data, ProgramDatabase(postgresql.url))
    with serve(data, "--workers=2", "--preload", **chosen) as web, closing(Forker(data, **chosen)) as commands:
        worker = commands.start("run_worker")
        wait_until_ready(web)
        with editors(web, places) as loads:
            for _crash in range(CRASHES):
                wait_for_a_change(loads)
                postgresql.stop()
                assert readiness(web) == (503, {"database": "does not answer", "migrations": "unknown", "search": "ok"})
                for path in PAGES * 2:
                    assert ask(web, path) == (500, render_to_string("500.html"))
                time.sleep(AWAY)
                postgresql.start_again()
                wait_until_ready(web)
                assert [ask(web, path)[0] for path in PAGES * 2] == [200] * 4
                wait_for_a_change(loads)
        assert [load.errors for load in loads] == [[]] * EDITORS
        assert sum(len(load.faults) for load in loads) > 0

        until = time.monotonic() + MENDED_WITHIN
        while not (report := status(data, **chosen))["ok"] or report["pending"]:
            assert time.monotonic() < until, json.dumps(report)
        assert Path(f"/proc/{worker}").exists()
    known, shown = acknowledged(loads), places.shown()
    assert known
    assert {slug: shown.get(slug, "") for slug in known} == known
    assert places.half_written() == []


def status(data: Path, **chosen: str) -> dict:
    return json.loads(manage(data, "search_status", "--json", check=False, **chosen).stdout)
