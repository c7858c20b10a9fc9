"""Building the index from the database, and telling how the two differ."""

from contextlib import contextmanager

import pytest

from search import engines, indexing
from search.engines import elasticsearch_indexes, embedded, embedded_view, get_engine
from search.models import PendingChange
from tests import elasticsearch_server
from tests.search.sources import pending, put
from tests.search.works import document, page


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_takes_everything_and_what_was_waiting(source, fake_engine, in_front):
    put(source, "one", "two")
    fake_engine.broken = "No server"
    indexing.queue(["one"])
    fake_engine.broken = ""
    steps = []
    assert indexing.rebuild(steps.append) == 2
    assert (fake_engine.works, steps, pending()) == (source.works, [2], set())


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_leaves_nothing_to_do_that_it_has_done(source, fake_engine, in_front):
    put(source, "one", "two")
    fake_engine.broken = "No server"
    indexing.queue(["one"])
    fake_engine.broken = ""
    fake_engine.batches.clear()
    documents = source.documents

    def changed_meanwhile(ids=None):
        yield from documents(ids)
        if ids is None:
            put(source, "two", title="Nuevo")
            fake_engine.broken = "Busy"
            indexing.queue(["two"])
            fake_engine.broken = ""

    source.documents = changed_meanwhile
    indexing.rebuild()
    assert fake_engine.batches == [["two"]]
    assert (fake_engine.works, pending()) == (source.works, set())


@pytest.mark.django_db(transaction=True)
def test_a_change_makes_no_index_of_itself_alone(source, in_front, settings, tmp_path):
    """Where the folder was emptied, readers must not take one work for all there are."""
    settings.SEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    put(source, "one", "two")
    indexing.queue(["one"])
    assert "search_rebuild" in PendingChange.objects.get().last_error
    assert not get_engine().health().ok
    assert indexing.rebuild() == 2
    assert (get_engine().health().documents, pending()) == (2, set())


@contextmanager
def another_version():
    """Inside, this is a process of another version of the hub."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "VERSION", "0.old")
        patch.setattr(embedded_view, "VERSION", "0.old")
        patch.setattr(elasticsearch_indexes, "VERSION", "0-old")
        engines._engine.cache_clear()
        yield
    engines._engine.cache_clear()


@pytest.mark.parametrize("name", elasticsearch_server.ENGINES)
@pytest.mark.django_db(transaction=True)
def test_what_old_processes_change_during_an_upgrade_is_in_the_new_index(source, in_front, settings, tmp_path, name):
    with elasticsearch_server.search_settings(name, settings, tmp_path):
        put(source, "kept", "during", "after")
        with another_version():
            assert indexing.rebuild() == 3
            put(source, "before", title="Nuevo")
            indexing.queue(["before"])
            assert (get_engine().health().documents, pending()) == (4, set())
        documents = source.documents

        def changed_meanwhile(ids=None):
            yield from documents(ids)
            if ids is None:
                with another_version():
                    put(source, "during", title="Nuevo")
                    indexing.queue(["during"])
                    assert "Another version" in PendingChange.objects.get().last_error
                    assert get_engine().health().documents == 4  # readers have what they had

        source.documents = changed_meanwhile
        indexing.rebuild()
        source.documents = documents
        assert (indexing.differences().ids, pending()) == (set(), set())

        with another_version():
            put(source, "after", title="Nuevo")
            indexing.queue(["after"])
            assert "search_rebuild" in PendingChange.objects.get().last_error
        indexing.process(hurry=True)
        assert (indexing.differences().ids, pending()) == (set(), set())


@pytest.mark.django_db
def test_differences_between_database_and_index(source, fake_engine):
    put(source, "same", "changed", "missing")
    fake_engine.works = {
        "same": source.works["same"],
        "changed": document("changed", page("es", "Viejo")),
        "surplus": document("surplus"),
    }
    steps = []
    found = indexing.differences(steps.append)
    assert (found.missing, found.changed, found.surplus) == ({"missing"}, {"changed"}, {"surplus"})
    assert found.ids == {"missing", "changed", "surplus"}
    assert steps == [1, 2, 3]
    assert indexing.differences() == found


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_leaves_out_what_cannot_be_read_and_tells_it(source, fake_engine, in_front, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    put(source, "a", "b", "bad", "c", "d", "worse")
    source.unreadable = {"bad", "worse"}
    PendingChange.objects.create(document_id="bad")
    PendingChange.objects.create(document_id="c")
    unreadable = {}
    assert indexing.rebuild(unreadable=unreadable) == 4
    assert set(fake_engine.works) == {"a", "b", "c", "d"}
    assert unreadable == {id: repr(ValueError(f"{id} has no original")) for id in ("bad", "worse")}
    assert pending() == {"bad"}  # it is tried again


@pytest.mark.django_db
def test_a_work_that_cannot_be_read_is_no_difference(source, fake_engine):
    put(source, "bad", "missing")
    source.unreadable = {"bad"}
    fake_engine.works = {"bad": document("bad")}
    found = indexing.differences()
    assert (found.missing, found.changed, found.surplus) == ({"missing"}, set(), set())
    assert found.unreadable == {"bad": "ValueError('bad has no original')"}
    assert found.ids == {"missing"}
