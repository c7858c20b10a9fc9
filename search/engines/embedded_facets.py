"""Exact counts of works for each value of a facet."""

from collections.abc import Iterable
from itertools import repeat
from operator import itemgetter

import tantivy

from search import years
from search.engines.embedded_query import Asking
from search.engines.fields import COUNTED, LONGEST_START
from search.matching import Expression
from search.query import FacetCount

Counts = dict[str, dict[str, int]]
_MUST, _NOT = tantivy.Occur.Must, tantivy.Occur.MustNot

# What counting costs, measured, in microseconds: a value read from a column and added to a table, an entry of a
# posting list, a term of the dictionary; the matching of a question, of each of its phrases and long beginnings, of
# each work that has a form of a word, of each that has a chosen value. Only their relations matter: every way gives
# the same counts.
COLUMN_VALUE, POSTING, TERM, MATCHING, PHRASE, WORD, CHOSEN = 0.027, 0.001, 1.2, 50.0, 400.0, 0.004, 0.009
FEW_LEFT = 0.1  # share of the works
FEW_VALUES = 300  # a facet of no more is walked through without further thought


class FacetCounter:
    """Counts in one state of the index; what it learns of the whole index it keeps.

    There are three ways. Columns cost by the work that matches. Posting lists cost by their
    length, whatever matches; those of one facet are walked with a matching of their own,
    or those of all facets with one, which pays for questions that are slow to match.
    """

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._totals: Counts = {}
        self._entries: dict[str, int] = {}

    def count(self, asking: Asking, matches: int) -> dict[str, tuple[FacetCount, ...]]:
        """Every facet that `asking` wants counted; `matches` is the number of works that match with all filters."""
        facets = tuple(dict.fromkeys(asking.query.facets))
        together = [facet for facet in facets if facet not in asking.filters]
        counts: Counts = {facet: {} for facet in facets}
        if together and matches:
            counts |= self._counts(asking, asking.matching(), together, matches)
        for facet in facets:
            if facet in asking.filters:
                counts[facet] = self._without_own_filter(asking, facet)
        return {facet: _in_order(counts[facet]) for facet in facets}

    def _without_own_filter(self, asking: Asking, facet: str) -> dict[str, int]:
        question = asking.matching(without=facet)
        if asking.asks_nothing(without=facet):
            matches = self._searcher.num_docs
        elif facet in COUNTED and len(self._all()[facet]) <= FEW_VALUES:
            matches = None  # finding out would cost more than it could save
        else:
            matches = self._number(question)
        counts = self._counts(asking, question, [facet], matches)[facet]
        for value in asking.query.filters[facet]:
            if value not in counts:
                # A range of years is counted like a value; any other value that was not met has no works.
                is_range = facet == "year" and years.read(value) is not None
                counts[value] = self._number(_both(question, asking.value(facet, value))) if is_range else 0
        return counts

    def _counts(self, asking: Asking, question: tantivy.Query, facets: list[str], matches: int | None) -> Counts:
        """Value to count, those above zero, in each of `facets`, among the works that `question` matches: `matches`
        in number, None where that is not known."""
        counts: Counts = {facet: {} for facet in facets}
        known = [facet for facet in facets if facet in COUNTED]
        if matches == self._searcher.num_docs:
            counts |= {facet: dict(self._all()[facet]) for facet in known}
        elif matches is not None and self._searcher.num_docs - matches < self._searcher.num_docs * FEW_LEFT:
            # The few works that do not match are sooner counted.
            rest = tantivy.Query.boolean_query([(_MUST, tantivy.Query.all_query()), (_NOT, question)])
            missing = self._counted(asking, rest, known, self._searcher.num_docs - matches)
            for facet in known:
                left = {value: count - missing[facet].get(value, 0) for value, count in self._all()[facet].items()}
                counts[facet] = {value: count for value, count in left.items() if count}
        elif known:
            counts |= self._counted(asking, question, known, matches)
        if "when" in facets:
            found = {value: self._number(_both(question, asking.when(value))) for value in ("upcoming", "past")}
            counts["when"] = {value: count for value, count in found.items() if count}
        return counts

    def _counted(self, asking: Asking, question: tantivy.Query, facets: list[str], matches: int | None) -> Counts:
        """As `_counts`, of facets that have a column, in the way that costs least."""
        columns, walked = self._cheapest(asking, facets, matches)
        if walked is None:
            found = self._from_postings("", question)
            return {facet: found.get(facet, {}) for facet in facets}
        counts = self._from_columns(columns, question) if columns else {}
        for facet in walked:
            counts[facet] = self._from_postings(f"{facet}=", question).get(facet, {})
        return counts

    def _cheapest(self, asking: Asking, facets: list[str], matches: int | None) -> tuple[list[str], list[str] | None]:
        """Which of `facets` to count from columns and which to walk through one by one; None is all in one walk."""
        totals = self._all()
        matching = MATCHING + self._cost_of_text(asking.expression)
        for facet in asking.filters:
            chosen = asking.query.filters[facet]
            matching += CHOSEN * sum(totals.get(facet, {}).get(value, self._searcher.num_docs) for value in chosen)
        walks = {facet: len(totals[facet]) * TERM + self._entries[facet] * POSTING for facet in COUNTED}
        if matches is None:
            return [], facets
        share = matches / self._searcher.num_docs
        reads = {facet: share * self._entries[facet] * COLUMN_VALUE for facet in facets}
        columns = [facet for facet in facets if reads[facet] <= matching + walks[facet]]
        walked = [facet for facet in facets if facet not in columns]
        apart = sum(reads[facet] for facet in columns) + sum(matching + walks[facet] for facet in walked)
        return ([], None) if apart > matching + sum(walks.values()) else (columns, walked)

    def _cost_of_text(self, expression: Expression) -> float:
        """What matching the words and phrases costs: the former by the number of works that have them."""
        cost = PHRASE * len(expression.phrases)
        for word in expression.words:
            cost += WORD * sum(self._searcher.doc_freq("all", form) for form in word.forms)
            if len(word.prefix) > LONGEST_START:
                cost += PHRASE
            elif word.prefix:
                cost += WORD * self._searcher.doc_freq("starts", word.prefix)
        return cost

    def _from_columns(self, facets: Iterable[str], question: tantivy.Query) -> Counts:
        # Room for one value more than there are: nothing is cut off.
        sizes = {facet: len(self._all()[facet]) + 1 for facet in facets}
        answer = self._searcher.aggregate(
            question, {facet: {"terms": {"field": f"column_{facet}", "size": size}} for facet, size in sizes.items()}
        )
        return {facet: {one["key"]: one["doc_count"] for one in answer[facet]["buckets"]} for facet in sizes}

    def _from_postings(self, beginning: str, question: tantivy.Query) -> Counts:
        counts: Counts = {}
        for term, count in self._searcher.terms_with_prefix("facets", beginning, filter_query=question):
            facet, _equals, value = term.partition("=")
            counts.setdefault(facet, {})[value] = count
        return counts

    def _all(self) -> Counts:
        """The counts among all works."""
        if not self._totals:
            found = self._from_postings("", tantivy.Query.all_query())
            self._totals = {facet: found.get(facet, {}) for facet in COUNTED}
            self._entries = {facet: sum(counts.values()) for facet, counts in self._totals.items()}
        return self._totals

    def _number(self, question: tantivy.Query) -> int:
        return self._searcher.search(question, 1).count


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, one), (_MUST, other)])


def _in_order(counts: dict[str, int]) -> tuple[FacetCount, ...]:
    """By count descending, then by value."""
    ordered = sorted(counts.items())
    ordered.sort(key=itemgetter(1), reverse=True)
    return tuple(map(tuple.__new__, repeat(FacetCount), ordered))  # FacetCount(*pair), three times as fast
