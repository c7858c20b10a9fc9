"""Rebuilds of the index in a cluster, on a real server: what other processes change meanwhile, locks, what is left."""

import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager, nullcontext, suppress
from threading import Event, Thread

import pytest
from django.conf import settings
from elastic_transport import ConnectionError, Urllib3HttpNode

from search.engines import elasticsearch_lock
from search.engines.base import EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import read
from search.engines.elasticsearch_indexes import Indexes
from tests.search.clusters import ids, names
from tests.search.works import document, page

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def engine(url, clock) -> ElasticsearchEngine:
    return ElasticsearchEngine(read(url), clock)


def test_changes_of_another_process_during_a_rebuild_are_in_the_new_index(engine, url, clock):
    other = ElasticsearchEngine(read(url), clock)
    engine.rebuild([document("kept"), document("gone"), document("changed")])

    def documents():
        other.upsert([document("before", page(title="Nuevo"))])
        other.delete(["gone"])
        yield document("before", page(title="Viejo"))
        yield document("gone")
        yield document("changed", page(title="Viejo"))
        yield document("kept")
        other.upsert([document("changed", page(title="Nuevo"))])

    engine.rebuild(documents())
    assert ids(other) == {"before", "changed", "kept"}
    assert ids(other, text="nuevo ") == {"before", "changed"}


def test_a_change_that_was_on_its_way_when_the_indexes_were_swapped_is_not_lost(engine, url, clock):
    engine.rebuild([document("old")])
    other = ElasticsearchEngine(read(url), clock)

    def documents():
        yield document("late")
        engine.rebuild([document("new")])  # the index to which this change was going is gone now

    other.upsert(documents())
    assert ids(engine) == {"new", "late"}


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_a_change_on_its_way_when_a_rebuild_ends_goes_to_the_index_that_is_left(engine, url, clock, first, fails):
    """Where there is none, because the first rebuild has failed, it is told: the change stays pending."""
    other = ElasticsearchEngine(read(url), clock)
    if not first:
        engine.rebuild([document("old")])
    reading, ended = Event(), Event()
    told: list[str] = []

    def late():
        yield document("late")
        reading.set()
        assert ended.wait(60)

    def write():
        try:
            other.upsert(late())
        except EngineError as error:
            told.append(str(error))

    writer = Thread(target=write)

    def documents():
        yield document("new")
        writer.start()
        assert reading.wait(60)
        if fails:
            raise RuntimeError("unreadable")

    with pytest.raises(RuntimeError, match="unreadable") if fails else nullcontext():
        engine.rebuild(documents())
    ended.set()
    writer.join()
    if first and fails:
        assert len(told) == 1
        assert "not been built yet" in told[0]
    else:
        assert not told
        assert ids(engine) == {"old" if fails else "new", "late"}


def test_a_rebuild_leaves_one_index_and_takes_away_whatever_was_left(server, engine):
    engine.rebuild([document("one")])
    (first,) = names(engine)
    prefix = first.partition(".")[0]
    server.ask("PUT", f"/{prefix}.0-abc.old")
    server.ask("PUT", f"/{engine._indexes.live}.left")
    engine.rebuild([document("two")])
    (second,) = names(engine)
    assert second != first
    assert ids(engine) == {"two"}


def test_what_a_killed_rebuild_of_another_version_has_left_is_told_and_a_rebuild_clears_it_away(server, engine):
    engine.rebuild([document("old")])
    other = f"{engine._indexes.lock.removesuffix('state')}9-next"
    server.ask("PUT", f"/{other}.abc", {"aliases": {f"{other}.building": {}, f"{other}.abc.loading": {}}})
    with pytest.raises(EngineError, match=r"Another version .* is building .* search_rebuild"):
        engine.upsert([document("late")])
    assert ids(engine) == {"old"}

    def documents():
        engine.upsert([document("meanwhile")])
        yield document("new")

    engine.rebuild(documents())
    assert ids(engine) == {"new", "meanwhile"}
    assert len(names(engine)) == 1


