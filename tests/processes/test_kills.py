"""Processes are killed at random points while editors work: afterwards database and index agree, without a rebuild."""

import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from random import Random

import pytest

from tests.processes.editor import Editor
from tests.processes.forker import Forker
from tests.processes.places import Places
from tests.served_hub import Server, manage, serve

KILLS = {"web": 14, "worker": 12, "search_rebuild": 7, "search_repair": 7}
EDITORS = 3
LONGEST_LIFE = {"web": 0.8, "worker": 1.5, "search_rebuild": 1.5, "search_repair": 1.0}  # seconds until the next kill
MENDED_WITHIN = 60  # seconds after the last kill, on a machine that may do other things


class Load(threading.Thread):
    """An editor who publishes, renames, hides, unpublishes and deletes programmes until told to stop.

    `known` is what the hub has acknowledged: slug to title, or None where nothing may be shown. A request that was cut
    off may have been carried out or not: its page is not known any more.
    """

    def __init__(self, server: Server, places: Places, number: int) -> None:
        super().__init__(name=f"editor-{number}")
        self.places, self.number = places, number
        self.editor = Editor(server)
        self.random = Random(number)
        self.known: dict[str, str | None] = {}
        self.pages: dict[str, int] = {}
        self.acknowledged = self.cut_off = 0
        self.errors: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            slug = self.random.choice(list(self.pages)) if len(self.pages) > 3 else ""
            try:
                self.change(slug)
            except (OSError, HTTPException):
                self.cut_off += 1
                self.known.pop(slug, None)
                self.pages.pop(slug, None)
            except AssertionError as error:
                self.errors.append(str(error)[:3000])
                return
            else:
                self.acknowledged += 1

    def change(self, slug: str) -> None:
        title = f"Zarzamora {self.number} {self.acknowledged}"
        what = self.random.choice(("publish", "rename", "rename", "hide", "unpublish", "delete")) if slug else "publish"
        if what == "unpublish" and not self.known[slug]:
            what = "rename"  # which publishes it again
        if what == "publish":
            slug = f"z-{self.number}-{self.acknowledged}-{self.cut_off}"
            self.editor.publish(self.places.list, title, slug, self.places.strategy)
            self.pages[slug] = self.places.page(slug)
            self.known[slug] = title
        elif what == "rename":
            self.editor.rename(self.pages[slug], title)
            self.known[slug] = title
        elif what == "hide":
            self.editor.restrict(self.pages.pop(slug))
            self.known[slug] = None
        elif what == "unpublish":
            self.editor.unpublish(self.pages[slug])
            self.known[slug] = None
        else:
            self.editor.delete(self.pages.pop(slug))
            self.known[slug] = None

    def stop(self) -> None:
        self.stopped.set()
        self.join()


@contextmanager
def editors(server: Server, places: Places) -> Iterator[list[Load]]:
    loads = [Load(server, places, number) for number in range(EDITORS)]
    for load in loads:
        load.start()
    try:
        yield loads
    finally:
        for load in loads:
            load.stop()


def wait_for_a_change(loads: list[Load]) -> None:
    """Until an editor has changed something, so that there is something to lose at the next kill."""
    before, until = done(loads), time.monotonic() + MENDED_WITHIN
    while done(loads) == before and not any(load.errors for load in loads):
        assert time.monotonic() < until, "No editor gets an answer any more."
        time.sleep(0.02)


def done(loads: list[Load]) -> int:
    return sum(load.acknowledged for load in loads)


def kill(process: int) -> None:
    with suppress(ProcessLookupError):  # a command that has ended by itself was too quick for us
        os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize("engine", ["embedded"])
def test_killed_processes_lose_nothing(data, engine):
    random = Random(engine)
    victims = [kind for kind, number in KILLS.items() for _ in range(number)]
    random.shuffle(victims)
    assert len(victims) == 40
    with (
        serve(data, "--workers=2", "--preload", HUB_BACKGROUND="worker") as server,
        closing(Forker(data, HUB_BACKGROUND="worker")) as commands,
    ):
        worker = commands.start("run_worker")
        with editors(server, Places.of(data)) as loads:
            for victim in victims:
                running = worker if victim == "worker" else None
                if victim.startswith("search"):
                    running = commands.start(victim)
                time.sleep(random.uniform(0, LONGEST_LIFE[victim]))
                kill(running or random.choice(list(server.workers()) or [0]))
                if victim == "worker":
                    worker = commands.start("run_worker")
                wait_for_a_change(loads)
        assert [load.errors for load in loads] == [[]] * EDITORS
        assert sum(load.cut_off for load in loads) > 0

        until = time.monotonic() + MENDED_WITHIN
        while not (report := status(data))["ok"] or report["pending"]:
            assert time.monotonic() < until, json.dumps(report)
        assert report["documents"] == report["in_database"]
    known = {slug: title for load in loads for slug, title in load.known.items()}
    assert known
    assert {slug: found for slug, found in shown(data).items() if slug in known} == {
        slug: title for slug, title in known.items() if title
    }


def status(data: Path) -> dict:
    return json.loads(manage(data, "search_status", "--json", check=False).stdout)


def shown(data: Path) -> dict[str, str]:
    """Slug to title of the pages of this test that the database shows to everybody."""
    with closing(sqlite3.connect(data / "hub.sqlite3")) as database:
        return dict(
            database.execute(
                "SELECT slug, title FROM wagtailcore_page WHERE slug LIKE 'z-%' AND live "
                "AND id NOT IN (SELECT page_id FROM wagtailcore_pageviewrestriction)"
            )
        )
