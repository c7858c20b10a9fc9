"""Several web processes on one host and one embedded index: one writes at a time, all see what was written."""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.processes.editor import Editor
from tests.processes.places import Places
from tests.served_hub import Server, manage, read, serve

WORKERS = 3
PATIENCE = 60  # seconds until what must happen has happened


def found(server: Server, word: str, mark: str = "") -> bool:
    return "data-work=" in read(f"{server.address}/es/search/?q={word}&mark={mark}")


def every_worker_finds(server: Server, word: str) -> bool:
    """Ask until each living worker has answered; whether all have found the word."""
    mark = f"asked-{time.monotonic_ns()}"
    until = time.monotonic() + PATIENCE
    answers: list[bool] = []
    with ThreadPoolExecutor(12) as readers:
        while not server.workers() <= server.answered_by(mark):
            assert time.monotonic() < until, (server.workers(), server.answered_by(mark))
            answers += readers.map(lambda _: found(server, word, mark), range(24))
    assert len(server.workers()) == WORKERS
    return all(answers)


@pytest.mark.parametrize("preload", [(), ("--preload",)], ids=["each loads the hub", "forked from one that has"])
def test_every_worker_sees_a_change_within_a_second(data, preload):
    places = Places.of(data)
    with serve(data, f"--workers={WORKERS}", *preload, HUB_BACKGROUND="process") as server:
        editor = Editor(server)
        assert not every_worker_finds(server, "zarzamora")
        editor.publish(places.list, "Zarzamora", "zarzamora", places.strategy)
        time.sleep(1)
        assert every_worker_finds(server, "zarzamora")

        # One that is forked later sees it too, and what is changed then.
        [victim, *_] = server.workers()
        os.kill(victim, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while victim in server.workers() or len(server.workers()) < WORKERS:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert every_worker_finds(server, "zarzamora")
        page = places.page("zarzamora")
        editor.rename(page, "Madreselva")
        time.sleep(1)
        assert every_worker_finds(server, "madreselva")
        editor.delete(page)
        time.sleep(1)
        assert not every_worker_finds(server, "madreselva")


def test_editors_at_different_workers_write_one_after_the_other(data):
    places = Places.of(data)
    with serve(data, f"--workers={WORKERS}", "--preload", HUB_BACKGROUND="process") as server:
        editors = [Editor(server) for _ in range(4)]

        def publish_three(number: int) -> None:
            for one in range(3):
                title, slug = f"Zarzamora {number} {one}", f"z-{number}-{one}"
                editors[number].publish(places.list, title, slug, places.strategy)

        with ThreadPoolExecutor(len(editors)) as threads:
            list(threads.map(publish_three, range(len(editors))))
        time.sleep(1)
        assert read(f"{server.address}/es/search/?q=zarzamora").count("data-work=") == 12
    status = json.loads(manage(data, "search_status", "--json").stdout)
    assert (status["ok"], status["pending"]) == (True, 0)
