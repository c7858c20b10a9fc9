"""The real Elasticsearch server of a test run: one for all its processes, started when the first test wants it.

.ci/elasticsearch_server.py stops it when the run ends, however that ends.
"""

import fcntl
import json
import os
import shutil
import ssl
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from search.engines import elasticsearch_address
from search.engines.elasticsearch import ElasticsearchEngine

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "elasticsearch_server.py"
# Parameters of what runs on every engine.
ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
ROOM = 2 << 30  # bytes, for all that a run writes
TIMEOUT = 20  # seconds: what a machine that runs two test processes may need, where a test is not about time


class Server:
    """A server that runs: `told` is what the script wrote when it was ready."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.url: str = told["url"]
        self.ca: str = told["ca"]
        self.process: int = told["process"]
        self.accounts: dict[str, str] = told["accounts"]

    def search_url(self, prefix: str, who: str | None = None, **options: str | float) -> str:
        """A value of SEARCH_URL for it: as the user of least rights where it has accounts, else `who`."""
        if who is None and self.accounts:
            who = f"hub:{self.accounts['hub']}"
        options = ({"ca": self.ca} if self.ca else {}) | {"timeout": TIMEOUT} | options
        url = urlsplit(self.url)
        return f"{url.scheme}://{f'{who}@' if who else ''}{url.netloc}/{prefix}?{urlencode(options)}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What it answers to its administrator."""
        request = Request(self.url + path, method=method)  # noqa: S310
        context = None
        if self.accounts:
            who = b64encode(f"admin:{self.accounts['admin']}".encode()).decode()
            request.add_header("Authorization", f"Basic {who}")
            context = ssl.create_default_context(cafile=self.ca)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urlopen(request, timeout=60, context=context) as answer:  # noqa: S310
            return json.load(answer)

    @contextmanager
    def prefix(self) -> Iterator[str]:
        """A prefix of index names that nobody else uses; its indexes are removed afterwards."""
        prefix = f"hub-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{uuid4().hex[:8]}"
        try:
            yield prefix
        finally:
            if names := list(self.ask("GET", f"/{prefix}.*/_alias")):
                self.ask("DELETE", f"/{','.join(names)}")


@contextmanager
def engine() -> Iterator[ElasticsearchEngine]:
    """An engine that holds nothing yet, on the server of the run."""
    server = of_this_run()
    with server.prefix() as prefix:
        yield ElasticsearchEngine(elasticsearch_address.read(server.search_url(prefix)), count(1).__next__)


@contextmanager
def search_settings(engine: str, settings: Any, folder: Path) -> Iterator[None]:
    """Inside, the hub has an index of its own on `engine`: in `folder`, or on the server of the run."""
    if engine == "embedded":
        settings.SEARCH_INDEX_DIR = folder / "index"
        yield
        return
    server = of_this_run()
    with server.prefix() as prefix:
        settings.SEARCH_URL = server.search_url(prefix)
        yield


@cache
def of_this_run() -> Server:
    """The server of this test run, with security on. The test fails, and says how to get one, where there is none."""
    in_worker = "PYTEST_XDIST_WORKER" in os.environ
    run = os.environ["PYTEST_XDIST_TESTRUNUID"] if in_worker else uuid4().hex
    folder = place(f"inspire-hub-elasticsearch-{run}")
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "server.json").exists():
            # The processes of a parallel run are children of the one that began it.
            start(folder, os.getppid() if in_worker else os.getpid(), "--security", "--temporary")
    return Server(json.loads((folder / "server.json").read_text()))


def place(name: str) -> Path:
    """A folder for data that need not last: in memory where there is room, which is several times as fast."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return (memory if roomy else Path(tempfile.gettempdir())) / name


def start(folder: Path, owner: int, *options: str) -> int:
    """Start a server that lives as long as the process `owner`, wait until it answers; returns who keeps it."""
    command = [sys.executable, str(SCRIPT), "serve", str(folder), "--while", str(owner), *options]
    with tempfile.TemporaryFile() as said:
        # A session of its own: an interrupt at the terminal is for the tests, the server ends after them.
        actions = [(os.POSIX_SPAWN_DUP2, said.fileno(), 2)]
        keeper = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions, setsid=True)
        while not (folder / "server.json").exists():
            if os.waitpid(keeper, os.WNOHANG)[0]:
                said.seek(0)
                pytest.fail(said.read().decode(), pytrace=False)
            time.sleep(0.1)
    return keeper


def remove(folder: Path) -> None:
    """The data of a server that has ended."""
    shutil.rmtree(folder, ignore_errors=True)
