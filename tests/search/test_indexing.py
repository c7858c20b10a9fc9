"""The pending changes: nothing is lost, nothing is done in vain, publishing never fails because of search."""

import logging
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, models, transaction
from django.utils import timezone

from search import indexing
from search.models import PendingChange
from tests.search.sources import pending, put

# After commit


@pytest.mark.django_db(transaction=True)
def test_a_change_is_indexed_when_it_is_committed_not_before(source, fake_engine):
    put(source, "one")
    with transaction.atomic():
        indexing.queue(["one", "one"])
        assert pending() == {"one"}
        assert not fake_engine.works
    assert fake_engine.works == source.works
    assert fake_engine.batches == [["one"]]
    assert not pending()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_nothing(source, fake_engine):
    put(source, "one")
    with pytest.raises(KeyError), transaction.atomic():
        indexing.queue(["one"])
        raise KeyError
    assert not pending()
    assert not fake_engine.works


@pytest.mark.django_db(transaction=True)
def test_what_the_source_no_longer_shows_is_taken_out(source, fake_engine):
    put(source, "one", "two")
    indexing.queue(["one", "two"])
    del source.works["one"]
    indexing.queue(["one", "never there"])
    assert set(fake_engine.works) == {"two"}
    assert not pending()


@pytest.mark.django_db(transaction=True)
def test_nothing_to_queue_is_nothing_done(source, fake_engine):
    indexing.queue([])
    assert fake_engine.batches == []


@pytest.mark.django_db(transaction=True)
def test_changes_of_a_bulk_load_are_indexed_together_at_its_end(source, fake_engine):
    with indexing.deferred():
        for number in range(5):
            put(source, f"w{number}")
            indexing.queue([f"w{number}"])
        with indexing.deferred():
            indexing.queue(["w0"])
        assert not fake_engine.works
    assert fake_engine.batches == [[f"w{number}" for number in range(5)]]
    assert not pending()


@pytest.mark.django_db(transaction=True)
def test_a_bulk_load_that_fails_still_indexes_what_it_has_done(source, fake_engine):
    put(source, "one")
    with pytest.raises(KeyError), indexing.deferred():
        indexing.queue(["one"])
        raise KeyError
    assert set(fake_engine.works) == {"one"}


