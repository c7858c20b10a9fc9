"""Exact counts of works for each value of a facet."""

from collections.abc import Iterable
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

import tantivy

from search import years
from search.engines.embedded_query import Asking
from search.engines.fields import COUNTED
from search.query import FacetCount
from search.texts import START

Counts = dict[str, dict[str, int]]
_MUST, _NOT = tantivy.Occur.Must, tantivy.Occur.MustNot

# What counting costs, measured at 100,000 works, in microseconds: a value read from a column and added to a table, an
# entry of a posting list, a term of the dictionary; the matching of a question, of each of its phrases and long
# beginnings, of each work that has a form of a word, of each entry of the lists of terms that have the word in their
# names and of all of these together, of each work that has a chosen value, of each when it must have two; the look at
# each work that the question is not to match. Only their relations matter: every way gives the same counts.
COLUMN_VALUE, POSTING, TERM = 0.022, 0.0013, 1.3
MATCHING, PHRASE, WORD, NAMED, NAMES, CHOSEN, CHOSEN_TWICE, LOOK = 20.0, 400.0, 0.005, 0.008, 200.0, 0.003, 0.006, 0.005
FEW_VALUES = 300  # a facet of no more is walked through without further thought


class Plan(NamedTuple):
    """A way to count: `columns` are read, `walked` walked through one by one; None is all facets in one walk. `cost`
    in microseconds."""

    cost: float
    columns: list[str]
    walked: list[str] | None


class FacetCounter:
    """Counts in one state of the index; what it learns of the whole index it keeps.

    There are four ways. Columns cost by the work that matches; where most do, those of the
    works that do not match are read. Posting lists cost by their length, whatever matches;
    those of one facet are walked with a matching of their own, or those of all facets with
    one, which pays for questions that are slow to match.
    """

    def __init__(self, searcher: tantivy.Searcher, works: int) -> None:
        self._searcher = searcher
        self._works = works
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
            matches = self._works
        elif facet in COUNTED and len(self._all()[facet]) <= FEW_VALUES:
            matches = None  # finding out would cost more than it could save
        else:
            matches = number_of(self._searcher, question)
        counts = self._counts(asking, question, [facet], matches)[facet]
        for value in asking.query.filters[facet]:
            if value not in counts:
                # A range of years is counted like a value; any other value that was not met has no works.
                is_range = facet == "year" and years.read(value) is not None
                in_range = _both(question, asking.value(facet, value))
                counts[value] = number_of(self._searcher, in_range) if is_range else 0
        return counts

    def _counts(self, asking: Asking, question: tantivy.Query, facets: list[str], matches: int | None) -> Counts:
        """Value to count, those above zero, in each of `facets`, among the works that `question` matches: `matches`
        in number, None where that is not known."""
        counts: Counts = {facet: {} for facet in facets}
        known = [facet for facet in facets if facet in COUNTED]
        if matches == self._works:
            counts |= {facet: dict(self._all()[facet]) for facet in known}
        elif known:
            counts |= self._counted(asking, question, known, matches)
        if "when" in facets:
            found = {
                value: number_of(self._searcher, _both(question, asking.when(value))) for value in ("upcoming", "past")
            }
            counts["when"] = {value: count for value, count in found.items() if count}
        return counts

    def _counted(self, asking: Asking, question: tantivy.Query, facets: list[str], matches: int | None) -> Counts:
        """As `_counts`, of facets that have a column, in the way that costs least."""
        matching = self._cost_of_matching(asking)
        plan = self._cheapest(matching, facets, matches)
        if matches is not None and self._cost_of_rest(matching, facets, matches) < plan.cost:
            return self._less_the_rest(question, facets)
        if plan.walked is None:
            found = self._from_postings("", question)
            return {facet: found.get(facet, {}) for facet in facets}
        counts = self._from_columns(plan.columns, question) if plan.columns else {}
        for facet in plan.walked:
            counts[facet] = self._from_postings(f"{facet}=", question).get(facet, {})
        return counts

    def _less_the_rest(self, question: tantivy.Query, facets: list[str]) -> Counts:
        """The counts among all works less those among the works that `question` does not match."""
        rest = tantivy.Query.boolean_query([(_MUST, tantivy.Query.all_query()), (_NOT, question)])
        missing = self._from_columns(facets, rest)
        counts: Counts = {}
        for facet in facets:
            left = {value: count - missing[facet].get(value, 0) for value, count in self._all()[facet].items()}
            counts[facet] = {value: count for value, count in left.items() if count}
        return counts

    def _cheapest(self, matching: float, facets: list[str], matches: int | None) -> Plan:
        """How to count `facets` for a question that costs `matching` to match, and matches `matches` works."""
        walks = {facet: len(self._all()[facet]) * TERM + self._entries[facet] * POSTING for facet in COUNTED}
        if matches is None:
            return Plan(sum(matching + walks[facet] for facet in facets), [], facets)
        reads = self._costs_of_columns(facets, matches)
        columns = [facet for facet in facets if reads[facet] <= matching + walks[facet]]
        walked = [facet for facet in facets if facet not in columns]
        apart = sum(reads[facet] for facet in columns) + sum(matching + walks[facet] for facet in walked)
        together = matching + sum(walks.values())
        return Plan(apart, columns, walked) if apart <= together else Plan(together, [], None)

    def _cost_of_rest(self, matching: float, facets: list[str], matches: int) -> float:
        rest = self._works - matches
        return matching + self._works * LOOK + sum(self._costs_of_columns(facets, rest).values())

    def _costs_of_columns(self, facets: list[str], works: int) -> dict[str, float]:
        """Facet to what it costs to read its values of so many works."""
        self._all()
        share = works / self._works
        return {facet: share * self._entries[facet] * COLUMN_VALUE for facet in facets}

    def _cost_of_matching(self, asking: Asking) -> float:
        totals = self._all()
        works = [
            sum(totals.get(facet, {}).get(value, self._works) for value in asking.query.filters[facet])
            for facet in asking.filters
        ]
        chosen = sum(works) * (CHOSEN_TWICE if len(works) > 1 else CHOSEN)
        return MATCHING + self._cost_of_text(asking) + chosen

    def _cost_of_text(self, asking: Asking) -> float:
        """What matching the words and phrases costs: the former by the number of works that have them."""
        cost = PHRASE * len(asking.expression.phrases)
        for word in asking.expression.words:
            cost += WORD * sum(self._searcher.doc_freq("words", form) for form in word.forms)
            if named := asking.terms_of(word).matching:
                cost += min(NAMES, len(named) * MATCHING) + NAMED * sum(
                    self._searcher.doc_freq("terms", id) for id in named
                )
            if len(word.prefix) > START:
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


def number_of(searcher: tantivy.Searcher, question: tantivy.Query) -> int:
    """How many works `question` matches."""
    # Every row has one value in this column. Counting them takes half as long as a search for one hit.
    return int(searcher.aggregate(question, {"works": {"value_count": {"field": "added"}}})["works"]["value"])


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, one), (_MUST, other)])


def _in_order(counts: dict[str, int]) -> tuple[FacetCount, ...]:
    """By count descending, then by value."""
    ordered = sorted(counts.items())
    ordered.sort(key=itemgetter(1), reverse=True)
    return tuple(map(tuple.__new__, repeat(FacetCount), ordered))  # FacetCount(*pair), three times as fast
