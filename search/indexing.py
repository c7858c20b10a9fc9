"""Keeping the index up to date with the database.

Every change of a work leaves a row of PendingChange in its own transaction, and is indexed
once that is committed. The row goes when the index has the change. Publishing never fails
because search does: what could not be indexed stays, and is tried again.

Any number of processes may do this at once. Each reads a work after it has read the token of
its row, and removes the row only if the token is still the same; where the row is gone already,
another process may have been overtaken by this one, and the work is looked at once more.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.db.utils import Error
from django.utils import timezone

from search import registry
from search.documents import Document
from search.engines import get_engine
from search.engines.base import EngineError, RefusedDocument, unhurried
from search.models import PendingChange
from search.storage import fingerprint

logger = logging.getLogger(__name__)

BATCH = 200  # works written to the engine together
AT_ONCE = 200  # works indexed before a request goes on; the rest of a larger change follows in the background
HEAD_START = timedelta(seconds=1)  # in which only the process that made a change indexes it
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=10)  # so that everything is indexed soon after an engine has come back
LONGEST_WAIT_ALONE = timedelta(minutes=5)  # of a work that cannot be read: it is not the engine that must be mended
PAUSE = 1.0  # seconds between two looks of the background thread

# What the making of a document may raise when a work is not as it should be.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of works that the index lacks, has in another state, or has although the database does not show them.

    `unreadable` are ids of works that could not be compared, with the reason.
    """

    missing: frozenset[str]
    changed: frozenset[str]
    surplus: frozenset[str]
    unreadable: dict[str, str]

    @property
    def ids(self) -> frozenset[str]:
        return self.missing | self.changed | self.surplus


def note(ids: Iterable[str]) -> list[str]:
    """Note that these works may have changed; returns their ids in order.

    Rows are locked in one order everywhere, here and in `_forget`: two processes that have the same works to do would
    wait for each other for ever if each began at another end.
    """
    ids = sorted(set(ids))
    now = timezone.now()
    PendingChange.objects.bulk_create(
        [PendingChange(document_id=id, token=uuid4(), queued_at=now, not_before=now + HEAD_START) for id in ids],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["document_id"],
        update_fields=["token", "queued_at", "not_before", "attempts", "alone", "last_error"],
    )
    return ids


def queue(ids: Iterable[str]) -> None:
    """Note, in the transaction of a change, that these works may have changed; index them once it is committed."""
    ids = note(ids)
    if ids and not getattr(_local, "deferred", 0):

        def index_now() -> None:  # Django wants a function with a name to log its errors
            _index(ids[:AT_ONCE])

        # Robust: an error is logged, never raised into the request that published.
        transaction.on_commit(index_now, robust=True)


@contextmanager
def deferred() -> Iterator[None]:
    """Inside, changes are only noted; at the end, also after an error, they are indexed together. For bulk loads."""
    _local.deferred = getattr(_local, "deferred", 0) + 1
    try:
        yield
    finally:
        _local.deferred -= 1
        if not _local.deferred:
            transaction.on_commit(_index, robust=True)


def process(ids: Iterable[str] | None = None, hurry: bool = False) -> int:
    """Index what is pending and due, of `ids` where given; `hurry` does not wait for what failed lately either.

    Returns for how many works the index now has the present state. What the engine does
    not take, and what cannot be read, stays pending with the reason. Raises django.db.Error.
    """
    due = PendingChange.objects.all() if ids is None else PendingChange.objects.filter(document_id__in=list(ids))
    if not hurry:
        due = due.filter(not_before__lte=timezone.now())
    # What is pending now is taken once: a change that comes meanwhile has its own call.
    keys = list(due.values_list("pk", "alone"))
    together = [pk for pk, alone in keys if not alone]
    batches = [together[start : start + BATCH] for start in range(0, len(together), BATCH)]
    batches += [[pk] for pk, alone in keys if alone]
    done = 0
    for batch in batches:
        if not (rows := list(PendingChange.objects.filter(pk__in=batch))):
            continue  # another process was faster
        try:
            _write({row.document_id for row in rows})
        except (RefusedDocument, *UNREADABLE) as error:
            # With its traceback once: the work is tried again until somebody mends it.
            news = any(row.last_error != repr(error) for row in rows)
            works = ", ".join(map(str, rows))
            logger.error("Works could not be read for the search index: %s: %r", works, error, exc_info=news)
            _postpone(rows, repr(error), alone=True)
        except EngineError as error:
            _postpone(rows, str(error))
            break  # the engine is away: the other batches would fare no better
        else:
            _finish(rows)
            done += len(rows)
    return done


