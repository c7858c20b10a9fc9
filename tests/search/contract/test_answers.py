"""Works, totals, counts and orders, against the oracle, on documents and questions that hypothesis makes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from search.documents import Document
from search.engines.base import EngineError
from search.facets import FACETS
from search.query import Query
from search.storage import fingerprint
from tests.search import works
from tests.search.oracle import Oracle

corpora = st.lists(works.documents(), max_size=8, unique_by=lambda document: document.id)


def stripped(document: Document) -> Document:
    """As hits show it."""
    return replace(
        document,
        keywords=(),
        pages=tuple(replace(page, body="") for page in document.pages),
        materials=tuple(replace(material, text="") for material in document.materials),
    )


def as_asked(result, query: Query) -> bool:
    """Whether the answer is to the text as typed, not to a better spelling."""
    return result.corrected is None or result.corrected == query.text


@examples(max_examples=60)
@given(corpus=corpora, asked=st.lists(works.queries, min_size=6, max_size=10))
def test_works_counts_and_orders(shared_engine, corpus, asked):
    shared_engine.rebuild(corpus)
    oracle = Oracle(corpus)
    for query in asked:
        result = shared_engine.search(query)
        if not as_asked(result, query):
            assert not oracle.matching(replace(query, filters={}))
            query = replace(query, text=result.corrected)
        expected = oracle.ordered(query)
        assert result.total == len(expected)
        found = [hit.document.id for hit in result.hits]
        assert sorted(found) == sorted(expected)
        counts = {facet: {one.value: one.count for one in values} for facet, values in result.facets.items()}
        assert counts == oracle.facets(query)
        for values in result.facets.values():
            assert list(values) == sorted(values, key=lambda one: (-one.count, one.value))
        if query.sort != "relevance" or not query.text.strip():
            assert found == expected
        ranks = {id: rank for rank, id in enumerate(oracle.ordered(replace(query, sort="newest")))}
        order = [(-hit.score, ranks[hit.document.id]) for hit in result.hits]
        if query.sort == "relevance":
            assert order == sorted(order)
        originals = {document.id: document for document in corpus}
        assert [hit.document for hit in result.hits] == [stripped(originals[id]) for id in found]


@examples(max_examples=25)
@given(corpus=corpora, query=works.queries, size=st.integers(1, 4))
def test_pages_are_slices_of_the_whole(shared_engine, corpus, query, size):
    shared_engine.rebuild(corpus)
    whole = shared_engine.search(query)
    pages = [shared_engine.search(replace(query, offset=start, limit=size)) for start in range(0, 10, size)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)[: len(range(0, 10, size)) * size]
    assert {page.total for page in pages} == {whole.total}


@examples(max_examples=25)
@given(before=corpora, after=corpora, query=works.queries, data=st.data())
def test_changes_one_by_one_give_what_a_rebuild_gives(shared_engine, before, after, query, data):
    shared_engine.rebuild(before)
    again = data.draw(st.lists(st.sampled_from(before), max_size=2, unique_by=lambda one: one.id)) if before else []
    gone = data.draw(st.lists(st.sampled_from(before), max_size=2, unique_by=lambda one: one.id)) if before else []
    changed = [replace(document, type="country", pages=after[0].pages) for document in again] if after else []
    assert shared_engine.upsert(iter(after)) == len(after)
    shared_engine.upsert(changed)
    shared_engine.delete([document.id for document in gone] + ["no-such-id"])
    state = {document.id: document for document in [*before, *after, *changed]}
    for document in gone:
        del state[document.id]
    assert shared_engine.fingerprints() == {id: fingerprint(document) for id, document in state.items()}
    oracle = Oracle(state.values())
    query = replace(query, sort="newest")
    result = shared_engine.search(query)
    if as_asked(result, query):
        assert [hit.document.id for hit in result.hits] == oracle.ordered(query)
        counts = {facet: {one.value: one.count for one in values} for facet, values in result.facets.items()}
        assert counts == oracle.facets(query)


def test_every_facet_counts_and_filters(engine):
    """Each facet by itself, without luck: two values chosen, a third one counted all the same."""
    corpus = []
    for number in range(12):
        facets = {
            facet: (f"v{number % 3}",) for facet in FACETS if facet not in ("type", "described_in", "year", "when")
        }
        corpus.append(
            works.document(
                f"w{number}",
                works.page(("es", "en", "fr")[number % 3]),
                type=("strategy", "programme", "expert")[number % 3],
                facets=facets,
                years=(2010 + number % 3,),
                starts_on=works.TODAY.replace(year=2025 + number % 3),
            )
        )
    engine.rebuild(corpus)
    oracle = Oracle(corpus)
    chosen = {"type": ("strategy", "expert"), "described_in": ("es", "fr"), "year": ("2010", "2012")}
    chosen["when"] = ("upcoming",)
    for facet in FACETS:
        query = Query(filters={facet: chosen.get(facet, ("v0", "v2"))}, facets=tuple(FACETS), today=works.TODAY)
        result = engine.search(query)
        assert result.total == len(oracle.matching(query)) == 8
        counts = {name: {one.value: one.count for one in values} for name, values in result.facets.items()}
        assert counts == oracle.facets(query)
        assert sum(counts[facet].values()) == 12


def test_all_languages_or_any(engine):
    engine.rebuild(
        [
            works.document("both", facets={"language": ("es", "pt", "ar")}),
            works.document("one", facets={"language": ("es",)}),
            works.document("none"),
        ]
    )
    both = Query(filters={"language": ("es", "pt"), "type": ("programme",)}, facets=("language", "type"))
    assert engine.search(both).total == 2
    result = engine.search(replace(both, language_match="all"))
    assert [hit.document.id for hit in result.hits] == ["both"]
    assert result.facets["language"] == (("es", 2), ("ar", 1), ("pt", 1))
    assert result.facets["type"] == (("programme", 1),)
    types = Query(filters={"type": ("programme", "country")}, language_match="all")
    assert engine.search(types).total == 3  # only languages can be asked for together


def test_no_value_is_cut_off(engine):
    corpus = [
        works.document(f"w{number}", facets={"organisation": (f"org-{number}", f"org-{number + 1}")})
        for number in range(1500)
    ]
    engine.rebuild(corpus)
    result = engine.search(Query(facets=("organisation",), limit=1))
    assert len(result.facets["organisation"]) == 1501
    one = engine.search(Query(filters={"type": ("programme",)}, facets=("organisation",), limit=1))
    assert one.facets == result.facets
    some = engine.search(Query(filters={"organisation": ("org-3",)}, facets=("organisation", "type"), limit=1))
    assert some.facets["organisation"] == result.facets["organisation"]
    assert [(one.value, one.count) for one in some.facets["type"]] == [("programme", 2)]
    newest = replace(corpus[0], id="newest", type="country", facets={"organisation": ("org-1",)})
    engine.upsert([newest])
    all_but_one = engine.search(Query(filters={"type": ("programme",)}, facets=("organisation",), limit=1))
    assert all_but_one.facets == result.facets


def test_unknown_facets_and_broken_values_narrow_nothing_or_match_nothing(engine):
    engine.rebuild([works.document()])
    assert engine.search(Query(filters={"colour": ("red",)}, facets=("colour",))).total == 1
    assert engine.search(Query(filters={"colour": ("red",)}, facets=("colour",))).facets == {"colour": ()}
    for filters in ({"year": ("abc",)}, {"year": ("99999",)}, {"when": ("someday",)}, {"type": ("\ud800",)}):
        result = engine.search(Query(filters=filters, facets=tuple(filters)))
        assert result.total == 0
        (facet,) = filters
        assert (filters[facet][0], 0) in [(one.value, one.count) for one in result.facets[facet]]
    assert engine.search(Query(filters={"type": ()})).total == 1


def test_pages_far_beyond_the_end_are_empty(engine):
    engine.rebuild([works.document()])
    for sort in ("relevance", "newest", "date", "title"):
        for text in ("", "crianza"):
            result = engine.search(Query(text=text, sort=sort, offset=10**12))
            assert (result.total, result.hits) == (1, ())
    result = engine.search(Query(limit=10**12))
    assert len(result.hits) == 1
    assert engine.search(Query(limit=0)).hits == ()
    assert engine.search(Query(locale="xx", sort="title")).total == 1


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_titles_that_begin_alike_are_in_order_on_every_page(engine, locale):
    """As far as the seventh letter, as far as the thirtieth, and to the end."""
    spanish, arabic = "Programa de crianza con ternura para familias", "برنامج تنمية المهارات الوالدية في المدارس"
    titles = [f"{words} {number % 23}" for words in ("Programa", spanish, arabic, "") for number in range(46)]
    titles += [f"{letter} {words} {number}" for words in (spanish, arabic) for letter in "cab" for number in (3, 1, 2)]
    ids = [f"w{9 * number % 211:03d}" for number in range(len(titles))]
    corpus = [works.document(id, works.page("es", title)) for id, title in zip(ids, titles, strict=True)]
    engine.rebuild(corpus)
    query = Query(sort="title", locale=locale, limit=len(corpus))
    expected = Oracle(corpus).ordered(query)
    pages = [engine.search(replace(query, offset=offset, limit=7)).hits for offset in range(0, len(corpus), 7)]
    assert [hit.document.id for page in pages for hit in page] == expected


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_punctuation_does_not_count_in_the_order_of_titles(engine, locale):
    titles = ["Cuidar – zonas", "Cuidar (a) bebés", "— Cuidar: niños", "¡ Cuidar !", "Cuidar, año 1", "Cuidar … ñandú"]
    corpus = [works.document(f"w{number}", works.page("es", title)) for number, title in enumerate(titles)]
    engine.rebuild(corpus)
    query = Query(sort="title", locale=locale)
    assert [hit.document.id for hit in engine.search(query).hits] == Oracle(corpus).ordered(query)


def test_what_lies_deeper_than_lists_are_shown_is_counted_and_not_asked_for(engine, monkeypatch):
    monkeypatch.setattr(engine, "deepest", 10)
    engine.rebuild(works.document(f"w{number:02d}") for number in range(30))
    for text in ("", "crianza"):
        cut = engine.search(Query(text=text, offset=5, limit=10, facets=("type",)))
        assert [hit.document.id for hit in cut.hits] == [f"w0{number}" for number in range(5, 10)]
        assert (cut.total, cut.facets["type"]) == (30, (("programme", 30),))
        for offset in (10, 29):
            with pytest.raises(EngineError, match="shows its first 10 works"):
                engine.search(Query(text=text, offset=offset))
        assert engine.search(Query(text=text, offset=30)).hits == ()


def test_values_of_a_facet_that_search_does_not_know_are_left_out(engine):
    engine.rebuild([works.document("one", facets={"colour": ("red",), "country": ("CO",)})])
    (country,) = engine.search(Query(facets=("country",))).facets["country"]
    assert (country.value, country.count) == ("CO", 1)
