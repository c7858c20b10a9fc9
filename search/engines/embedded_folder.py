"""The folder of the embedded engine: which index in it is the current one, and who may write.

current           name of the index that readers use, replaced in one step
building          name of the index that a rebuild is writing, while one is
index-<hex>/      an index of tantivy, and hub.json: the version of schema and analysis it was made with
<name>.journal    changes that arrived while index <name> was being built
*.lock            held with flock; the kernel releases them when a process dies
"""

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from search.engines.base import Busy, EngineError

NOT_BUILT = "The search index has not been built yet. Run: manage.py search_rebuild"
POLL = 0.02  # seconds between two tries to take a lock


class telling:
    """Turns what tantivy and the file system raise into EngineError: `telling("The index cannot be read")`."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _traceback: object) -> None:
        # A panic on the Rust side derives from BaseException alone, and its class cannot be imported.
        if kind and (issubclass(kind, OSError | ValueError) or kind.__name__ == "PanicException"):
            reason = error.strerror if isinstance(error, OSError) and error.strerror else _said(str(error))
            raise EngineError(f"{self.what}: {reason or kind.__name__}") from error


def _said(text: str) -> str:
    """What the system said, where tantivy has wrapped it in words for programmers."""
    system = re.search(r'message: "([^"]*)"', text)
    if system is None:
        return text
    # tantivy takes a lock also for reading.
    return system[1] + (". The hub must be able to write into the folder of the index." if "Lockfile" in text else "")


class IndexFolder:
    """`root` may not exist yet; it is made when something is written. `lock_timeout` is in seconds."""

    def __init__(self, root: Path, lock_timeout: float = 30.0) -> None:
        self.root = root
        self.lock_timeout = lock_timeout

    def current(self) -> Path:
        """The index that readers use; EngineError where there is none."""
        path = self.current_or_none()
        if path is None:
            raise EngineError(NOT_BUILT)
        return path

    def current_or_none(self) -> Path | None:
        """The index that readers use, None before the first."""
        name = self._read("current")
        return self.root / name if name else None

    def size(self) -> int:
        """Bytes of the current index, 0 where it cannot be told."""
        try:
            return sum(file.stat().st_size for file in self.current().iterdir())
        except (OSError, EngineError):
            return 0

    def version(self, index: Path) -> str:
        """The version that `index` was made with, "" where that cannot be told."""
        try:
            return str(json.loads((index / "hub.json").read_text())["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def create(self, version: str) -> Path:
        """A new, empty folder for an index."""
        path = self.root / f"index-{uuid4().hex}"
        with telling("The folder of the search index cannot be written"):
            path.mkdir(parents=True)
            (path / "hub.json").write_text(json.dumps({"version": version}))
        return path

    def publish(self, index: Path) -> None:
        """Make `index` the current one, in one step, and remove all others. Call it with the lock "write" held.

        Whoever is killed in here leaves the old index or the new one whole, and at most something to clear away. After
        an error either may be the current one: `abandon` tells which.
        """
        with telling("The new search index cannot be put in place"):
            self._write("current", index.name)
            (self.root / "building").unlink(missing_ok=True)
            for path in self.root.glob("index-*"):
                if path.name != index.name:
                    self._remove(path)
            for draft in self.root.glob("*.tmp"):
                draft.unlink(missing_ok=True)

    def abandon(self, index: Path) -> bool:
        """Remove an index that will not be finished. False where readers use it already: then it stays."""
        if self._read("building") == index.name:
            (self.root / "building").unlink(missing_ok=True)
        self._remove(self.journal(index))
        if self._read("current") == index.name:
            return False
        self._remove(index)
        return True

    @contextmanager
    def locked(self, name: str, wait: bool = True) -> Iterator[None]:
        """Hold a lock against other threads and processes; EngineError where another holds it for too long."""
        with telling("The folder of the search index cannot be written"):
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            deadline = time.monotonic() + (self.lock_timeout if wait else 0)
            while not self._taken(descriptor):
                if time.monotonic() >= deadline:
                    raise Busy(f"Another process holds the lock “{name}” of the search index. Try again later.")
                time.sleep(POLL)
            yield
        finally:
            os.close(descriptor)

    def begin_building(self, index: Path) -> None:
        """From now on `building` answers `index`. Call it with the lock "write" held."""
        with telling("The folder of the search index cannot be written"):
            self._write("building", index.name)
            self.journal(index).touch()

    def building(self) -> Path | None:
        """The index that a living rebuild writes now; what a dead one left is removed. Needs the lock "write"."""
        name = self._read("building")
        if not name:
            return None
        try:
            with self.locked("rebuild", wait=False):
                # The rebuild that wrote this would hold the lock: it was killed, perhaps when all but this was done.
                self.abandon(self.root / name)
                return None
        except EngineError:
            return self.root / name

    def journal(self, index: Path) -> Path:
        """Where changes are noted that `index` must receive before it becomes the current one."""
        return index.with_suffix(".journal")

    def _remove(self, path: Path) -> None:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def _taken(self, descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _read(self, name: str) -> str:
        try:
            return (self.root / name).read_text().strip()
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise EngineError(f"The folder of the search index cannot be read: {error}") from error

    def _write(self, name: str, content: str) -> None:
        draft = self.root / f"{name}.{uuid4().hex}.tmp"
        with draft.open("w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / name)
