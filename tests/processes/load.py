"""Editors who go on working while something happens to the hub."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from random import Random

import psycopg

from tests.processes.editor import Editor, Fault
from tests.processes.places import Places
from tests.served_hub import Server

EDITORS = 3
PATIENCE = 60  # seconds until an editor must have got an answer


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
        self.faults: list[str] = []
        self.errors: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            slug = self.random.choice(list(self.pages)) if len(self.pages) > 3 else ""
            try:
                self.change(slug)
            except (OSError, HTTPException, psycopg.OperationalError) as error:
                if isinstance(error, Fault):
                    self.faults.append(str(error))
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
            self.known[slug] = title
            self.pages[slug] = self.places.page(slug)
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
    before, until = done(loads), time.monotonic() + PATIENCE
    while done(loads) == before and not any(load.errors for load in loads):
        assert time.monotonic() < until, "No editor gets an answer any more."
        time.sleep(0.02)


def done(loads: list[Load]) -> int:
    return sum(load.acknowledged for load in loads)


def acknowledged(loads: list[Load]) -> dict[str, str]:
    """Slug to title of the pages that must be shown, "" for those that must not."""
    return {slug: title or "" for load in loads for slug, title in load.known.items()}
