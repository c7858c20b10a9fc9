"""Exact counts of works for each value of a facet."""

import tantivy

from search import years
from search.engines.embedded_query import Asking
from search.engines.embedded_schema import COLUMNS
from search.query import FacetCount

# What counting costs, measured, in microseconds: a value read from a column and added to a table, an entry of a
# posting list, a term of the dictionary, the matching of the question. Only their relations matter.
COLUMN_VALUE, POSTING, TERM, MATCHING = 0.025, 0.0015, 1.2, 300.0


class FacetCounter:
    """Counts in one state of the index; what it learns of the whole index it keeps."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._totals: dict[str, dict[str, int]] = {}

    def count(self, asking: Asking, matches: int) -> dict[str, tuple[FacetCount, ...]]:
        """Every facet that `asking` wants counted; `matches` is the number of works that match with all filters."""
        facets = tuple(dict.fromkeys(asking.query.facets))
        together = [facet for facet in facets if facet not in asking.filters]
        counts = self._counts(asking, asking.matching(), together, matches) if together else {}
        for facet in asking.filters.keys() & set(facets):
            counts |= self._without_own_filter(asking, facet)
        return {facet: _in_order(counts[facet]) for facet in facets}

    def _without_own_filter(self, asking: Asking, facet: str) -> dict[str, dict[str, int]]:
        question = asking.matching(without=facet)
        counts = self._counts(asking, question, [facet], self._number(question))
        for value in asking.query.filters[facet]:
            if value not in counts[facet]:
                # A range of years is counted like a value; any other value that was not met has no works.
                is_range = facet == "year" and years.read(value) is not None
                counts[facet][value] = self._number(_both(question, asking.value(facet, value))) if is_range else 0
        return counts

    def _counts(
        self, asking: Asking, question: tantivy.Query, facets: list[str], matches: int
    ) -> dict[str, dict[str, int]]:
        """Value to count, those above zero, in each of `facets`, among the `matches` works that `question` matches."""
        counts: dict[str, dict[str, int]] = {}
        columns = {}
        for facet in facets:
            if facet == "when":
                found = {value: self._number(_both(question, asking.when(value))) for value in ("upcoming", "past")}
                counts[facet] = {value: count for value, count in found.items() if count}
            elif not matches or facet not in COLUMNS:
                counts[facet] = {}
            elif matches == self._searcher.num_docs:
                counts[facet] = dict(self._total(facet))
            elif self._columns_are_faster(facet, matches):
                # Room for one value more than there are: nothing is cut off.
                columns[facet] = {"terms": {"field": f"facet_{facet}", "size": len(self._total(facet)) + 1}}
            else:
                counts[facet] = self._among(facet, question)
        if columns:
            answer = self._searcher.aggregate(question, columns)
            for facet in columns:
                counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]}
        return counts

    def _columns_are_faster(self, facet: str, matches: int) -> bool:
        """Columns cost by the match, posting lists by their length whatever matches. Both are exact."""
        totals = self._total(facet)
        entries = sum(totals.values())
        columns = matches * entries / self._searcher.num_docs * COLUMN_VALUE
        return columns < MATCHING + len(totals) * TERM + entries * POSTING

    def _total(self, facet: str) -> dict[str, int]:
        """The counts among all works."""
        if facet not in self._totals:
            self._totals[facet] = self._among(facet, tantivy.Query.all_query())
        return self._totals[facet]

    def _among(self, facet: str, question: tantivy.Query) -> dict[str, int]:
        terms = self._searcher.terms_with_prefix(f"facet_{facet}", "", filter_query=question)
        return {value: count for value, count in terms if count}

    def _number(self, question: tantivy.Query) -> int:
        return self._searcher.search(question, 1).count


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, one), (tantivy.Occur.Must, other)])


def _in_order(counts: dict[str, int]) -> tuple[FacetCount, ...]:
    return tuple(
        FacetCount(value, count) for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
