"""Changes on their way to a cluster: in requests of bounded size, a bounded number of them at once.

Every change has a version, and a change never overwrites one with a higher version, deletions included: the cluster
answers with a conflict, which is as good as done. All changes of one call have one version, taken before the first
work was read from the database: a state with a higher version was read later.
"""

import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from search.engines.base import EngineError, RefusedDocument, unhurried
from search.engines.elasticsearch_client import OVERLOADED, Cluster, Deadline, Refusal, reason
from search.engines.elasticsearch_schema import key

MOST_BYTES = 3_000_000  # of a request; a single larger work goes alone
MOST_CHANGES = 1_000  # of a request
IN_FLIGHT = 2  # requests at once while an index is built, each of them complete in memory
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0  # seconds, after the cluster said that it has too much to do
PATIENCE = 120.0  # seconds of that, all together, after which a rebuild gives up
CONFLICT, MISSING = 409, 404


class Batch:
    """Changes for one request: works with their rows, and without one where the work is to be removed."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, bytes]] = []
        self.size = 0

    def put(self, id: str, row: bytes) -> None:
        """Store or replace a work."""
        self.changes.append((id, row))
        self.size += len(row)

    def remove(self, id: str) -> None:
        """Remove a work."""
        self.changes.append((id, b""))

    def is_full(self, row: bytes = b"") -> bool:
        """Whether one change more would be too many."""
        return bool(self.changes) and (self.size + len(row) > MOST_BYTES or len(self.changes) >= MOST_CHANGES)


class Writer:
    """Sends changes of one version to `targets`, names of aliases; the one that is `optional` may be gone meanwhile."""

    def __init__(self, cluster: Cluster, targets: tuple[str, ...], version: int, optional: str = "") -> None:
        self._cluster = cluster
        self._targets = targets
        self._version = version
        self._optional = optional

    def send(self, batch: Batch, deadline: Deadline, refresh: bool = False, patience: float = 0.0) -> None:
        """Send `batch`, what the cluster has no room for again after a while, `patience` seconds in all.

        Raises RefusedDocument for what it will never take, EngineError for what it cannot take now.
        """
        lines = [self._line(target, *change) for change in batch.changes for target in self._targets]
        pause, waited = FIRST_WAIT, 0.0
        while lines:
            lines, why = self._try(lines, deadline, refresh)
            if lines:
                if waited >= patience:
                    raise EngineError(f"The search server is overloaded: {why}")
                time.sleep(pause)
                waited += pause
                pause = min(pause * 2, LONGEST_WAIT)

    def _line(self, target: str, id: str, row: bytes) -> tuple[bytes, bytes]:
        """What to do, and the row if any."""
        where = {"_index": target, "_id": key(id), "version": self._version, "version_type": "external_gte"}
        return json.dumps({"index" if row else "delete": where}, ensure_ascii=False).encode(), row

    def _try(
        self, lines: list[tuple[bytes, bytes]], deadline: Deadline, refresh: bool
    ) -> tuple[list[tuple[bytes, bytes]], str]:
        """What there was no room for, and what the cluster said."""
        body = b"".join(action + b"\n" + (row + b"\n" if row else b"") for action, row in lines)
        params = {"require_alias": "true", "filter_path": "errors,items.*.status,items.*.error"}
        try:
            answer = self._cluster.ask(
                "POST", "/_bulk", body, deadline, refresh="true" if refresh else "false", **params
            )
        except Refusal as error:
            if error.status != OVERLOADED:
                raise
            return lines, str(error)
        if not answer["errors"]:
            return [], ""
        again: list[tuple[bytes, bytes]] = []
        why = ""
        for line, item in zip(lines, answer["items"], strict=True):
            (told,) = item.values()
            if told["status"] == OVERLOADED:
                again.append(line)
                why = reason(told["error"])
            elif "error" in told and told["status"] != CONFLICT:
                self._complain(line[0], told)
        return again, why

    def _complain(self, action: bytes, told: dict[str, Any]) -> None:
        (where,) = json.loads(action).values()
        if told["status"] == MISSING:
            if where["_index"] == self._optional:
                return
            raise TargetGone("The search index was removed while it was written to.")
        why = reason(told["error"])
        if 400 <= told["status"] < 500 and told["status"] != 403:
            raise RefusedDocument(f"The search server does not take the work {where['_id']}: {why}")
        raise EngineError(f"The search server could not store a work: {why}")


class TargetGone(EngineError):
    """The index that was meant is no longer there."""


class Loader:
    """Fills an index that is being built: rows are made here, requests travel in other threads."""

    def __init__(self, writer: Writer, pool: ThreadPoolExecutor) -> None:
        self._writer = writer
        self._pool = pool
        self._batch = Batch()
        self._flying: set[Future[None]] = set()

    def put(self, id: str, row: bytes) -> None:
        """Store a work; waits where too many requests are on their way. Raises what went wrong with an earlier one."""
        if self._batch.is_full(row):
            self._send()
        self._batch.put(id, row)

    def finish(self) -> None:
        """Wait until everything is stored."""
        self._send()
        self._land(0)

    def _send(self) -> None:
        self._land(IN_FLIGHT - 1)
        self._flying.add(self._pool.submit(self._carry, self._batch))
        self._batch = Batch()

    def _carry(self, batch: Batch) -> None:
        with unhurried():
            self._writer.send(batch, Deadline(60.0), patience=PATIENCE)

    def _land(self, most: int) -> None:
        while len(self._flying) > most:
            landed, self._flying = wait(self._flying, return_when="FIRST_COMPLETED")
            for one in landed:
                one.result()


@contextmanager
def loading(cluster: Cluster, target: str, version: int) -> Iterator[Loader]:
    """A loader for the index of the alias `target`; everything is stored when the block ends well."""
    pool = ThreadPoolExecutor(IN_FLIGHT, "search-loading")
    try:
        loader = Loader(Writer(cluster, (target,), version), pool)
        yield loader
        loader.finish()
    finally:
        pool.shutdown(cancel_futures=True)
