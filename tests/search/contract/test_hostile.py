"""Any string at all is a legal question: two thousand that were made to break something."""

import random
from itertools import islice, product

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from search.documents import Term
from search.facets import FACETS
from search.query import SORTS, Query
from tests.search.works import document, page

PIECES = (
    "AND", "OR", "NOT", "+", "-", "--", "&&", "||", "!", "(", ")", "{", "}", "[", "]", "^2", '"', '""', "“", "«", "~",
    "~2", "*", "?", ":", "\\", "/", "/.*/", "title:crianza", "crianza*", "*anza", "[a TO z]", "{* TO *}", "_exists_:x",
    "\0", "\x01\x1f", "\ud800", "\udfff\ud800", "\ufeff", "\u200f", "\u202e", "\u2066", "\u200b", "😀", "👩‍👩‍👧", "🇨🇴",
    "crianza", "ال", "ـــ", "َُِ", "é", "e\u0301" * 50, "ß", "İ", "ﷺ", "﷽", "中文", "ไทย", "हिन्दी", "'", "' OR 1=1 --",
    "<script>", "%00", "%s", "{}", "${x}", "../..", "\n", "\r\n", "\t", "\u2028", "١٦٫٢", "16.2", "1e999", "-1", "null",
    "a" * 10_000, "crianza " * 2_000, "-" * 10_000, '"' * 9_999, "(" * 5_000, "ا" * 10_000, "a-" * 5_000, "\U0010ffff",
)  # fmt: skip


def hostile(number: int) -> list[str]:
    """So many different strings, the same at every run: each piece alone, pairs, then longer mixtures."""
    seeded = random.Random(20_261_122)
    texts = dict.fromkeys(PIECES)
    texts |= dict.fromkeys(
        f"{one}{gap}{other}" for one, gap, other in islice(product(PIECES, ("", " "), PIECES), 0, None, 9)
    )
    while len(texts) < number:
        texts["".join(seeded.choices((*PIECES, " "), k=seeded.randint(3, 9)))] = None
    return list(texts)[:number]


def library(engine):
    engine.rebuild(
        [document("es", page("es", "Crianza con ternura", body="título")), document("ar", page("ar", "حماية الأطفال"))]
    )


def ask(engine, text: str, **more) -> None:
    result = engine.search(Query(text=text, **more))
    assert 0 <= result.total <= 2
    assert len(result.hits) == result.total


def test_two_thousand_hostile_questions(shared_engine):
    library(shared_engine)
    texts = hostile(2000)
    assert len(set(texts)) == 2000
    for number, text in enumerate(texts):
        sort = SORTS[number % len(SORTS)]
        ask(shared_engine, text, sort=sort, facets=("type", "year", "when"), locale=("es", "ar", "xx")[number % 3])
        if number % 20 == 0:
            assert isinstance(shared_engine.suggest(text, "es"), tuple)


@examples(max_examples=100)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_characters(shared_engine, text):
    library(shared_engine) if not shared_engine.health().ok else None
    ask(shared_engine, text)


@examples(max_examples=50)
@given(filters=st.dictionaries(st.sampled_from(tuple(FACETS)), st.lists(st.text(max_size=8), max_size=3).map(tuple)))
def test_any_values(shared_engine, filters):
    library(shared_engine) if not shared_engine.health().ok else None
    result = shared_engine.search(Query(filters=filters, facets=tuple(FACETS), language_match="all"))
    for facet, values in filters.items():
        assert set(values) <= {one.value for one in result.facets[facet]}


@examples(max_examples=25)
@given(title=st.text(st.characters(codec=None), max_size=40), id=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_document(shared_engine, title, id):
    work = document(id, page("es", title, body=title), keywords=(Term((("es", title),)),), facets={"topic": (title,)})
    assert shared_engine.rebuild([work]) == 1
    assert shared_engine.search(Query()).hits[0].document.pages[0].title == title
    shared_engine.delete([id])
    assert shared_engine.search(Query()).total == 0
