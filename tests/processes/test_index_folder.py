"""The folder of the embedded index is damaged, read-only or full while the hub is served: it says so, and recovers."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes.editor import Editor
from tests.processes.places import Places
from tests.served_hub import Server, environment_of, manage, read, serve

AWAY = "La búsqueda no está disponible"
PATIENCE = 60  # seconds until what must happen has happened
# A folder in memory for the index, of this size, in a view of the file system that this process alone has.
DISK = "12m"
OWN_DISK = f"""
cp -a "$0/search-index" "$0/search-index.before"
mount -t tmpfs -o size={DISK} tmpfs "$0/search-index"
cp -a "$0/search-index.before/." "$0/search-index/"
exec "$@"
"""


def search(server: Server, word: str) -> str:
    return read(f"{server.address}/es/search/?q={word}")


def works(page: str) -> int:
    return len(re.findall(r"data-work=", page))


def publish(server: Server, data: Path, title: str) -> None:
    places = Places.of(data)
    Editor(server).publish(places.list, title, title.lower(), places.strategy)


def wait_until(happened: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def truncate(folder: Path) -> None:
    for file in folder.glob("index-*/*"):
        os.truncate(file, file.stat().st_size // 2)


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def test_a_damaged_folder_is_told_and_one_command_mends_it(data):
    with serve(data, "--workers=2", "--preload", HUB_BACKGROUND="process") as server:
        for damage, title in ((truncate, "Zarzamora"), (empty, "Madreselva"), (remove, "Hierbabuena")):
            assert AWAY not in search(server, "crianza")
            damage(data / "search-index")

            page = search(server, "crianza")
            assert AWAY in page, title
            assert works(page) == 20  # a page of all works, by title, from the database
            # What is published meanwhile is published, and does not make an index of itself alone.
            publish(server, data, title)
            assert AWAY in search(server, title)
            told = manage(data, "search_status", check=False)
            assert told.returncode == 1
            assert "manage.py search_rebuild" in told.stdout
            assert "Traceback" not in told.stderr

            manage(data, "search_rebuild")
            page = search(server, title)
            assert AWAY not in page
            assert works(page) == 1, title
    report = json.loads(manage(data, "search_status", "--json").stdout)
    assert (report["ok"], report["pending"]) == (True, 0)


class OwnDisk:
    """A server whose index lies on a small disk that can be filled and made read-only."""

    def __init__(self, server: Server, data: Path) -> None:
        self.server, self.data = server, data
        # The server's own view of the file system, from outside.
        self.folder = Path(f"/proc/{server.process.pid}/root{data}/search-index")

    def within(self, *command: str) -> subprocess.CompletedProcess:
        """Run a command where the server sees the disk."""
        enter = ["nsenter", f"--target={self.server.process.pid}", "--user", "--mount", "--preserve-credentials"]
        return subprocess.run(
            [*enter, f"--wd={settings.BASE_DIR}", *command],
            env=environment_of(self.data),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def status(self) -> dict:
        return json.loads(self.within(sys.executable, "manage.py", "search_status", "--json").stdout)

    def fill(self) -> None:
        with pytest.raises(OSError, match="No space left"), (self.folder / "filler").open("wb") as file:
            while True:
                file.write(b"x" * 4096)
                file.flush()

    def remount(self, how: str) -> None:
        # With what is mounted named, mount leaves the other options alone: one is the owner, unknown in there.
        done = self.within("mount", "-o", f"remount,{how}", "tmpfs", str(self.data / "search-index"))
        assert done.returncode == 0, done.stderr


@pytest.fixture
def disk(data) -> Iterator[OwnDisk]:
    own = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-euc", OWN_DISK, str(data)]
    with serve(data, "--workers=2", "--preload", before=own, HUB_BACKGROUND="process") as server:
        yield OwnDisk(server, data)


def test_a_full_disk_is_told_and_mends_itself_when_there_is_room(disk):
    server, data = disk.server, disk.data
    assert AWAY not in search(server, "crianza")
    disk.fill()
    publish(server, data, "Zarzamora")
    page = search(server, "crianza")
    assert works(page)  # by the index as it was, or by title
    report = disk.status()
    assert (report["ok"], report["pending"] > 0) == (False, True)
    assert "space" in report["last_error"]

    (disk.folder / "filler").unlink()
    wait_until(lambda: disk.status()["ok"], "The index is not mended.")
    assert works(search(server, "zarzamora")) == 1
    assert disk.status()["pending"] == 0


def test_a_folder_that_is_read_only_is_told_and_mends_itself(disk):
    server, data = disk.server, disk.data
    disk.remount("ro")
    publish(server, data, "Zarzamora")
    assert works(search(server, "crianza"))
    report = disk.status()
    assert report["pending"] > 0
    assert "Read-only file system" in (report["last_error"] or report["message"])

    disk.remount("rw")
    wait_until(lambda: disk.status()["ok"], "The index is not mended.")
    assert works(search(server, "zarzamora")) == 1


def test_a_rebuild_on_a_full_disk_leaves_the_old_index(disk):
    disk.fill()
    failed = disk.within(sys.executable, "manage.py", "search_rebuild")
    assert failed.returncode == 1
    assert "space" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert works(search(disk.server, "crianza"))
    (disk.folder / "filler").unlink()
    assert disk.within(sys.executable, "manage.py", "search_rebuild").returncode == 0
    assert disk.status()["ok"]
