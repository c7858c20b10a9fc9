"""Changes, rebuilds and their swap: what readers see, in this process and in others."""

import pytest

from search.engines.base import EngineError
from search.query import Query
from search.storage import fingerprint
from tests.search.works import document, page


def ids(engine, text: str = "") -> set[str]:
    return {hit.document.id for hit in engine.search(Query(text=text, limit=100)).hits}


def test_before_the_first_work_there_is_a_plain_message(engine):
    with pytest.raises(EngineError, match="not been built yet"):
        engine.search(Query())
    health = engine.health()
    assert (health.ok, health.documents, health.size) == (False, 0, 0)
    assert "not been built yet" in health.message
    with pytest.raises(EngineError):
        engine.fingerprints()


def test_an_upsert_makes_the_index_and_replaces_by_id(engine):
    assert engine.upsert([document("one"), document("two")]) == 2
    changed = document("one", page("es", "Otra cosa"))
    assert engine.upsert(iter([changed])) == 1
    assert ids(engine) == {"one", "two"}
    assert ids(engine, "crianza ") == {"two"}
    assert engine.fingerprints() == {"one": fingerprint(changed), "two": fingerprint(document("two"))}
    health = engine.health()
    assert (health.ok, health.documents) == (True, 2)
    assert health.size > 0


def test_the_last_of_two_states_in_one_call_counts(engine):
    engine.upsert([document("one"), document("one", page("es", "Otra cosa"))])
    assert (ids(engine), ids(engine, "crianza ")) == ({"one"}, set())


def test_deleting_what_is_not_there_does_nothing(engine):
    engine.upsert([document("one")])
    engine.delete(["two"])
    engine.delete([])
    assert ids(engine) == {"one"}
    engine.delete(["one"])
    assert (ids(engine), engine.fingerprints()) == (set(), {})


def test_readers_see_the_old_index_until_the_new_one_is_whole(engine):
    engine.rebuild([document("old")])
    seen, steps = [], []

    def documents():
        for number in range(250):
            if number % 100 == 0:
                seen.append(ids(engine))
            yield document(f"new{number}")

    assert engine.rebuild(documents(), steps.append) == 250
    assert seen == [{"old"}] * 3
    assert steps == [100, 200, 250]
    assert engine.search(Query()).total == 250


def test_changes_during_a_rebuild_are_not_lost(engine):
    engine.rebuild([document("kept"), document("gone"), document("changed")])

    def documents():
        yield document("kept")
        yield document("gone")
        yield document("changed")
        engine.upsert([document("changed", page("es", "Nuevo")), document("added")])
        engine.delete(["gone"])
        assert ids(engine) == {"kept", "changed", "added"}

    engine.rebuild(documents())
    assert ids(engine) == {"kept", "changed", "added"}
    assert ids(engine, "nuevo ") == {"changed"}


def test_changes_during_the_first_rebuild_are_not_lost(engine):
    def documents():
        yield document("one")
        assert engine.upsert([document("two", page("es", "Cuerpo", body="entero"))]) == 1

    engine.rebuild(documents())
    assert ids(engine) == {"one", "two"}
    assert ids(engine, "entero ") == {"two"}


def test_a_second_rebuild_at_once_is_refused(engine):
    def documents():
        yield document("one")
        with pytest.raises(EngineError, match="lock"):
            engine.rebuild([document("two")])

    engine.rebuild(documents())
    assert ids(engine) == {"one"}


def test_a_rebuild_that_fails_leaves_the_old_index_and_can_be_tried_again(engine):
    engine.rebuild([document("old")])
    size = engine.health().size

    def documents():
        yield document("new")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        engine.rebuild(documents())
    assert ids(engine) == {"old"}
    assert engine.health().size == size
    engine.rebuild([document("new")])
    assert ids(engine) == {"new"}


def test_an_upsert_that_fails_changes_nothing(engine):
    engine.rebuild([document("old")])

    def documents():
        yield document("new")
        raise LookupError("no such page")

    with pytest.raises(LookupError):
        engine.upsert(documents())
    assert ids(engine) == {"old"}
    engine.upsert([document("new")])
    assert ids(engine) == {"old", "new"}


def test_a_rebuild_of_nothing_is_an_empty_index(engine):
    assert engine.rebuild([]) == 0
    assert engine.health().ok
    result = engine.search(Query(text="crianza", facets=("type", "when")))
    assert (result.total, result.facets) == (0, {"type": (), "when": ()})
