"""Processes that note, finish and rebuild the same works at once wait for each other, and never for ever."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from search import indexing
from search.models import PendingChange
from tests.search.sources import pending, put

PATIENCE = 30  # seconds

# On SQLite there is one lock for all rows: whoever writes has everything.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _two_works(source, fake_engine, in_front):
    put(source, "a", "b")


@pytest.fixture
def beside():
    """Runs something in a thread with a connection of its own; joined, and its error raised, at the end."""
    errors: list[Exception] = []

    def start(do: Callable) -> threading.Thread:
        def run() -> None:
            try:
                do()
            except Exception as error:  # noqa: BLE001 - raised below, where the test sees it
                errors.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        threads.append(thread)
        return thread

    threads: list[threading.Thread] = []
    yield start
    for thread in threads:
        thread.join(PATIENCE)
    if errors:
        raise errors[0]


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def note(*ids: str) -> None:
    """In a transaction of its own, and without indexing."""
    with indexing.deferred(), transaction.atomic():
        indexing.queue(ids)
        indexing._local.deferred = 2
    indexing._local.deferred = 0


def finish() -> None:
    assert indexing.process(hurry=True) == 2


def note_both() -> None:
    note("b", "a")


@pytest.mark.parametrize("other", [note_both, finish, indexing.rebuild])
def test_rows_are_locked_in_one_order(beside, other):
    """This process has row a and wants b; the other one, which wants both, must wait before it has b."""
    now = timezone.now()
    # Written first, and first in every order that is not that of the ids.
    PendingChange.objects.create(document_id="b", not_before=now - 2 * indexing.HEAD_START)
    PendingChange.objects.create(document_id="a", not_before=now - indexing.HEAD_START)
    with transaction.atomic():
        PendingChange.objects.select_for_update().get(document_id="a")
        beside(other)
        until = time.monotonic() + PATIENCE
        while not waits_for_a_lock():
            assert time.monotonic() < until
            time.sleep(0.01)
        PendingChange.objects.select_for_update().get(document_id="b")


def test_two_processes_note_thousands_of_the_same_works(beside):
    """As two editors do who change terms of many works: in sets, whose order differs from process to process."""
    ids = [f"w{number:04}" for number in range(3000)]
    together = threading.Barrier(2)

    def write(order: list[str]) -> Callable:
        def do() -> None:
            together.wait(PATIENCE)
            note(*order)

        return do

    beside(write(ids))
    beside(write(ids[::-1])).join(PATIENCE)
    assert pending() <= {*ids}
