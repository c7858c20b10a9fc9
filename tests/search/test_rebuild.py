"""Building the index from the database, and telling how the two differ."""

import pytest

from search import indexing
from search.engines import get_engine
from search.models import PendingChange
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