def rebuild(progress: Callable[[int], None] | None = None, unreadable: dict[str, str] | None = None) -> int:
    """Build the index anew from the database; returns how many works it has. Raises EngineError.

    Ids of works that could not be read, and are left out, are put into `unreadable`, with the reason.
    """
    unreadable = {} if unreadable is None else unreadable
    covered = list(PendingChange.objects.values_list("token", flat=True))  # committed before the works are read
    count = get_engine().rebuild(_readable(unreadable), progress)
    for start in range(0, len(covered), BATCH):
        done = PendingChange.objects.filter(token__in=covered[start : start + BATCH])
        _forget(done.exclude(document_id__in=list(unreadable)))
    process(hurry=True)
    return count


def differences(progress: Callable[[int], None] | None = None) -> Differences:
    """Compare the index with the database, work by work. Raises EngineError."""
    stored = get_engine().fingerprints()
    missing, changed, shown = set(), set(), set()
    unreadable: dict[str, str] = {}
    for number, document in enumerate(_readable(unreadable), 1):
        shown.add(document.id)
        if document.id not in stored:
            missing.add(document.id)
        elif stored[document.id] != fingerprint(document):
            changed.add(document.id)
        if progress:
            progress(number)
    surplus = stored.keys() - shown - unreadable.keys()
    return Differences(frozenset(missing), frozenset(changed), frozenset(surplus), unreadable)


def _readable(unreadable: dict[str, str]) -> Iterator[Document]:
    """Documents of all works but those that cannot be read; their ids are put into `unreadable`, with the reason."""
    source = registry.source()
    given = set()
    try:
        for document in source.documents():
            given.add(document.id)
            yield document
        return
    except UNREADABLE:
        pass  # which of those that are left it is, is found below
    left = sorted(source.ids() - given)
    for start in range(0, len(left), BATCH):
        yield from _one_by_one(left[start : start + BATCH], unreadable)


def _one_by_one(ids: list[str], unreadable: dict[str, str]) -> list[Document]:
    """As `_readable`, of these works: together if that can be done."""
    try:
        return list(registry.source().documents(ids))
    except UNREADABLE as error:
        if len(ids) == 1:
            unreadable[ids[0]] = repr(error)
            return []
    return [document for id in ids for document in _one_by_one([id], unreadable)]


def _write(ids: set[str]) -> None:
    """Bring the works into the index as they are in the database, those out of it that it does not show."""
    # Read while the engine writes: an engine that writes one after the other then never writes an older state.
    get_engine().bring(ids, registry.source().documents(ids))


def _finish(rows: list[PendingChange]) -> None:
    ids = {row.document_id for row in rows}
    overtaken = ids - _forget(PendingChange.objects.filter(document_id__in=ids), {row.token for row in rows})
    queue(overtaken)


def _forget(pending: QuerySet[PendingChange], tokens: set[UUID] | None = None) -> set[str]:
    """Remove those of the rows `pending` that have one of `tokens`, all where none are given.

    Returns the document ids of all rows of `pending`, which are locked in the order of these ids.
    """
    with transaction.atomic():
        rows = list(pending.select_for_update().order_by("document_id").values_list("pk", "document_id", "token"))
        done = [pk for pk, _id, token in rows if tokens is None or token in tokens]
        PendingChange.objects.filter(pk__in=done).delete()
    return {id for _pk, id, _token in rows}


def _postpone(rows: list[PendingChange], reason: str, alone: bool = False) -> None:
    for row in rows:
        # What the engine was to blame for does not count against a work.
        attempts = row.attempts if row.alone == alone else 0
        wait = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT_ALONE if alone else LONGEST_WAIT)
        # Found by its token: a newer change of the work starts afresh.
        PendingChange.objects.filter(token=row.token).update(
            attempts=attempts + 1, last_error=reason, alone=alone, not_before=timezone.now() + wait
        )


def _index(ids: list[str] | None = None) -> None:
    """Index, and leave what remains to the background."""
    try:
        process(ids, hurry=True)
    finally:
        if settings.BACKGROUND == "process" and PendingChange.objects.exists():
            background.start()


class Background:
    """A thread of this process that works off what is pending, from whichever process it came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stays = False

    def start(self, stay: bool = False) -> None:
        """Start the thread if it does not run. It ends when nothing is pending; with `stay` it goes on looking."""
        if connection.in_atomic_block:
            return  # what is not committed cannot be seen by another thread
        with self._lock:
            self._stays = self._stays or stay
            # A child process inherits the thread's object, but not its life.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="search-indexing", daemon=True)
                self._thread.start()

    def join(self, timeout: float) -> None:
        """Let the thread end when nothing is pending, and wait for it, at most `timeout` seconds."""
        self._stays = False
        if thread := self._thread:
            thread.join(timeout)

    def _run(self) -> None:
        try:
            while not self._finished():
                time.sleep(PAUSE)
        finally:
            connection.close()

    def _finished(self) -> bool:
        close_old_connections()
        try:
            with unhurried():
                process()
            with self._lock:
                if self._stays or PendingChange.objects.exists():
                    return False
                self._thread = None
                return True
        except Error as error:  # locked, or away: it is tried again
            logger.warning("Pending changes of the search index could not be read: %s", error)
            return False


background = Background()
