"""The server that .ci/with_postgresql.py starts for the tests is there for a command, and gone with it."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.scripts import SCRIPTS, load

SCRIPT = SCRIPTS / "with_postgresql.py"
PATIENCE = 60  # seconds

pytestmark = pytest.mark.postgresql


@pytest.fixture
def start():
    """Starts the script with a command, in a session of its own; whatever is left of it ends with the test."""
    with ExitStack() as stack:

        def started(*command: str) -> subprocess.Popen:
            running = subprocess.Popen(
                [sys.executable, str(SCRIPT), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            stack.enter_context(running)
            stack.callback(running.kill)
            return running

        yield started


def tell_and(then: str) -> tuple[str, ...]:
    """A command that tells the address of its server."""
    return (sys.executable, "-c", f"import os, sys, time; print(os.environ['DATABASE_URL'], flush=True); {then}")


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as server:
            return server.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def traces(url: str) -> list[str]:
    """Processes of the server that listens on the port of this address."""
    port = re.search(r":(\d+)/", url)[1]
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            commands.append((process / "cmdline").read_text().replace("\0", " "))
    return [command for command in commands if f"--port={port} " in command]


def is_gone(url: str) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not answers(url) and not traces(url):
            return True
        time.sleep(0.1)
    return False


def test_it_ends_with_the_command_and_as_the_command_does(start):
    running = start(*tell_and("sys.stdin.readline(); sys.exit(3)"))
    url = running.stdout.readline().strip()
    running.communicate("\n", timeout=PATIENCE)
    assert running.returncode == 3
    assert not answers(url)
    assert traces(url) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name)
def test_it_ends_with_whoever_started_it(start, number):
    running = start(*tell_and("time.sleep(600)"))
    url = running.stdout.readline().strip()
    assert answers(url)
    assert traces(url)
    running.send_signal(number)
    assert is_gone(url)
    running.communicate(timeout=PATIENCE)  # the command is gone too, else its pipes stay open
    assert running.returncode == (-number if number == signal.SIGKILL else 128 + number)


def test_it_survives_what_interrupts_the_command_until_that_has_ended(start):
    """Ctrl-C reaches every process of the terminal; a test run then still has to clear up in its database."""
    program = """
import os, sys, time
try:  # before it tells the address: an interrupt may come as soon as that is read
    print(os.environ["DATABASE_URL"], flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    sys.stdin.readline()
    sys.exit(2)
"""
    running = start(sys.executable, "-c", program)
    url = running.stdout.readline().strip()
    os.killpg(running.pid, signal.SIGINT)
    time.sleep(0.5)
    assert answers(url)
    running.communicate("\n", timeout=PATIENCE)
    assert running.returncode == 2
    assert traces(url) == []


def test_two_at_once_have_servers_of_their_own(start):
    both = [start(*tell_and("time.sleep(600)")) for _ in range(2)]
    urls = [running.stdout.readline().strip() for running in both]
    assert len(set(urls)) == 2
    assert all(map(answers, urls))
    both[0].terminate()
    both[0].communicate(timeout=PATIENCE)
    assert [answers(url) for url in urls] == [False, True]
    both[1].terminate()
    both[1].communicate(timeout=PATIENCE)


def test_without_postgresql_it_says_how_to_get_it(monkeypatch, tmp_path):
    script = load("with_postgresql")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(script, "DEBIAN", tmp_path)
    with pytest.raises(script.Unavailable, match=r"apt-get install postgresql.*make test-quick"):
        script.programs()


def test_a_server_that_does_not_start_is_told():
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # another account runs what is in it
        for name in ("initdb", "postgres"):
            program = Path(folder, name)
            program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'; echo 'no room' >&2; [ $# = 1 ]\n")
            program.chmod(0o755)
        environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
        command = [sys.executable, str(SCRIPT), "true"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "initdb failed" in done.stderr
    assert "no room" in done.stderr
