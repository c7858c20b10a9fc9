"""The Elasticsearch server hangs, and goes, and comes back, while an editor publishes and a reader reads."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import elasticsearch_server
from tests.browser.addresses import ADDRESSES
from tests.processes.editor import Editor
from tests.processes.places import Places
from tests.served_hub import Server, free_port, manage, read, serve

pytestmark = [pytest.mark.elasticsearch, pytest.mark.alone]

PAGE = 2.0  # seconds that an answer may take, to a reader and to an editor, whatever the cluster does
INDEXED_WITHIN = 30.0  # seconds after the return of the cluster
AWAY, AFTERWARDS = 8.0, 2.0  # seconds in which the editor goes on, without the cluster and with it
SPANISH, ARABIC = 0, 1
# What readers ask for, and what is in the answer with the cluster and without it.
PAGES = {
    ADDRESSES["search words"][SPANISH]: "data-work",
    ADDRESSES["home"][SPANISH]: 'class="strategy',
    ADDRESSES["search facets"][ARABIC]: "data-work",
    ADDRESSES["list"][SPANISH]: "data-work",
    ADDRESSES["programme"][SPANISH]: "The Incredible Years</h1>",
    ADDRESSES["organisations"][SPANISH]: "(<bdi>WHO</bdi>)",
    ADDRESSES["strategy"][SPANISH]: "Normas y valores</h1>",
}


class Cluster:
    """A server of this test's own, on one port and with one folder of data, whatever becomes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.keeper = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hub"

    def start(self) -> None:
        """Until it answers."""
        self.keeper = elasticsearch_server.start(self.folder, os.getpid(), "--port", str(self.port))
        self.process = json.loads((self.folder / "server.json").read_text())["process"]

    def stop(self) -> None:
        os.kill(self.keeper, signal.SIGTERM)
        os.waitpid(self.keeper, 0)

    def signal(self, number: int) -> None:
        os.kill(self.process, number)


class Repeating(threading.Thread):
    """Does a thing again and again; `times` are how long it took, `errors` what went wrong."""

    def __init__(self, what, pause: float) -> None:
        super().__init__()
        self.what, self.pause = what, pause
        self.times: list[float] = []
        self.errors: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            started = time.monotonic()
            try:
                self.what(len(self.times))
            except (AssertionError, OSError) as error:
                self.errors.append(repr(error)[:2000])
            self.times.append(time.monotonic() - started)
            self.stopped.wait(self.pause)


@contextmanager
def repeating(what, pause: float = 0.1) -> Iterator[Repeating]:
    thread = Repeating(what, pause)
    thread.start()
    try:
        yield thread
    finally:
        thread.stopped.set()
        thread.join()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    folder = elasticsearch_server.place(f"inspire-hub-faults-{os.getpid()}")
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.stop()
        elasticsearch_server.remove(folder)


@contextmanager
def in_time(what: str) -> Iterator[None]:
    """What is inside takes no longer than a page may."""
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    assert took < PAGE, f"{what} took {took:.2f} s"


def search_page(server: Server) -> str:
    return read(f"{server.address}/es/search/?q=crianza")


def wait_until_indexed(data: Path, url: str, returned: float) -> None:
    """Until index and database are seen to agree, which is so long after the return of the cluster at most."""
    agree = False
    while not agree:
        report = json.loads(manage(data, "search_status", "--json", check=False, SEARCH_URL=url).stdout)
        agree = report["ok"] and not report["pending"]
        assert time.monotonic() - returned < INDEXED_WITHIN, json.dumps(report)


def hang(cluster: Cluster) -> Iterator[None]:
    """Away until the second step."""
    cluster.signal(signal.SIGSTOP)
    yield
    cluster.signal(signal.SIGCONT)
    yield


def go(cluster: Cluster) -> Iterator[None]:
    cluster.stop()
    yield
    cluster.start()
    yield


@pytest.mark.parametrize("fault", [hang, go])
def test_a_cluster_that_hangs_or_goes_stops_no_editor_and_no_reader(data, cluster, fault):
    manage(data, "search_rebuild", SEARCH_URL=cluster.url)
    places = Places.of(data)
    with serve(data, "--workers=1", SEARCH_URL=cluster.url, HUB_BACKGROUND="process") as server:
        editor = Editor(server)
        assert "data-facet" in search_page(server)

        def publish(number: int) -> None:
            with in_time("the form of a new programme"):
                editor.ask_for_a_form(places.list)
            with in_time("its publication"):
                editor.publish(places.list, f"Zarzamora {number}", f"z-{number}", places.strategy)

        def look(number: int) -> None:
            address, shown = list(PAGES.items())[number % len(PAGES)]
            with in_time(address):
                page = read(server.address + address)
            assert shown in page, address

        # What a new process does once, as reading its templates, is not what this is about.
        editor.publish(places.list, "Zarzamora", "z", places.strategy)
        for address in PAGES:
            read(server.address + address)
        with repeating(publish) as publishing, repeating(look) as reading:
            steps = fault(cluster)
            next(steps)
            time.sleep(AWAY)
            page = search_page(server)
            assert "data-work" in page and "data-facet" not in page  # works by title, from the database
            next(steps)
            returned = time.monotonic()
            time.sleep(AFTERWARDS)
        wait_until_indexed(data, cluster.url, returned)
        assert "data-facet" in search_page(server)
    assert publishing.errors + reading.errors == []
    assert len(publishing.times) > 3
    assert len(reading.times) > len(PAGES)
