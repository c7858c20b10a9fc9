"""A hub with all starter content, made once for all test runs until something changes that decides what is in it."""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import served_hub
from tests.database import digest


def _state() -> str:
    """A name for all that decides what is in a hub: the hub itself, with its libraries and its starter content."""
    state = hashlib.sha256(digest().encode())
    folders = [Path(settings.BASE_DIR) / name for name in ("hub", "home", "resources", "search", "locale")]
    files = [Path(__file__), Path(served_hub.__file__), *(path for folder in folders for path in folder.rglob("*.*"))]
    for path in sorted(path for path in files if path.is_file() and path.suffix != ".pyc"):
        state.update(f"\0{path}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """Whether `folder` is ready; made by whichever process comes first, what is left of one that failed is removed."""
    ready = folder.with_name(f"{folder.name}.ready")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        yield ready.exists()
        ready.touch()


@pytest.fixture(scope="session")
def starter_hub(pytestconfig, migrated_sqlite) -> Path:
    """The folder of data of a hub that is ready to be served, for reading only: `copy` it to change it.

    It takes half a minute to make: it is kept in the cache of pytest (`make clean` removes it) for as long as nothing
    changes that decides what is in it.
    """
    kept = pytestconfig.cache.mkdir("hub")
    place = kept / _state()
    for old in kept.iterdir():
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    place.mkdir(exist_ok=True)
    data = place / "data"
    with made_once(data) as is_ready:
        if not is_ready:
            if migrated_sqlite.exists():
                shutil.copy(migrated_sqlite, data / "hub.sqlite3")
            served_hub.manage(data, "set_up")
            account = ("createsuperuser", "--noinput", f"--username={served_hub.EDITOR}", "--email=editor@example.org")
            served_hub.manage(data, *account, DJANGO_SUPERUSER_PASSWORD=served_hub.PASSWORD)
    return data
