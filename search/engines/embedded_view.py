"""One state of the index on disk, as a process sees it."""

from itertools import groupby
from pathlib import Path

import tantivy

from search import storage
from search.documents import Document
from search.engines.base import EngineError
from search.engines.embedded_facets import FacetCounter
from search.engines.embedded_query import Asking
from search.engines.embedded_schema import VERSION, register_tokenizers
from search.languages import LOCALES
from search.query import Hit, Query, Result
from search.spelling import Dictionary

TIE_ROOM = 30  # hits asked for beyond the page, in which equal scores usually end

_Query = tantivy.Query
_Scored = tuple[float, tantivy.DocAddress]


class View:
    """The index at `path` as it is until the next change; errors of tantivy are left to the caller."""

    def __init__(self, path: Path, version: str) -> None:
        if version != VERSION:
            raise EngineError("The search index was made by another version of the hub. Run: manage.py search_rebuild")
        index = tantivy.Index.open(str(path))
        register_tokenizers(index)
        # Reloading is ours to do: the policy that watches the folder needs a thread, and no thread survives a fork.
        index.config_reader("manual", 0)
        index.reload()
        self.searcher = index.searcher()
        self.schema = index.schema
        self._files = [(file, file.stat().st_size) for file in path.iterdir() if not file.name.startswith(".")]
        self._facets = FacetCounter(self.searcher)
        self._dictionary: Dictionary | None = None

    def check(self) -> None:
        """EngineError where a file was cut, OSError where one is gone: reading on might end the process."""
        for file, size in self._files:
            if file.stat().st_size < size:
                raise EngineError(f"The search index is damaged ({file.name}). Run: manage.py search_rebuild")

    def answer(self, query: Query) -> Result:
        """The works that match the text as it stands, and the counts."""
        asking = Asking(query, self.schema)
        hits, total = self._hits(asking)
        return Result(hits=hits, total=total, facets=self._facets.count(asking, total))

    def fingerprints(self) -> dict[str, str]:
        """Document id to fingerprint."""
        terms = self.searcher.terms_with_prefix("fingerprint", "", filter_query=_Query.all_query())
        # A work that was replaced leaves its old term behind, counting nothing, until segments are merged.
        return dict(term.rsplit(" ", 1) for term, count in terms if count)

    def dictionary(self) -> Dictionary:
        """All folded words of the index."""
        if self._dictionary is None:
            self._dictionary = Dictionary(self.searcher.terms_with_prefix("folded", ""))
        return self._dictionary

    def _hits(self, asking: Asking) -> tuple[tuple[Hit, ...], int]:
        query = asking.query
        # tantivy makes room for offset + limit hits at once: a number without bounds would end the process.
        offset = min(query.offset, self.searcher.num_docs)
        limit = min(query.limit, self.searcher.num_docs - offset)
        if query.sort == "date":
            return self._by_date(asking, offset, limit)
        if query.sort in ("newest", "year"):
            return self._sorted(asking.matching(), f"by_{query.sort}", offset, limit)
        if query.sort == "title":
            return self._sorted(asking.matching(), f"by_title_{_known(query.locale)}", offset, limit)
        if asking.expression.is_scored:
            return self._by_relevance(asking.scored(), offset, limit)
        return self._sorted(asking.matching(), "by_newest", offset, limit)

    def _sorted(self, question: _Query, key: str, offset: int, limit: int) -> tuple[tuple[Hit, ...], int]:
        found = self.searcher.search(
            question, max(limit, 1), offset=offset, order_by_field=key, order=tantivy.Order.Asc
        )
        return tuple(Hit(self._document(address)) for _key, address in found.hits[:limit]), found.count

    def _by_date(self, asking: Asking, offset: int, limit: int) -> tuple[tuple[Hit, ...], int]:
        """What is still to come, the next first; then what is past, the latest first; then what has no date."""
        undated = asking.undated()
        parts = ((asking.when("upcoming"), "by_start"), (asking.when("past"), "by_latest"), (undated, "by_newest"))
        hits: tuple[Hit, ...] = ()
        total = 0
        for also, key in parts:
            first = max(0, offset - total)
            more, count = self._sorted(asking.matching(also=also), key, first, limit - len(hits))
            hits += more
            total += count
        return hits, total

    def _by_relevance(self, question: _Query, offset: int, limit: int) -> tuple[tuple[Hit, ...], int]:
        """The best first; equal scores by newest, then by id."""
        end = offset + limit
        size = end + TIE_ROOM
        while True:
            found = self.searcher.search(question, size)
            hits = found.hits
            # Works of equal score come in the order of storage: all of them must be here before they can be ordered.
            if len(hits) <= end or len(hits) == found.count or hits[-1][0] < hits[end - 1][0]:
                break
            size *= 8
        first = (
            next((n for n, hit in enumerate(hits) if hit[0] == hits[offset][0]), 0) if offset < len(hits) else offset
        )
        page = self._newest_first(hits[first:], offset - first, end - first)
        return tuple(Hit(self._document(address), score) for score, address in page), found.count

    def _newest_first(self, hits: list[_Scored], start: int, end: int) -> list[_Scored]:
        """`hits`[`start`:`end`] after ordering those of equal score."""
        added = self.searcher.fast_field_values("added", [address for _score, address in hits])
        keyed = sorted(zip(hits, added, strict=True), key=lambda pair: (-pair[0][0], -pair[1]))
        ordered: list[_Scored] = []
        for _key, group in groupby(keyed, key=lambda pair: (pair[0][0], pair[1])):
            equal = [hit for hit, _added in group]
            if len(equal) > 1 and len(ordered) < end and len(ordered) + len(equal) > start:
                equal.sort(key=lambda hit: self._document(hit[1]).id)
            ordered += equal
        return ordered[start:end]

    def _document(self, address: tantivy.DocAddress) -> Document:
        return storage.load(bytes(self.searcher.doc(address)["stored"][0]))


def _known(locale: str) -> str:
    return locale if locale in LOCALES else LOCALES[0]
