"""What is particular to the engine of a cluster, on a real server: versions, rebuilds, locks, what is left over."""

import pytest

from search.documents import Term
from search.engines import elasticsearch_indexes, elasticsearch_schema, elasticsearch_writing
from search.engines.base import EngineError, RefusedDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import read
from search.engines.elasticsearch_facets import counting
from search.engines.elasticsearch_indexes import Indexes
from search.engines.elasticsearch_query import Asking, asking_terms
from search.engines.elasticsearch_spelling import Spellings
from search.query import Query
from tests.search.clusters import ids, names
from tests.search.works import document, page

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def engine(url, clock) -> ElasticsearchEngine:
    return ElasticsearchEngine(read(url), clock)


# Versions


def test_an_older_change_does_not_overwrite_a_newer_one(engine, clock):
    engine.upsert([document("one", page(title="Nuevo"))])
    clock.now = 500
    assert engine.upsert([document("one", page(title="Viejo")), document("two")]) == 2
    assert ids(engine, text="nuevo ") == {"one"}
    assert ids(engine) == {"one", "two"}
    engine.delete(["one"])
    assert ids(engine) == {"one", "two"}


def test_an_older_change_does_not_bring_back_what_was_deleted(engine, clock):
    engine.upsert([document("one"), document("two")])
    engine.delete(["one", "never there"])
    clock.now = 500
    engine.upsert([document("one"), document("never there")])
    assert ids(engine) == {"two"}
    clock.now = 2000
    engine.upsert([document("one")])
    assert ids(engine) == {"one", "two"}


def test_the_version_of_a_change_is_taken_before_the_works_are_read(engine, clock):
    """A writer that reads, stands still, and writes after another has read and written a newer state."""

    def overtaken():
        engine.upsert([document("one", page(title="Nuevo"))])
        yield document("one", page(title="Viejo"))

    engine.upsert(overtaken())
    assert ids(engine, text="nuevo ") == {"one"}

    def gone_and_back():
        engine.upsert([document("two")])
        yield from ()

    engine.bring(["two"], gone_and_back())
    assert "two" in ids(engine)


def test_works_that_are_not_read_are_removed_with_the_same_request(engine):
    engine.upsert([document("one"), document("two"), document("three")])
    assert engine.bring(["one", "two"], [document("one", page(title="Nuevo"))]) == 1
    assert ids(engine) == {"one", "three"}
    assert ids(engine, text="nuevo ") == {"one"}


def test_deletions_are_remembered_for_longer_than_a_rebuild_takes(server, engine):
    engine.upsert([document("one")])
    (told,) = server.ask("GET", f"/{engine._indexes.live}/_settings").values()
    assert told["settings"]["index"]["gc_deletes"] == "1d"


# Another version, damage


def test_an_index_of_another_version_asks_to_be_rebuilt(engine, url, clock, monkeypatch):
    engine.rebuild([document("one")])
    monkeypatch.setattr(elasticsearch_indexes, "VERSION", "0-other")
    later = ElasticsearchEngine(read(url), clock)
    for act in (lambda: later.search(Query()), lambda: later.upsert([document("two")]), later.fingerprints):
        with pytest.raises(EngineError, match=r"another version of the hub.*search_rebuild"):
            act()
    assert "another version" in later.health().message
    later.rebuild([document("two")])
    assert ids(later) == {"two"}
    with pytest.raises(EngineError, match="another version"):
        engine.search(Query())


def test_an_index_that_someone_has_removed_is_told_and_a_rebuild_mends_it(server, engine):
    engine.rebuild([document("one")])
    for name in names(engine):
        server.ask("DELETE", f"/{name}")
    with pytest.raises(EngineError, match="not been built yet"):
        engine.search(Query())
    engine.rebuild([document("mended")])
    assert ids(engine) == {"mended"}


def test_an_index_that_is_removed_again_and_again_is_told(server, engine, monkeypatch):
    engine.rebuild([document("one")])
    state = Indexes.state

    def removed_after_a_look(indexes, deadline):
        found = state(indexes, deadline)
        for name in found.names:
            server.ask("DELETE", f"/{name}")
        return found if found.live else elasticsearch_indexes.State(True, False)

    monkeypatch.setattr(Indexes, "state", removed_after_a_look)
    with pytest.raises(EngineError, match="removed while it was written"):
        engine.upsert([document("two")])


def test_the_mapping_takes_nothing_that_it_does_not_name(server, engine):
    engine.upsert([document("one")])
    (told,) = server.ask("GET", f"/{engine._indexes.live}/_mapping").values()
    assert told["mappings"]["dynamic"] == "strict"
    assert set(told["mappings"]["properties"]) == set(elasticsearch_schema.mapping()["properties"])


