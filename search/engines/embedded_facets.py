"""Exact counts of works for each value of a facet."""

import tantivy

from search import years
from search.engines.embedded_query import Asking
from search.engines.fields import COUNTED, FACET_FIELDS, by_facet, field_of, in_order
from search.query import FacetCount

Counts = dict[str, dict[str, int]]
_MUST, _NOT = tantivy.Occur.Must, tantivy.Occur.MustNot

# What counting costs, measured at 100,000 works, in microseconds: the reading of a column, each of its values; an entry
# of a posting list, a term of the dictionary; the matching of a question, of each of its phrases and beginnings,
# of each work that has a form of a word, of each entry of the lists of terms that have the word in their names and of
# all of these together, of each work that has a chosen value, of each when it must have two; the look at each work that
# the question is not to match. Only their relations matter: every way gives the same counts.
COLUMN, COLUMN_VALUE, POSTING, TERM = 100.0, 0.017, 0.0013, 1.0
MATCHING, PHRASE, WORD, NAMED, NAMES, CHOSEN, CHOSEN_TWICE, LOOK = 20.0, 400.0, 0.005, 0.008, 200.0, 0.003, 0.006, 0.005
FEW_VALUES = 300  # a facet of no more is walked through without further thought


class FacetCounter:
    """Counts in one state of the index; what it learns of the whole index it keeps.

    There are four ways. A column costs by the work that matches ("column"); where most do, it is read for those that
    do not match ("rest"). Posting lists cost by their length, whatever matches: those of a whole field are walked
    through in one go ("walk"), or those of one facet, with a matching for each that is wanted ("walk each").
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
        return {facet: in_order(counts[facet]) for facet in facets}

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
        """As `_counts`, of facets that are stored, each field in the way that costs least."""
        counts: Counts = {}
        matching = self._cost_of_matching(asking)
        for field in FACET_FIELDS:
            wanted = [facet for facet in facets if field_of(facet) == field]
            if wanted:
                counts |= self._count_in(field, wanted, question, self._cheapest(matching, field, wanted, matches))
        return {facet: counts.get(facet, {}) for facet in facets}

    def _count_in(self, field: str, facets: list[str], question: tantivy.Query, way: str) -> Counts:
        if way == "walk":
            return self._from_postings(field, "", question)
        if way == "walk each":
            found = [self._from_postings(field, f"{facet}=", question) for facet in facets]
            return {facet: values for counts in found for facet, values in counts.items()}
        if way == "rest":
            return self._less_the_rest(field, facets, question)
        return self._from_column(field, question)

    def _less_the_rest(self, field: str, facets: list[str], question: tantivy.Query) -> Counts:
        """The counts among all works less those among the works that `question` does not match."""
        rest = tantivy.Query.boolean_query([(_MUST, tantivy.Query.all_query()), (_NOT, question)])
        missing = self._from_column(field, rest)
        counts: Counts = {}
        for facet in facets:
            absent = missing.get(facet, {})
            left = {value: count - absent.get(value, 0) for value, count in self._all()[facet].items()}
            counts[facet] = {value: count for value, count in left.items() if count}
        return counts

    def _cheapest(self, matching: float, field: str, facets: list[str], matches: int | None) -> str:
        """The way to count `facets` of `field` for a question that costs `matching` to match and matches `matches`
        works, None where that is not known."""
        walks = self._costs_of_walks(field)
        ways = {"walk": matching + sum(walks.values()), "walk each": sum(matching + walks[facet] for facet in facets)}
        if matches is not None:
            values = sum(self._entries[facet] for facet in walks) * COLUMN_VALUE / self._works
            ways["column"] = matching + COLUMN + matches * values
            ways["rest"] = matching + COLUMN + self._works * LOOK + (self._works - matches) * values
        return min(ways, key=ways.__getitem__)

    def _costs_of_walks(self, field: str) -> dict[str, float]:
        """Facet of `field` to what it costs to walk through its posting lists, once matched."""
        return {
            facet: len(values) * TERM + self._entries[facet] * POSTING
            for facet, values in self._all().items()
            if field_of(facet) == field
        }

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
            cost += WORD * asking.works_with(word)
            if named := asking.terms_of(word).matching:
                cost += min(NAMES, len(named) * MATCHING) + NAMED * sum(
                    self._searcher.doc_freq("terms", id) for id in named
                )
            if word.prefix:
                cost += PHRASE
        return cost

    def _from_column(self, field: str, question: tantivy.Query) -> Counts:
        # Room for one value more than there are: nothing is cut off.
        size = sum(len(values) for facet, values in self._all().items() if field_of(facet) == field) + 1
        answer = self._searcher.aggregate(question, {field: {"terms": {"field": field, "size": size}}})
        return by_facet((one["key"], one["doc_count"]) for one in answer[field]["buckets"])

    def _from_postings(self, field: str, beginning: str, question: tantivy.Query) -> Counts:
        return by_facet(self._searcher.terms_with_prefix(field, beginning, filter_query=question))

    def _all(self) -> Counts:
        """The counts among all works."""
        if not self._totals:
            everything = tantivy.Query.all_query()
            found = [self._from_postings(field, "", everything) for field in FACET_FIELDS]
            totals = {facet: values for counts in found for facet, values in counts.items()}
            self._totals = {facet: totals.get(facet, {}) for facet in COUNTED}
            self._entries = {facet: sum(counts.values()) for facet, counts in self._totals.items()}
        return self._totals


def number_of(searcher: tantivy.Searcher, question: tantivy.Query) -> int:
    """How many works `question` matches."""
    # Every row has one value in this column. Counting them takes half as long as a search for one hit.
    return int(searcher.aggregate(question, {"works": {"value_count": {"field": "added"}}})["works"]["value"])


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, one), (_MUST, other)])