@pytest.mark.django_db(transaction=True)
def test_large_changes_are_written_in_batches_and_finished_in_the_background(source, fake_engine, quick, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    ids = [f"w{number}" for number in range(9)]
    put(source, *ids)
    indexing.queue(ids)
    indexing.background.join(30)
    assert set(fake_engine.works) == set(ids)
    assert fake_engine.batches[:2] == [["w0", "w1"], ["w2"]]
    assert max(map(len, fake_engine.batches)) == 2
    assert not pending()


# The engine away


@pytest.mark.django_db(transaction=True)
def test_publishing_succeeds_while_the_engine_is_away(source, fake_engine, in_front):
    put(source, "one", "two")
    fake_engine.broken = "No server"
    with transaction.atomic():
        indexing.queue(["one"])
    row = PendingChange.objects.get()
    assert (row.document_id, row.attempts, row.last_error, row.alone) == ("one", 1, "No server", False)
    assert row.not_before > row.queued_at
    assert str(row) == "one"
    fake_engine.broken = ""
    indexing.queue(["two"])
    assert set(fake_engine.works) == {"two"}
    assert indexing.process() == 0  # not yet due
    PendingChange.objects.update(not_before=timezone.now())
    assert indexing.process() == 1
    assert set(fake_engine.works) == {"one", "two"}


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_is_away_is_not_asked_for_every_batch(source, fake_engine, in_front, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    fake_engine.broken = "No server"
    with indexing.deferred():
        indexing.queue(["a", "b", "c", "d"])
    assert sorted(PendingChange.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_waiting_grows_and_has_an_end(source, fake_engine, in_front):
    fake_engine.broken = "No server"
    indexing.queue(["one"])
    waits = []
    for _ in range(12):
        row = PendingChange.objects.get()
        waits.append(row.not_before - timezone.now())
        indexing.process(hurry=True)
    assert waits[0] < waits[2] < waits[4]
    assert waits[-1] <= indexing.LONGEST_WAIT


@pytest.mark.django_db(transaction=True)
def test_a_thread_works_off_what_is_pending_and_ends(source, fake_engine, quick):
    put(source, "one")
    fake_engine.broken = "No server"
    indexing.queue(["one"])
    thread = indexing.background._thread
    assert thread.is_alive()
    indexing.background.start()
    assert indexing.background._thread is thread
    fake_engine.broken = ""
    indexing.background.join(30)
    assert not thread.is_alive()
    assert (set(fake_engine.works), pending()) == ({"one"}, set())
    indexing.background.join(0)
    indexing.background.start()  # a new one, which finds nothing to do
    assert indexing.background._thread is not thread
    indexing.background.join(30)


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_waited_for(source, fake_engine, quick, monkeypatch, caplog):
    put(source, "one")
    process, calls = indexing.process, []

    def locked_once(*args, **kwargs):
        calls.append(threading.current_thread().name)
        if len(calls) < 3:
            raise OperationalError("database is locked")
        return process(*args, **kwargs)

    monkeypatch.setattr(indexing, "process", locked_once)
    indexing.queue(["one"])
    indexing.background.join(30)
    assert set(fake_engine.works) == {"one"}
    assert calls[1:3] == ["search-indexing"] * 2
    assert "database is locked" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_stays_finds_what_a_killed_process_left(source, fake_engine, quick):
    put(source, "one")
    indexing.background.start(stay=True)
    PendingChange.objects.create(document_id="one")
    deadline = time.monotonic() + 30
    while pending():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert set(fake_engine.works) == {"one"}
    assert indexing.background._thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_change_is_left_for_a_moment_to_the_process_that_made_it(source, fake_engine, in_front):
    put(source, "one")
    with transaction.atomic():
        indexing.queue(["one"])
        assert indexing.process() == 0
        PendingChange.objects.update(not_before=models.F("not_before") - indexing.HEAD_START)
        assert indexing.process() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("choice", ["worker", "request"])
def test_where_a_worker_runs_it_is_left_to_it(source, fake_engine, quick, settings, choice):
    settings.BACKGROUND = choice
    fake_engine.broken = "No server"
    put(source, "one")
    indexing.queue(["one"])
    assert indexing.background._thread is None
    assert pending() == {"one"}


@pytest.mark.django_db(transaction=True)
def test_the_thread_does_not_end_while_something_is_pending(source, fake_engine, quick):
    put(source, "one")
    fake_engine.broken = "No server"
    PendingChange.objects.create(document_id="one", not_before=timezone.now() + timedelta(milliseconds=50))
    background = indexing.Background()
    assert not background._finished()
    fake_engine.broken = ""
    background.start()
    background.join(30)
    assert set(fake_engine.works) == {"one"}


@pytest.mark.django_db
def test_inside_a_transaction_no_thread_is_started(source, fake_engine):
    background = indexing.Background()
    background.start()
    assert background._thread is None


# Works that cannot be read


@pytest.mark.django_db(transaction=True)
def test_a_work_that_cannot_be_read_holds_up_no_other(source, fake_engine, in_front, caplog):
    put(source, "bad", "good")
    source.unreadable = {"bad"}
    indexing.queue(["good", "bad"])
    assert set(PendingChange.objects.values_list("alone", flat=True)) == {True}
    assert "bad has no original" in caplog.text
    caplog.set_level(logging.CRITICAL)
    indexing.process(hurry=True)
    assert set(fake_engine.works) == {"good"}
    row = PendingChange.objects.get()
    assert (row.document_id, row.alone) == ("bad", True)
    assert "bad has no original" in row.last_error
    source.unreadable = set()
    indexing.queue(["bad"])
    assert set(fake_engine.works) == {"bad", "good"}


@pytest.mark.django_db(transaction=True)
def test_a_work_that_cannot_be_read_is_told_at_length_once_and_tried_seldom(source, fake_engine, in_front, caplog):
    put(source, "bad")
    source.unreadable = {"bad"}
    indexing.queue(["bad"])
    for _ in range(12):
        indexing.process(hurry=True)
    assert [bool(record.exc_info) for record in caplog.records] == [True] + [False] * 12
    assert "bad: ValueError('bad has no original')" in caplog.records[-1].getMessage()
    wait = PendingChange.objects.get().not_before - timezone.now()
    assert timedelta(minutes=1) < wait <= indexing.LONGEST_WAIT_ALONE
    indexing.queue(["bad"])  # somebody has tried to mend it
    assert caplog.records[-1].exc_info
    assert PendingChange.objects.get().not_before - timezone.now() <= indexing.FIRST_WAIT


@pytest.mark.django_db(transaction=True)
def test_works_beside_one_that_cannot_be_read_are_indexed_soon_after_the_engine_is_back(source, fake_engine, in_front):
    put(source, "bad", "good")
    source.unreadable = {"bad"}
    fake_engine.broken = "No server"
    indexing.queue(["bad", "good"])
    for _ in range(12):
        indexing.process(hurry=True)
    fake_engine.broken = ""
    indexing.process(hurry=True)
    assert pending() == {"bad", "good"}
    assert all(row.not_before <= timezone.now() + indexing.FIRST_WAIT for row in PendingChange.objects.all())
    indexing.process(hurry=True)
    assert set(fake_engine.works) == {"good"}


# Several processes


@pytest.mark.django_db(transaction=True)
def test_a_change_while_the_engine_writes_is_not_lost(source, fake_engine, in_front):
    put(source, "one", title="Viejo")

    def changed_meanwhile():
        fake_engine.after_upsert = None
        put(source, "one", title="Nuevo")
        with indexing.deferred():  # as another process does it: noted, not yet indexed
            indexing.queue(["one"])
            transaction.on_commit(lambda: None)
            indexing._local.deferred = 2
        indexing._local.deferred = 0

    fake_engine.after_upsert = changed_meanwhile
    indexing.queue(["one"])
    assert fake_engine.works["one"].pages[0].title == "Viejo"
    assert pending() == {"one"}
    assert indexing.process(hurry=True) == 1
    assert fake_engine.works["one"].pages[0].title == "Nuevo"
    assert not pending()


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_was_overtaken_looks_at_the_work_once_more(source, fake_engine, in_front):
    """Another process indexes a newer state and finishes, between this one's reading and its writing."""
    put(source, "one", title="Viejo")

    def overtaken():
        fake_engine.after_upsert = None
        # The newer state was written first; this process has just put the older one over it.
        put(source, "one", title="Nuevo")
        PendingChange.objects.all().delete()

    fake_engine.after_upsert = overtaken
    indexing.queue(["one"])
    assert fake_engine.works["one"].pages[0].title == "Nuevo"
    assert fake_engine.batches == [["one"], ["one"]]
    assert not pending()


@pytest.mark.django_db(transaction=True)
def test_rows_that_another_process_has_taken_are_left_alone(source, fake_engine, in_front, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 1)
    put(source, "a", "b")

    def other_process():
        fake_engine.before_upsert = None
        PendingChange.objects.filter(document_id="b").delete()

    fake_engine.before_upsert = other_process
    with indexing.deferred():
        indexing.queue(["a", "b"])
    assert fake_engine.batches == [["a"]]


@pytest.mark.django_db(transaction=True)
def test_a_failure_does_not_postpone_a_newer_change(source, fake_engine, in_front):
    def newer_change_then_failure():
        PendingChange.objects.update(token=uuid4())
        raise indexing.EngineError("No server")

    fake_engine.before_upsert = newer_change_then_failure
    indexing.queue(["one"])
    row = PendingChange.objects.get()
    assert (row.attempts, row.last_error) == (0, "")
