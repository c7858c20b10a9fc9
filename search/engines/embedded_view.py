"""One state of the index on disk, as a process sees it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter, neg
from pathlib import Path
from typing import NamedTuple

import tantivy

from search import storage
from search.documents import Document
from search.engines import fields
from search.engines.base import EngineError
from search.engines.embedded_facets import FacetCounter, number_of
from search.engines.embedded_query import Asking, works
from search.engines.embedded_schema import VERSION, register_tokenizers
from search.engines.ties import between
from search.languages import LOCALES
from search.query import Hit, Query, Result
from search.spelling import Dictionary

TIE_ROOM = 30  # hits asked for beyond the page, in which equal scores usually end

_Query = tantivy.Query
_ASCENDING = tantivy.Order.Asc
Scored = tuple[float, Document]
Found = tuple[list[Scored], int]  # a page of works, and the number of all that match


class Ties(NamedTuple):
    """How works stand that come at one number: by the numbers that `columns` gives of each, then by `key`."""

    columns: Callable[[list[tantivy.DocAddress]], Iterable[tuple[int, ...]]]
    key: Callable[[Document], str]


def open_index(path: Path, version: str) -> tantivy.Index:
    """The index at `path` for reading; EngineError where `version` is not ours."""
    if version != VERSION:
        raise EngineError("The search index was made by another version of the hub. Run: manage.py search_rebuild")
    index = tantivy.Index.open(str(path))
    register_tokenizers(index)
    # Reloading is ours to do: the policy that watches the folder needs a thread, and no thread survives a fork.
    index.config_reader("manual", 0)
    return index


class View:
    """The index at `path` as it is until the next change; errors of tantivy are left to the caller."""

    def __init__(self, path: Path, index: tantivy.Index) -> None:
        index.reload()
        self.index = index
        self.searcher = index.searcher()
        self.schema = index.schema
        self._files = [(file, file.stat().st_size) for file in path.iterdir() if not file.name.startswith(".")]
        self.works = number_of(self.searcher, works(self.schema))
        self._facets = FacetCounter(self.searcher, self.works)
        self._dictionary: Dictionary | None = None

    def check(self) -> None:
        """EngineError where a file was cut, OSError where one is gone: reading on might end the process."""
        for file, size in self._files:
            if file.stat().st_size < size:
                raise EngineError(f"The search index is damaged ({file.name}). Run: manage.py search_rebuild")

    def asking(self, query: Query) -> Asking:
        """`query` as questions to this state."""
        return Asking(query, self.searcher, self.schema, self.searcher.num_docs - self.works)

    def answer(self, query: Query) -> Result:
        """The works that match the text as it stands, and the counts."""
        asking = self.asking(query)
        found, total = self._found(asking)
        scored = asking.expression.is_scored and query.sort == "relevance"
        hits = tuple(Hit(document, number if scored else 0.0) for number, document in found)
        return Result(hits=hits, total=total, facets=self._facets.count(asking, total))

    def totals(self, queries: Sequence[Query]) -> list[int]:
        """How many works match each of `queries`."""
        return [number_of(self.searcher, self.asking(query).matching()) for query in queries]

    def having(self, forms: Sequence[str]) -> list[int]:
        """How many works and terms have each of `forms`."""
        frequency = self.searcher.doc_freq
        return [frequency("words", form) + frequency("term_words", form) for form in forms]

    def fingerprints(self) -> dict[str, str]:
        """Document id to fingerprint."""
        terms = self.searcher.terms_with_prefix("fingerprint", "", filter_query=_Query.all_query())
        return dict(term.rsplit(" ", 1) for term, _count in terms)

    def dictionary(self) -> Dictionary:
        """All folded words of the index, those of terms too."""
        if self._dictionary is None:
            entries = (self.searcher.terms_with_prefix(field, "") for field in ("folded", "term_folded"))
            self._dictionary = Dictionary(chain.from_iterable(entries))
        return self._dictionary

    def _found(self, asking: Asking) -> Found:
        query = asking.query
        # tantivy makes room for offset + limit hits at once: a number without bounds would end the process.
        offset = min(query.offset, self.works)
        limit = min(query.limit, self.works - offset)
        if query.sort == "date":
            return self._by_date(asking, offset, limit)
        if query.sort == "title":
            return self._by_title(asking, offset, limit)
        if query.sort == "year":
            return self._ordered(asking.matching(), offset, limit, order_by_field="by_year")
        if query.sort == "order":
            return self._ordered(asking.matching(), offset, limit, order_by_field="by_order", order=_ASCENDING)
        if query.sort == "newest" or not asking.expression.is_scored:
            return self._ordered(asking.matching(), offset, limit, order_by_field="added")
        return self._ordered(asking.scored(), offset, limit, weight_by_field="recency")

    def _by_title(self, asking: Asking, offset: int, limit: int) -> Found:
        locale = asking.query.locale if asking.query.locale in LOCALES else LOCALES[0]
        first, *others = fields.TITLE_COLUMNS[locale]

        def next_letters(addresses: list[tantivy.DocAddress]) -> Iterable[tuple[int, ...]]:
            return zip(*(self.searcher.fast_field_values(column, addresses) for column in others), strict=True)

        ties = Ties(next_letters, lambda work: fields.title_keys(work)[locale])
        return self._ordered(asking.matching(), offset, limit, ties, order_by_field=first, order=_ASCENDING)

    def _by_date(self, asking: Asking, offset: int, limit: int) -> Found:
        """What is still to come, the next first; then what is past, the latest first; then what has no date."""
        parts = (
            (asking.when("upcoming"), {"order_by_field": "by_start", "order": _ASCENDING}),
            (asking.when("past"), {"order_by_field": "by_start"}),
            (asking.undated(), {"order_by_field": "added"}),
        )
        hits: list[Scored] = []
        total = 0
        for also, order in parts:
            first = max(0, offset - total)
            more, count = self._ordered(asking.matching(also=also), first, limit - len(hits), **order)
            hits += more
            total += count
        return hits, total

    def _ordered(self, question: _Query, offset: int, limit: int, ties: Ties | None = None, **order) -> Found:
        """A page of the works that match, in the order of a number, then of `ties`: the newest first, then by id."""
        ties = ties or Ties(self._newest_first, attrgetter("id"))
        end = offset + limit
        before = after = TIE_ROOM
        while True:
            # Only what stands around the page is taken out of the index.
            first = max(0, offset - before)
            found = self.searcher.search(question, end + after - first, offset=first, **order)
            hits, total = found.hits, found.count
            # Works of equal number come in the order of storage: all of them must be here before they can be ordered.
            begins_earlier = first > 0 and len(hits) > offset - first and hits[0][0] == hits[offset - first][0]
            last = first + len(hits)
            ends_later = limit and end < last < total and hits[-1][0] == hits[end - 1 - first][0]
            if not begins_earlier and not ends_later:
                break
            before = before * 8 if begins_earlier else before
            after = after * 8 if ends_later else after
        page: list[Scored] = []
        start = first
        for number, group in groupby(hits, key=itemgetter(0)):
            equal = [address for _number, address in group]
            if start < end and start + len(equal) > offset:
                page += [(number, work) for work in self._in_order(equal, ties, max(0, offset - start), end - start)]
            start += len(equal)
        return page, total

    def _in_order(self, addresses: list[tantivy.DocAddress], ties: Ties, start: int, end: int) -> list[Document]:
        """The works from `start` to `end` of these, in the order of `ties`. Only those are read from disk."""
        if len(addresses) == 1:
            return [self._document(addresses[0])]
        ranked = sorted(zip(ties.columns(addresses), addresses, strict=True), key=itemgetter(0))
        return between(ranked, start, end, self._document, ties.key)

    def _newest_first(self, addresses: list[tantivy.DocAddress]) -> Iterable[tuple[int, int]]:
        added = self.searcher.fast_field_values("added", addresses)
        return zip(map(neg, added), self.searcher.fast_field_values("id_head", addresses), strict=True)

    def _document(self, address: tantivy.DocAddress) -> Document:
        return storage.load(bytes(self.searcher.doc(address)["stored"][0]))
