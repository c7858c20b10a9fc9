"""A hub with all starter content, served as in production by processes of its own."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from django.conf import settings

PATIENCE = 600  # seconds until a step that hangs fails the tests
EDITOR, PASSWORD = "editor", "a password for tests"


def environment_of(data: Path, **more: str) -> dict[str, str]:
    """Settings of production on the folder `data`; the coverage of these programs is measured elsewhere."""
    measured = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    kept = {name: value for name, value in os.environ.items() if name not in measured}
    return kept | {"HUB_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hub.settings", "LC_ALL": "C"} | more


def manage(data: Path, *arguments: str, check: bool = True, **more: str) -> subprocess.CompletedProcess:
    """Run `manage.py` with these arguments on `data`, in English; `more` are variables of its environment."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment_of(data, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if check and done.returncode:
        pytest.fail(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done


def copy(data: Path, to: Path) -> Path:
    """A copy of `data` to be changed, while others read the original."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns("hub.sqlite3*", "*.lock", "*.log"))
    with (
        closing(sqlite3.connect(data / "hub.sqlite3")) as source,
        closing(sqlite3.connect(to / "hub.sqlite3")) as target,
    ):
        source.backup(target)
    return to


def free_ports(number: int) -> list[int]:
    """That many that differ: of one asked for after another was let go, the system may give the same again."""
    with ExitStack() as probes:
        sockets = [probes.enter_context(socket.socket()) for _ in range(number)]
        for probe in sockets:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in sockets]


def free_port() -> int:
    return free_ports(1)[0]


class Server:
    """gunicorn on `data` with `options`, its command after the words of `before`; `address` has no slash at its end."""

    def __init__(self, data: Path, options: Sequence[str] = (), before: Sequence[str] = (), **environment: str) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = data / f"server-{port}.log"
        self.access_log = data / f"access-{port}.log"
        command = [sys.executable, "-m", "gunicorn", "hub.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4"]
        command += [
            "--limit-request-line=0",
            "--no-control-socket",
            f"--access-logfile={self.access_log}",
            "--access-logformat=%(p)s %(U)s?%(q)s",
        ]
        with self.log.open("w") as file:
            self.process = subprocess.Popen(
                [*before, *command, *options],
                cwd=settings.BASE_DIR,
                env=environment_of(data, **environment),
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def workers(self) -> set[int]:
        """Process ids of the workers that live now."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(map(int, path.read_text().split()))

    def answered_by(self, mark: str) -> set[int]:
        """Process ids of the workers that answered requests with `mark` in their address."""
        lines = self.access_log.read_text().splitlines()
        return {int(line.split()[0].strip("<>")) for line in lines if mark in line}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                read(self.address + "/healthz")
            except URLError:
                time.sleep(0.1)
            else:
                return
        self.process.kill()
        pytest.fail(f"The hub does not answer:\n{self.log.read_text()}")


@contextmanager
def serve(data: Path, *options: str, before: Sequence[str] = (), **environment: str) -> Iterator[Server]:
    """A web server on `data` that ends with the block."""
    server = Server(data, options, before, **environment)
    try:
        yield server
    finally:
        server.stop()


def read(url: str) -> str:
    """What the server answers, as text; also where it answers "not found"."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
            return answer.read().decode()
    except HTTPError as error:
        with error:
            if error.code != 404:
                raise
            return error.read().decode()
