"""What readers ask in a measurement: five kinds of questions, the same at every run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from search.documents import Document
from search.engines.base import Engine
from search.languages import LOCALES
from search.query import Query
from search.stopwords import is_stop_word
from search.words import fold
from tests.bench.models import PEER_FACETS
from tests.bench.synthetic import Corpus

HITS = 20
FACETS = PEER_FACETS  # eight, those the peer has too
KINDS = ("words", "facets", "words and facets", "prefix", "deepest page")


class Asker:
    """Makes questions from the words of `corpus` and the values that the works of `sample` have."""

    def __init__(self, corpus: Corpus, sample: Sequence[Document], seed: int = 7) -> None:
        self.corpus = corpus
        self.sample = sample
        self.random = Random(seed)
        corpus.random = self.random

    def questions(self, count: int) -> dict[str, list[Query]]:
        """`count` questions of each kind; those of the kind "deepest page" are on their first page still."""
        return {kind: [self._question(kind, number) for number in range(count)] for kind in KINDS}

    def _question(self, kind: str, number: int) -> Query:
        locale = LOCALES[number % len(LOCALES)]
        query = Query(locale=locale, facets=FACETS, limit=HITS, sort="newest")
        words = replace(query, text=self._words(locale, 1 + number % 3), sort="relevance")
        if kind == "words":
            return words
        if kind == "facets":
            return replace(query, filters=self._filters(1 + number % 2))
        if kind == "words and facets":
            return replace(words, text=self._words(locale, 1), filters=self._filters(1 + number % 2))
        if kind == "prefix":
            return replace(words, text=self._words(locale, 1 + number % 2, shortened=True))
        # Pages that readers do reach: of everything, of a list, of the works with a word.
        deep = (query, replace(query, filters=self._filters(1)), replace(words, text=self._words(locale, 1)))
        return deep[number % len(deep)]

    def _words(self, locale: str, number: int, shortened: bool = False) -> str:
        words = self.corpus.question(locale, number)
        if not shortened:
            return words
        *others, last = words.split()
        begun = last[: self.random.randint(2, 4)]
        # As the whole words: no stop word, which questions lose.
        return self._words(locale, number, shortened) if is_stop_word(fold(begun)) else " ".join([*others, begun])

    def _filters(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """At most `number` facets that a work has together, so that something matches."""
        work = self.random.choice(self.sample)
        values = {facet: work.facets[facet] for facet in FACETS if work.facets.get(facet)} | {"type": (work.type,)}
        # The first value: the peer has no other.
        return {facet: values[facet][:1] for facet in self.random.sample(sorted(values), min(number, len(values)))}


def at_the_end(engine: Engine, query: Query) -> Query:
    """`query`, on the last page that the engine shows."""
    total = engine.search(replace(query, facets=())).total
    total = min(total, engine.deepest)
    return replace(query, offset=max(0, total - 1) // query.limit * query.limit)


def ready(engine: Engine, questions: Mapping[str, Sequence[Query]]) -> dict[str, list[Query]]:
    """`questions` as they are asked of an index: those of the last kind moved to the end of what is found."""
    asked = {kind: list(queries) for kind, queries in questions.items()}
    asked["deepest page"] = [at_the_end(engine, query) for query in questions["deepest page"]]
    return asked
