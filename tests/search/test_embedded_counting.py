"""How the embedded engine counts the values of facets and puts works in order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from search.engines import embedded_facets
from search.engines.embedded import EmbeddedEngine
from search.engines.fields import field_of
from search.facets import FACETS
from search.query import Query
from tests.search import works
from tests.search.oracle import Oracle
from tests.search.works import document, page


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index", lock_timeout=0.2)


# Counting


WAYS = ("column", "rest", "walk", "walk each")


def always(way: str):
    return lambda counter, matching, field, facets, matches: way


@pytest.mark.parametrize("way", WAYS)
def test_columns_and_posting_lists_count_the_same(engine, monkeypatch, way):
    monkeypatch.setattr(embedded_facets.FacetCounter, "_cheapest", always(way))

    @examples(max_examples=12)
    @given(
        corpus=st.lists(works.documents(), min_size=1, max_size=8, unique_by=lambda one: one.id),
        asked=st.lists(works.queries, min_size=5, max_size=5),
    )
    def compare(corpus, asked):
        engine.rebuild(corpus)
        oracle = Oracle(corpus)
        for query in asked:
            query = replace(query, text="", facets=tuple(FACETS))
            counts = engine.search(query).facets
            assert {id: {one.value: one.count for one in of} for id, of in counts.items()} == oracle.facets(query)

    compare()


def test_where_nearly_all_works_match_the_others_are_left_out_of_the_counts(engine):
    common = [document(f"w{number}", facets={"topic": ("t1", f"own-{number}")}) for number in range(40)]
    others = [document(f"o{number}", page(title="Otra cosa"), facets={"topic": ("t1", "rare")}) for number in range(3)]
    engine.rebuild(common + others)
    result = engine.search(Query(text="crianza", facets=("topic", "type", "when")))
    topics = dict(result.facets["topic"])
    assert topics == {"t1": 40} | {f"own-{number}": 1 for number in range(40)}
    assert result.facets["type"] == (("programme", 40),)


def test_the_cheapest_way_depends_on_matches_and_words(engine):
    corpus = [
        document(f"w{number}", facets={"topic": (f"t{number % 3}",), "organisation": (f"o{number}",)})
        for number in range(2000)
    ]
    engine.rebuild(corpus)
    engine.search(Query(text="nothing", facets=("topic",)))
    view = engine._seen[1]
    counter = view._facets

    def cheapest(facets, matches, text=""):
        matching = counter._cost_of_matching(view.asking(Query(text=text)))
        return counter._cheapest(matching, field_of(facets[0]), facets, matches)

    counter._all()
    counter._entries |= {"topic": 2_000_000, "type": 2_000_000, "language": 2_000_000}  # as of a large index
    topics = ["topic", "type", "language"]
    assert cheapest(topics, 1) == "column"
    assert cheapest(["topic"], 1500) == "walk each"
    assert cheapest(topics, 1500) == "walk"
    assert cheapest(topics, 1980) == "rest"
    words = " ".join(f'"phrase {number}"' for number in range(12))  # which take long to match, once for each walk
    assert cheapest(topics, 1500, words) == "walk"
    assert cheapest(topics, None, words) == "walk"
    assert cheapest(["organisation"], 900) == "column"  # a list for each of 2,000 values


# Order


def test_pages_of_equal_works_hold_each_once(engine):
    ids = [f"equal-work-{number:03d}" for number in range(300)]
    engine.rebuild([document(id) for id in ids[::-1]])
    for text in ("", "crianza "):
        pages = [engine.search(Query(text=text, offset=start)) for start in range(0, 340, 20)]
        assert [hit.document.id for page in pages for hit in page.hits] == ids
        assert {page.total for page in pages} == {300}


def test_values_of_works_that_were_replaced_are_not_counted(engine, monkeypatch):
    monkeypatch.setattr(embedded_facets.FacetCounter, "_cheapest", always("walk"))
    engine.rebuild([document(f"w{number}", facets={"topic": ("old",)}) for number in range(3)])
    engine.upsert([document(f"w{number}", facets={"topic": ("new",)}) for number in range(3)])
    result = engine.search(Query(facets=("topic", "type")))
    assert result.facets["topic"] == (("new", 3),)