# The end of a rebuild: the swap of the indexes


@contextmanager
def after_the_server(what: str, error: BaseException, times: int = 1):
    """Raise `error` when the server has done what a request asks whose body has `what`, before its answer is read."""
    perform = Urllib3HttpNode.perform_request
    left = [error] * times

    def lost(node, method, target, body=None, **options):
        answer = perform(node, method, target, body, **options)
        if left and body and what in body:
            raise left.pop()
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Urllib3HttpNode, "perform_request", lost)
        yield left
    assert not left


SWAP, CLAIM = b'"add"', b'{"actions":[{"remove"'
CUT = ConnectionError("cut")


@pytest.mark.parametrize("times", [1, 2])  # the client tries again once
def test_a_rebuild_of_which_the_answer_to_the_swap_is_lost_is_done(engine, times):
    engine.rebuild([document("old")])
    with after_the_server(SWAP, CUT, times):
        assert engine.rebuild([document("new")]) == 1
    assert ids(engine) == {"new"}
    assert len(names(engine)) == 1


def test_an_interrupt_just_after_the_swap_leaves_the_new_index(engine):
    engine.rebuild([document("old")])
    with after_the_server(SWAP, KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):
        engine.rebuild([document("new")])
    assert ids(engine) == {"new"}
    assert len(names(engine)) == 1


def test_a_swap_that_comes_after_its_rebuild_was_given_up_changes_nothing(engine, monkeypatch):
    engine.rebuild([document("old")])
    late = []

    def on_its_way(indexes, name, deadline):
        late.append(lambda: publish(indexes, name, deadline))
        raise EngineError("no answer")

    publish = Indexes.publish
    remove = Indexes.remove
    monkeypatch.setattr(Indexes, "publish", on_its_way)

    def arrives(indexes, name, deadline):
        with pytest.raises(EngineError, match="404"):
            late.pop()()
        remove(indexes, name, deadline)

    monkeypatch.setattr(Indexes, "remove", arrives)
    with pytest.raises(EngineError, match="no answer"):
        engine.rebuild([document("new")])
    assert not late
    assert ids(engine) == {"old"}
    assert len(names(engine)) == 1


def test_a_rebuild_that_cannot_even_clear_away_says_why_it_failed_and_leaves_that_to_the_next(engine):
    engine.rebuild([document("old")])

    def documents():
        yield document("new")
        raise RuntimeError("the first reason")

    with after_the_server(CLAIM, CUT, 2), pytest.raises(RuntimeError, match="the first reason"):
        engine.rebuild(documents())
    assert ids(engine) == {"old"}
    engine.rebuild([document("again")])
    assert ids(engine) == {"again"}
    assert len(names(engine)) == 1


# Other processes


HOLD = """
    import sys
    from itertools import count
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch_address import read
    from tests.search.works import document
    engine = ElasticsearchEngine(read(sys.argv[1]), count(5000).__next__)
    def documents():
        yield document("held")
        print("holding", flush=True)
        sys.stdin.readline()
    engine.rebuild(documents())
"""


