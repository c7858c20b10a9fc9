"""One process at a time changes the structure or the starter content of a database; others wait for it.

On PostgreSQL an advisory lock of the session, on SQLite a lock on a file in HUB_DATA. Both end with the process that
holds them, however it ends.
"""

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext_lazy

WAITING = gettext_lazy("Another process is changing this database; waiting for it to end.")
# Any number that nothing else in the database uses: "INSPIRE" in ASCII.
KEY = int.from_bytes(b"INSPIRE")

TIME_OUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

_held = threading.local()


@contextmanager
def database_lock(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the default database; `waiting()` is called once where another process has it.

    May be nested. Inside, the time-outs of statements and locks that protect readers do not apply: a large table
    takes as long as it takes.
    """
    depth = getattr(_held, "depth", 0)
    if depth:
        _held.depth = depth + 1
        try:
            yield
        finally:
            _held.depth = depth
        return
    with (_of_session if connection.vendor == "postgresql" else _of_file)(waiting):
        _held.depth = 1
        try:
            yield
        finally:
            _held.depth = 0


@contextmanager
def _of_session(waiting: Callable[[], None]) -> Iterator[None]:
    with connection.cursor() as cursor:
        for name in TIME_OUTS:
            cursor.execute(f"SET {name} = 0")
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            waiting()
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
                for name in TIME_OUTS:
                    cursor.execute(f"RESET {name}")
        except Error:
            connection.close()  # the lock ends with the session, and so do the settings


@contextmanager
def _of_file(waiting: Callable[[], None]) -> Iterator[None]:
    with (settings.HUB_DATA / "database.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
