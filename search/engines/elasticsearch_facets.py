"""All values of a field, by aggregations of Elasticsearch: those of a facet with exact counts, and ids of terms."""

from collections.abc import Iterable
from operator import itemgetter

from search import years
from search.engines.base import EngineError
from search.engines.elasticsearch_query import Asking, Json, all_of
from search.engines.fields import COUNTED
from search.query import FacetCount

# Values of a facet at most: below 65,536, the most that an unmodified server gives in one answer. That there are not
# more is checked in every answer. A facet costs by the values it has, not by this number.
MOST_VALUES = 65_000
WHEN = ("upcoming", "past")


def counting(asking: Asking) -> Json:
    """A request that counts: all works that match, and those of every value of the facets asked for.

    The counts of a facet ignore its own filter. So the query has the text and the filters of facets that are not
    counted; the filters of those that are stand in the aggregations.
    """
    facets = dict.fromkeys(asking.query.facets)
    own = {facet: asked for facet, asked in asking.filters.items() if facet in facets}
    common = [asked for facet, asked in asking.filters.items() if facet not in facets]
    together: Json = {}
    aggregations: Json = {}
    for facet in facets:
        if facet not in own:
            together |= _values(asking, facet)
            continue
        others = all_of([asked for other, asked in own.items() if other != facet])
        aggregations[f"but {facet}"] = {"filter": others, "aggs": _values(asking, facet)}
    if own:
        aggregations["all"] = {"filter": all_of(list(own.values()))} | ({"aggs": together} if together else {})
    else:
        aggregations = together
    asked: Json = {"size": 0, "track_total_hits": True, "query": all_of([*asking.text(), *common])}
    return asked | ({"aggs": aggregations} if aggregations else {})


def counted(asking: Asking, answer: Json) -> tuple[int, dict[str, tuple[FacetCount, ...]]]:
    """The number of works that match, and the counts of each facet, from the answer to `counting`."""
    found = answer.get("aggregations", {})
    everything = found.get("all")
    total = everything["doc_count"] if everything else answer["hits"]["total"]["value"]
    counts = {}
    for facet in asking.query.facets:
        own = found.get(f"but {facet}")
        counts[facet] = _counts(asking, facet, own if own is not None else everything or found)
    return total, counts


def finding_terms(question: Json) -> Json:
    """A request for the ids of all terms whose rows `question` matches."""
    ids: Json = {"terms": {"field": "term", "size": MOST_VALUES}}
    return {"size": 0, "track_total_hits": False, "query": question, "aggs": {"ids": ids}}


def terms_found(answer: Json) -> list[str]:
    """The ids, from the answer to `finding_terms`."""
    found = answer["aggregations"]["ids"]
    if found["sum_other_doc_count"]:
        raise EngineError(f"A word is in the names of more than {MOST_VALUES} terms: they cannot all be searched.")
    return [one["key"] for one in found["buckets"]]


def _values(asking: Asking, facet: str) -> Json:
    if facet == "when":
        return {f"when {value}": {"filter": asking.when(value)} for value in WHEN}
    if facet not in COUNTED:
        return {}
    values: Json = {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}}}
    if facet == "year":
        # A range of years is counted like a value, and so is a year in the digits of another script.
        values |= {
            f"years {number}": {"filter": asking.value("year", value)}
            for number, value in enumerate(asking.query.filters.get("year", ()))
        }
    return values


def _counts(asking: Asking, facet: str, found: Json) -> tuple[FacetCount, ...]:
    counts: dict[str, int] = {}
    if facet == "when":
        counts = {value: count for value in WHEN if (count := found[f"when {value}"]["doc_count"])}
    elif facet in COUNTED and facet in found:
        if found[facet]["sum_other_doc_count"]:
            raise EngineError(f"The facet “{facet}” has more than {MOST_VALUES} values: they cannot be counted.")
        counts = {one["key"]: one["doc_count"] for one in found[facet]["buckets"]}
    if facet in asking.filters:
        for number, value in enumerate(asking.query.filters[facet]):
            if value not in counts:
                is_range = facet == "year" and years.read(value) is not None
                counts[value] = found[f"years {number}"]["doc_count"] if is_range else 0
    return _in_order(counts.items())


def _in_order(counts: Iterable[tuple[str, int]]) -> tuple[FacetCount, ...]:
    """By count descending, then by value."""
    ordered = sorted(counts)
    ordered.sort(key=itemgetter(1), reverse=True)
    return tuple(FacetCount(value, count) for value, count in ordered)