@contextmanager
def rebuilding(url: str):
    """Another process in the middle of a rebuild."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), url],
        cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "holding\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_rebuild_is_refused_and_says_who_is_in_the_way(engine, url):
    with rebuilding(url) as process:
        with pytest.raises(EngineError, match=rf"lock “rebuild”.*process {process.pid} on .*in \d+ s"):
            engine.rebuild([document("two")])
        process.communicate("\n", timeout=60)
    assert ids(engine) == {"held"}


def test_a_killed_rebuild_blocks_nobody_and_is_cleared_away(engine, url):
    engine.rebuild([document("old")])
    with rebuilding(url):
        pass
    engine.upsert([document("new")])
    assert ids(engine) == {"old", "new"}
    assert len(names(engine)) == 2
    engine.rebuild([document("rebuilt")])
    assert len(names(engine)) == 1
    assert ids(engine) == {"rebuilt"}


def test_a_rebuild_killed_on_another_machine_blocks_nobody_for_long(server, engine, url, monkeypatch):
    with rebuilding(url):
        pass
    lock = f"/{engine._indexes.lock}"
    holder = server.ask("GET", f"{lock}/_doc/rebuild")["_source"]["holder"].split()
    for other in ([holder[0], "another", *holder[2:]], holder[:1]):  # the second is what earlier versions have written
        server.ask("POST", f"{lock}/_update/rebuild", {"doc": {"holder": " ".join(other)}})
        with pytest.raises(EngineError, match="if that process was killed, in"):
            engine.rebuild([document("rebuilt")])
    monkeypatch.setattr(elasticsearch_lock, "LAPSE", 0.0)
    engine.rebuild([document("rebuilt")])
    assert ids(engine) == {"rebuilt"}


def test_a_rebuild_that_was_suspended_and_has_lost_its_lock_changes_nothing(engine, url, clock, monkeypatch):
    engine.rebuild([document("old")])
    monkeypatch.setattr(elasticsearch_lock, "RENEWAL", 0.05)
    other = ElasticsearchEngine(read(url), clock)

    def documents():
        yield document("new")
        held, _lapses = other._lock, monkeypatch.setattr(elasticsearch_lock, "LAPSE", 0.0)
        while True:  # the lock is renewed just when it is taken over, at times
            with suppress(EngineError), held.held():
                break
        other.rebuild([document("other")])
        yield document("new too")
        time.sleep(0.5)

    with pytest.raises(EngineError, match=r"removed|another has begun"):
        engine.rebuild(documents())
    monkeypatch.undo()
    assert ids(engine) == {"other"}
    assert len(names(engine)) == 1
    engine.rebuild([document("again")])
    assert ids(engine) == {"again"}


def test_a_lock_is_renewed_while_a_rebuild_lasts(server, engine, monkeypatch):
    monkeypatch.setattr(elasticsearch_lock, "RENEWAL", 0.05)
    lock = f"/{engine._indexes.lock}/_doc/rebuild"
    seen = []

    def documents():
        for _ in range(2):
            seen.append(server.ask("GET", lock)["_source"]["renewed"])
            time.sleep(0.5)
        yield document("one")

    engine.rebuild(documents())
    assert seen[0] < seen[1]


def wait_until(happened) -> None:
    until = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_lock_of_which_an_answer_is_lost_is_still_ours(server, engine, monkeypatch):
    """When it is taken, and when it is renewed: the client asks again, and is told of a conflict with itself."""
    engine.rebuild([document("old")])
    monkeypatch.setattr(elasticsearch_lock, "RENEWAL", 0.05)
    lock = f"/{engine._indexes.lock}/_doc/rebuild"

    def renewed() -> float:
        return server.ask("GET", lock)["_source"]["renewed"]

    def documents():
        with after_the_server(b'"renewed"', CUT) as left:
            wait_until(lambda: not left)
        before = renewed()
        wait_until(lambda: renewed() > before + 0.2)  # not by the renewal alone of which the answer was lost
        yield document("new")

    with after_the_server(b'"renewed"', CUT):
        assert engine.rebuild(documents()) == 1
    assert ids(engine) == {"new"}
    engine.rebuild([document("again")])  # the lock was given back


def test_two_first_changes_at_once_make_one_index(engine, url, clock):
    engines = [ElasticsearchEngine(read(url), clock) for _ in range(3)]
    told: list[str] = []

    def change(number: int) -> None:
        try:
            engines[number].upsert([document(f"w{number}")])
        except EngineError as error:
            told.append(str(error))  # the change stays pending, and is tried again

    threads = [Thread(target=change, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(engine)) == 1
    assert len(ids(engine)) + len(told) == 3
    assert all("lock “rebuild”" in one for one in told)
