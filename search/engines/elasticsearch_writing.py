"""Changes on their way to a cluster: in requests of bounded size, a bounded number of them at once.

Every change has a version, and a change never overwrites one with a higher version, deletions included: the cluster
answers with a conflict, which is as good as done. All changes of one call have one version, taken before the first
work was read from the database: a state with a higher version was read later.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, NamedTuple

from search.documents import Document
from search.engines.base import EngineError, RefusedDocument, unhurried
from search.engines.elasticsearch_client import OVERLOADED, Cluster, Deadline, Refusal, path, reason
from search.engines.elasticsearch_indexes import LONG
from search.engines.elasticsearch_schema import key, row, term_key, term_row
from search.storage import from_json, to_json

MOST_BYTES = 3_000_000  # of a request; a single larger work goes alone
# Small ones, of which one waits at the server while others are being made and stored: so nobody waits for anybody, at
# the end least of all. Measured with two processors for both: 5 % faster than two requests of a thousand.
MOST_CHANGES = 400  # of a request
IN_FLIGHT = 3  # requests at once while an index is built, each of them complete in memory
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0  # seconds, after the cluster said that it has too much to do
PATIENCE = 120.0  # seconds of that, all together, after which a rebuild gives up
CONFLICT, MISSING = 409, 404


class Change(NamedTuple):
    """What the cluster is to do with one row: `action` is "index", "delete", or "create" where it may be there."""

    action: str
    key: str
    row: bytes = b""


class Rows:
    """Makes changes of works. The row of a term is the same in every change: it is written once, if it is missing."""

    def __init__(self) -> None:
        self._terms: set[str] = set()

    def of(self, document: Document) -> Iterator[Change]:
        """Store or replace a work, and the terms that it is the first to name."""
        for term in document.keywords:
            if term.id not in self._terms:
                self._terms.add(term.id)
                yield Change("create", term_key(term), term_row(term))
        yield Change("index", key(document.id), row(document))

    @staticmethod
    def without(id: str) -> Change:
        """Remove a work."""
        return Change("delete", key(id))


class Batch:
    """Changes for one request."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.size = 0

    def add(self, change: Change) -> None:
        self.changes.append(change)
        self.size += len(change.row)

    def is_full(self, change: Change) -> bool:
        """Whether this one more would be too many."""
        return bool(self.changes) and (self.size + len(change.row) > MOST_BYTES or len(self.changes) >= MOST_CHANGES)


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
        lines = [self._line(target, change) for change in batch.changes for target in self._targets]
        pause, waited = FIRST_WAIT, 0.0
        while lines:
            lines, why = self._try(lines, deadline, refresh)
            if lines:
                if waited >= patience:
                    raise EngineError(f"The search server is overloaded: {why}")
                time.sleep(pause)
                waited += pause
                pause = min(pause * 2, LONGEST_WAIT)

    def _line(self, target: str, change: Change) -> tuple[bytes, bytes]:
        """What to do, and the row if any."""
        where: dict[str, Any] = {"_index": target, "_id": change.key}
        if change.action != "create":
            where |= {"version": self._version, "version_type": "external_gte"}
        return to_json({change.action: where}), change.row

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
        (where,) = from_json(action).values()
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
    """Fills an index that is being built: rows are made here, requests travel in other threads. `refresh` asks the
    server to make what it has readable."""

    def __init__(self, writer: Writer, refresh: Callable[[], object], pool: ThreadPoolExecutor) -> None:
        self._writer = writer
        self._refresh = refresh
        self._pool = pool
        self._rows = Rows()
        self._batch = Batch()
        self._flying: set[Future[None]] = set()

    def put(self, document: Document) -> None:
        """Store a work; waits where too many requests are on their way. Raises what went wrong with an earlier one."""
        for change in self._rows.of(document):
            if self._batch.is_full(change):
                self._send()
            self._batch.add(change)

    def finish(self) -> None:
        """Wait until everything is stored, and readable."""
        # The server makes it readable with one processor: it begins while the last requests keep the others busy.
        begun = self._pool.submit(self._refresh)
        self._send()
        self._land(0)
        begun.result()
        self._refresh()

    def _send(self) -> None:
        self._land(IN_FLIGHT - 1)
        self._flying.add(self._pool.submit(self._carry, self._batch))
        self._batch = Batch()

    def _carry(self, batch: Batch) -> None:
        with unhurried():
            self._writer.send(batch, Deadline(LONG), patience=PATIENCE)

    def _land(self, most: int) -> None:
        while len(self._flying) > most:
            landed, self._flying = wait(self._flying, return_when="FIRST_COMPLETED")
            for one in landed:
                one.result()


@contextmanager
def loading(cluster: Cluster, target: str, version: int) -> Iterator[Loader]:
    """A loader for the index of the alias `target`; everything is stored and readable when the block ends well."""

    def refresh() -> None:
        with unhurried():
            cluster.ask("POST", path(target, "_refresh"), deadline=Deadline(LONG))

    pool = ThreadPoolExecutor(IN_FLIGHT + 1, "search-loading")
    try:
        loader = Loader(Writer(cluster, (target,), version), refresh, pool)
        yield loader
        loader.finish()
    finally:
        pool.shutdown(cancel_futures=True)
