"""How well a work fits a question is the same on both engines: one list of hits cannot be told from the other."""

import pytest

from search.engines.embedded import EmbeddedEngine
from search.languages import LOCALES
from search.query import Query
from tests import elasticsearch_server
from tests.bench.synthetic import Corpus

pytestmark = pytest.mark.elasticsearch

WORKS = 300
# The embedded engine lets the newer of two equal works win by a part of the score: embedded_schema.py says how small.
NEWER = 0.002


def questions(works):
    """Words of titles, of summaries and of terms, alone, together, begun, in a row, and with stop words."""
    for number, work in enumerate(works[:: WORKS // 75]):
        title, summary = work.pages[0].title.split(), work.pages[0].summary.split()
        term = work.keywords[0].names[0][1].split()
        texts = (
            f"{title[0]} ",
            f"{title[-1]} {summary[-1]} ",
            f"{term[0]} {title[-1]} ",
            f"{summary[0][:3]}",
            f"{term[0]} {term[-1][:4]}",
            f'"{" ".join(summary[:2])}" {title[0]} ',
            f"{' '.join(title[:3])} ",
        )
        yield texts[number % len(texts)], LOCALES[number % len(LOCALES)]


def test_scores_are_the_same_on_both_engines(tmp_path):
    corpus = Corpus()
    works = [corpus.document(number) for number in range(WORKS)]
    embedded = EmbeddedEngine(tmp_path / "index")
    embedded.rebuild(works)
    with elasticsearch_server.engine() as cluster:
        cluster.rebuild(works)
        for text, locale in questions(works):
            here, there = (
                {hit.document.id: hit.score for hit in engine.search(Query(text=text, locale=locale, limit=WORKS)).hits}
                for engine in (embedded, cluster)
            )
            assert here, text
            assert here == pytest.approx(there, rel=NEWER), text