def test_a_work_that_the_server_will_never_take_is_told_apart(engine):
    """A key of more than 32,766 bytes."""
    engine.rebuild([document("old")])
    bad = document("bad", facets={"topic": ("x" * 40_000,)})
    with pytest.raises(RefusedDocument, match=r"does not take the work bad: .*immense term"):
        engine.upsert([bad])
    with pytest.raises(RefusedDocument, match="bad"):
        engine.rebuild([document("new"), bad])
    assert ids(engine) == {"old"}
    assert len(names(engine)) == 1


def test_an_id_of_any_length_is_stored(engine):
    long = "ñ" * 600
    engine.upsert([document(long)])
    assert ids(engine) == {long}
    assert set(engine.fingerprints()) == {long}
    engine.delete([long])
    assert ids(engine) == set()


def test_another_process_may_be_faster_to_make_the_first_index(engine, monkeypatch):
    state = Indexes.state
    looks = []

    def made_meanwhile(indexes, deadline):
        looks.append(None)
        if len(looks) == 2:
            indexes.create(building=False, deadline=deadline)
        return state(indexes, deadline)

    monkeypatch.setattr(Indexes, "state", made_meanwhile)
    engine.upsert([document("one")])
    assert len(names(engine)) == 1
    assert ids(engine) == {"one"}


# Size


def test_changes_go_in_requests_of_bounded_size(engine, monkeypatch):
    monkeypatch.setattr(elasticsearch_writing, "MOST_CHANGES", 7)
    corpus = [document(f"w{number}") for number in range(50)]
    sent = []
    ask = engine._cluster.ask

    def noted(method, path, body=None, *args, **params):
        if path == "/_bulk":
            sent.append(body.count(b"\n") // 2)
        return ask(method, path, body, *args, **params)

    monkeypatch.setattr(engine._cluster, "ask", noted)
    engine.rebuild(corpus)
    assert sent == [7] * 7 + [1]
    sent.clear()
    assert engine.bring([f"w{number}" for number in range(30)], corpus[:15]) == 15
    assert max(sent) <= 7
    assert ids(engine) == {work.id for work in corpus[:15] + corpus[30:]}
    monkeypatch.setattr(elasticsearch_writing, "MOST_BYTES", 1)
    sent.clear()
    engine.upsert(corpus[:3])
    assert sent == [1, 1, 1]


def test_fingerprints_of_many_works_are_read_in_parts(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.SCAN", 7)
    engine.rebuild(document(f"w{number}") for number in range(30))
    assert set(engine.fingerprints()) == {f"w{number}" for number in range(30)}


def test_more_values_than_can_be_counted_are_told_not_cut_off(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch_facets.MOST_VALUES", 5)
    engine.rebuild(document(f"w{number}", facets={"topic": (f"t{number}",)}) for number in range(6))
    with pytest.raises(EngineError, match="more than 5 values"):
        engine.search(Query(facets=("topic",)))


def test_a_word_in_the_names_of_more_terms_than_can_be_asked_for_is_told(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch_facets.MOST_VALUES", 5)
    terms = [Term((("es", f"crianza {number}"),)) for number in range(6)]
    engine.rebuild(document(f"w{number}", keywords=(term,)) for number, term in enumerate(terms))
    with pytest.raises(EngineError, match="more than 5 terms"):
        engine.search(Query(text="crianza "))


def test_what_is_counted_does_not_depend_on_page_order_or_reader():
    """The server keeps the answer to a count while the index does not change."""
    asked = [
        Query(text="crianza", facets=("type", "topic")),
        Query(text="crianza", facets=("type", "topic"), offset=40, sort="title", locale="ar"),
    ]
    terms = {question: ["t1"] for question in asking_terms("crianza")}
    assert len({str(counting(Asking(query, terms))) for query in asked}) == 1


def test_spellings_are_ordered_by_errors_then_by_how_many_works_have_them():
    options = [("crianzas", 9), ("crianza", 2), ("crinanza", 9), ("violencia", 9), ("crinaza", 9)]
    answer = {"suggest": {"near": [{"options": [{"text": text, "freq": freq} for text, freq in options]}]}}
    spellings = Spellings(lambda _asked: answer)
    assert spellings.near("crinaza") == ["crinanza", "crianza"]
    assert spellings.near("crinazas") == ["crianzas", "crinaza", "crinanza", "crianza"]
    assert spellings.near("cr") == []
