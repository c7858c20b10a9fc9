"""The hub with all of its starter content, served as in production, for a browser to visit."""

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from django.conf import settings

PATIENCE = 600  # seconds until a step that hangs fails the tests


def _environment(data: Path) -> dict[str, str]:
    """Settings of production on the folder `data`; the coverage of these programs is measured elsewhere."""
    measured = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    kept = {name: value for name, value in os.environ.items() if name not in measured}
    return kept | {"HUB_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hub.settings", "LC_ALL": "C"}


def prepare(folder: Path) -> Path:
    """The folder of data of a hub that is ready to be served; made once, whichever worker comes first."""
    data = folder / "hub-of-browser-tests"
    with (folder / "hub-of-browser-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "ready").exists():
            data.mkdir(exist_ok=True)
            done = subprocess.run(
                [sys.executable, "manage.py", "set_up"],
                cwd=settings.BASE_DIR,
                env=_environment(data),
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            if done.returncode:
                pytest.fail(f"The hub could not be set up:\n{done.stdout}\n{done.stderr}")
            (data / "ready").touch()
    return data


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(data: Path) -> Iterator[str]:
    """The address of a web server on `data`, without a slash at its end. It ends with the block."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = data / f"server-{port}.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "hub.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--threads",
                "4",
                "--no-control-socket",
            ],
            cwd=settings.BASE_DIR,
            env=_environment(data),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, address, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            read(address + "/es/")
        except URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The hub does not answer:\n{log.read_text()}")


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
