"""The lock of rebuilds: one document in the cluster, renewed while its holder lives.

A holder that was killed renews it no more: another may take it, on the same machine at once, on another after LAPSE
seconds. Hosts need clocks that differ by less than that. A holder that was suspended for so long, and has lost the
lock, learns it before it swaps indexes.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from search.engines.base import Busy, EngineError, unhurried
from search.engines.elasticsearch_client import Cluster, Refusal, path

LAPSE = 60.0  # seconds without renewal after which a lock counts for nothing
RENEWAL = 10.0  # seconds between two renewals
CONFLICT, MISSING = 409, 404

_MAPPING = {
    "dynamic": "strict",
    "properties": {
        "holder": {"type": "keyword", "index": False},
        "process": {"type": "keyword", "index": False},
        "renewed": {"type": "double", "index": False},
    },
}


def _machine() -> str:
    """What the processes that see each other's numbers have in common: the start of a kernel and the namespace of its
    numbers (proc(5)). Empty where the system does not tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return ""


def _beginning(process: str | int) -> str:
    """When `process` began, in ticks since the machine did (proc(5), field 22): the system gives its number again.
    Empty where there is none."""
    try:
        _name, _end, fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    except OSError:
        return ""
    state, *others = fields.split()
    return "" if state == "Z" else others[18]


def _has_ended(holder: str) -> bool:
    """Whether `holder` was a process of this machine that is no more."""
    _id, *known = holder.split()
    machine, process, beginning = known if len(known) == 3 else ("", "", "")
    return bool(machine) and machine == _machine() and _beginning(process) != beginning


class Lock:
    """The lock in the index of the alias `name`; the index is made when it is first taken."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name

    @contextmanager
    def held(self) -> Iterator["Held"]:
        """Hold the lock; Busy at once where another does."""
        held = Held(self._cluster, self._name)
        held.take()
        try:
            yield held
        finally:
            held.release()


class Held:
    """A lock while it is ours."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name
        self._holder = f"{uuid4().hex} {_machine()} {os.getpid()} {_beginning(os.getpid())}"
        self._place: dict[str, int] = {}  # which state of the document is ours
        self._ended = Event()
        self._renewer = Thread(target=self._renew, name="search-lock", daemon=True)
        self._lost = False

    def take(self) -> None:
        """Take the lock, or raise Busy."""
        try:
            self._create()
        except Refusal as error:
            if error.status != CONFLICT:
                raise
            self._take_over()
        self._renewer.start()

    def check(self) -> None:
        """EngineError where the lock is no longer ours."""
        if self._lost:
            raise EngineError("This rebuild was suspended for so long that another has begun. Nothing was changed.")

    def release(self) -> None:
        """Give the lock back."""
        self._ended.set()
        self._renewer.join()
        if not self._lost:
            # Where the cluster is away the lock lapses.
            with suppress(EngineError):
                self._cluster.ask("DELETE", path(self._name, "_doc", "rebuild"), **self._place)

    def _create(self) -> None:
        try:
            self._write(op_type="create")
        except Refusal as error:
            if error.status != MISSING:
                raise
            self._make_index()
            self._write(op_type="create")

    def _make_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        body = {"settings": {"index": settings}, "mappings": _MAPPING, "aliases": {self._name: {}}}
        try:
            self._cluster.ask("PUT", path(f"{self._name}.1"), body)
        except Refusal as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _take_over(self) -> None:
        try:
            found = self._found()
        except Refusal as error:
            raise Busy("Another process has just ended a rebuild of the search index. Try again.") from error
        if found["holder"] == self._holder:
            return  # nothing but the answer was lost, and the client asked again
        age = time.time() - found["renewed"]
        if age < LAPSE and not _has_ended(found["holder"]):
            raise Busy(
                f"Another process holds the lock “rebuild” of the search index ({found['process']}). "
                f"Try again later; if that process was killed, in {LAPSE - age:.0f} s."
            )
        try:
            self._write(**self._place)
        except Refusal as error:
            raise Busy("Another process has just taken the lock “rebuild” of the search index.") from error

    def _write(self, **condition: Any) -> None:
        body = {
            "holder": self._holder,
            "process": f"process {os.getpid()} on {socket.gethostname()}",
            "renewed": time.time(),
        }
        # Without an alias of this name the server would make an index, of whatever kind it likes.
        condition |= {"require_alias": "true"}
        answer = self._cluster.ask("PUT", path(self._name, "_doc", "rebuild"), body, **condition)
        self._place = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}

    def _found(self) -> dict[str, Any]:
        """What the lock says now: who holds it, and since when."""
        found = self._cluster.ask("GET", path(self._name, "_doc", "rebuild"))
        self._place = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        return found["_source"]

    def _renew(self) -> None:
        with unhurried():
            while not self._ended.wait(RENEWAL):
                try:
                    self._write(**self._place)
                except Refusal as error:
                    if error.status == CONFLICT and self._is_lost():
                        self._lost = True
                        return
                except EngineError:
                    continue  # the cluster is away for a moment; whether the lock is still ours, the next try tells

    def _is_lost(self) -> bool:
        """Whether another has taken the lock: a newer state than we know of may be our own, where its answer was lost.

        Where the cluster does not tell, the next renewal asks again.
        """
        try:
            return self._found()["holder"] != self._holder
        except EngineError as error:
            return isinstance(error, Refusal) and error.status == MISSING
