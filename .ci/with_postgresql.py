#!/usr/bin/env python3
"""Runs a command beside a PostgreSQL server of its own.

    python .ci/with_postgresql.py COMMAND [ARGUMENT...]

The command finds the server in DATABASE_URL: an empty database and an account that may make others. The server
listens on a free port of 127.0.0.1, keeps its data in a temporary folder and runs without fsync: it is for tests.
It ends with the command, also when either is interrupted or killed. .ci/install_system_packages installs it.
"""

import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 60  # seconds until a server that does not start is given up
TRIES = 3  # another program may take the port that was free a moment ago
SUPERUSER = "hub"
DEBIAN = Path("/usr/lib/postgresql")  # a folder for each version in it, none of them on the path
HOW_TO_GET_IT = (
    "The tests need PostgreSQL 15 or newer, and there is none on this machine. .ci/install_system_packages installs "
    "it; by hand, on Debian and Ubuntu: sudo apt-get install postgresql. "
    "Without it: make test-quick, which leaves out all that needs a server."
)
# Durability costs time, and nobody wants these data back. The collation is not that of the bytes, as on most servers.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}
INITDB = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--auth=scram-sha-256",
          f"--username={SUPERUSER}", "--no-sync", "--no-instructions")  # fmt: skip


class Unavailable(Exception):
    """There is no server, and the message says why."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`: of the path, else Debian's newest, which is not on the path."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path and shutil.which("postgres")]
    found += sorted(
        (path.parent for path in DEBIAN.glob("*/bin/postgres")),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    for folder in found:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
        if (version := re.search(r"\d+", told)) and int(version[0]) >= 15:
            return folder
    raise Unavailable(HOW_TO_GET_IT)


def account() -> dict:
    """How a program is started that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = names.get("postgres") or names["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


def die_with_parent(number: int) -> None:
    """Have the kernel send this process the signal when its parent is gone, however that ended."""
    ctypes.CDLL(None).prctl(1, int(number))  # PR_SET_PDEATHSIG


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One cluster in a temporary folder."""

    def __init__(self) -> None:
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="inspire-hub-postgresql-"))
        self.process: subprocess.Popen | None = None
        self.port = 0
        self.account = account()
        if self.account:
            os.chown(self.folder, self.account["user"], self.account["group"])

    def start(self, like: Path | None = None) -> str:
        """Its address, when it answers; Unavailable where it does not. `like`: the folder of a server that was
        stopped, whose accounts and databases this one begins with."""
        data, secret = self.folder / "data", self.folder / "password"
        if like:
            subprocess.run(["cp", "-a", like / "data", like / "password", self.folder], check=True)
        else:
            secret.write_text(secrets.token_urlsafe(16))
            secret.chmod(0o644)  # the folder lets nobody else in
            command = [self.programs / "initdb", "-D", data, f"--pwfile={secret}", *INITDB]
            made = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False, **self.account)
            if made.returncode:
                raise Unavailable(f"initdb failed:\n{made.stdout}{made.stderr}")
        for _try in range(TRIES):
            self.port = free_port()
            if self._runs(data, self.port):
                return f"postgres://{SUPERUSER}:{secret.read_text()}@127.0.0.1:{self.port}/postgres"
        raise Unavailable(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text()}")

    def start_again(self) -> None:
        """After `stop`, with the same data at the same address; Unavailable where it does not."""
        if not self._runs(self.folder / "data", self.port):
            raise Unavailable(f"PostgreSQL does not start again:\n{(self.folder / 'log').read_text()}")

    def _runs(self, data: Path, port: int) -> bool:
        settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": port}.items()]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", data, *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                preexec_fn=lambda: die_with_parent(signal.SIGQUIT),
                **self.account,
            )
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            # What pg_ctl looks at: the eighth line of this file tells the state.
            state = data / "postmaster.pid"
            if state.exists() and state.read_text().splitlines()[7:8] == ["ready   "]:
                return True
            time.sleep(0.05)
        self.stop()
        return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def keep_server(alive: int, answer: int) -> None:
    """Start a server, tell its address (or, after a "!", why there is none), stop it when `alive` is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server = None
    try:
        server = Server()
        os.write(answer, server.start().encode())
    except (Unavailable, OSError) as error:
        os.write(answer, f"!{error}".encode())
    else:
        os.close(answer)
        os.read(alive, 1)
    finally:
        if server:
            server.remove()


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    alive, life = os.pipe()
    told, answer = os.pipe()
    if os.fork() == 0:
        # In a session of its own: what ends the command, Ctrl-C for one, does not end this process, which has to
        # clear up. It learns from the pipe that the other side is gone, whatever ended that.
        os.setsid()
        os.close(life)
        os.close(told)
        try:
            keep_server(alive, answer)
        finally:
            os._exit(0)
    os.close(alive)
    os.close(answer)
    with os.fdopen(told) as stream:
        url = stream.read()
    if not url.startswith("postgres:"):
        sys.exit(url.removeprefix("!") or "PostgreSQL could not be started.")
    running: list[subprocess.Popen] = []

    def pass_on(number: int, _frame: object) -> None:
        for child in running:
            child.send_signal(number)
        if not running:
            sys.exit(128 + number)

    # Before the command starts: it may be interrupted at once. Ctrl-C the terminal sends to the command as well.
    signal.signal(signal.SIGINT, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    child = subprocess.Popen(
        command,
        env=os.environ | {"DATABASE_URL": url},
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),
    )
    running.append(child)
    code = child.wait()
    os.close(life)
    os.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
