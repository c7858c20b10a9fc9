"""All values of a field, by aggregations of Elasticsearch: those of a facet with exact counts, and ids of terms."""

from collections.abc import Sequence

from search import years
from search.engines.base import EngineError
from search.engines.elasticsearch_query import EVERYTHING, Asking, Json, Token, all_of
from search.engines.fields import COUNTED, FACET_FIELDS, by_facet, facet_value, field_of, in_order
from search.query import FacetCount

# Values of a field at most: below 65,536, the most that an unmodified server gives in one answer. That there are not
# more is checked in every answer. A field costs by the values it has, not by this number.
MOST_VALUES = 65_000
WHEN = {facet_value("when", value): value for value in ("upcoming", "past")}


def counting(asking: Asking) -> Json:
    """A request that counts: all works that match, and those of every value of the facets asked for.

    The counts of a facet ignore its own filter. So the query has the text and the filters of facets that are not
    counted; the filters of those that are stand in the aggregations.
    """
    facets = tuple(dict.fromkeys(asking.query.facets))
    own = {facet: asked for facet, asked in asking.filters.items() if facet in facets}
    common = [asked for facet, asked in asking.filters.items() if facet not in facets]
    together = _values(asking, [facet for facet in facets if facet not in own])
    aggregations: Json = {}
    for facet in own:
        others = all_of([asked for other, asked in own.items() if other != facet])
        aggregations[f"but {facet}"] = {"filter": others, "aggs": _values(asking, [facet])}
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
    together = _read(everything or found)
    counts = {}
    for facet in asking.query.facets:
        own = found.get(f"but {facet}")
        values = _read(own) if own else together
        counts[facet] = in_order(_with_chosen(asking, facet, values.get(facet, {}), own or {}))
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


def counting_rows(tokens: Sequence[Token]) -> Json:
    """A request for the numbers of rows that have each of `tokens`, and of all works."""
    # Of a question for everything the server counts single words without looking at works.
    counted = [EVERYTHING, *({"term": {field: token}} for field, token in tokens)]
    return {"size": 0, "track_total_hits": False, "aggs": {"rows": {"filters": {"filters": counted}}}}


def rows_counted(tokens: Sequence[Token], answer: Json) -> tuple[int, dict[Token, int]]:
    """The number of all works, and of the rows with each token, from the answer to `counting_rows`."""
    works, *rows = [one["doc_count"] for one in answer["aggregations"]["rows"]["buckets"]]
    return works, dict(zip(tokens, rows, strict=True))


def _values(asking: Asking, facets: Sequence[str]) -> Json:
    """What counts the values of `facets`."""
    asked: Json = {}
    for field in FACET_FIELDS:
        if held := [facet for facet in facets if facet in COUNTED and field_of(facet) == field]:
            terms = {"field": field, "size": MOST_VALUES, "include": f"({'|'.join(held)})=.*"}
            asked[field] = {"terms": terms}
    if "when" in facets:
        asked |= {when: {"filter": asking.when(value)} for when, value in WHEN.items()}
    if "year" in facets:
        # A range of years is counted like a value, and so is a year in the digits of another script.
        asked |= {
            f"years {number}": {"filter": asking.value("year", value)}
            for number, value in enumerate(asking.query.filters.get("year", ()))
        }
    return asked


def _read(found: Json) -> dict[str, dict[str, int]]:
    """Facet to its values with their counts."""
    for field in FACET_FIELDS:
        if found.get(field, {}).get("sum_other_doc_count"):
            raise EngineError(f"“{field}” has more than {MOST_VALUES} values: they cannot be counted.")
    counts = [
        (one["key"], one["doc_count"]) for field in FACET_FIELDS if field in found for one in found[field]["buckets"]
    ]
    counts += [(when, found[when]["doc_count"]) for when in WHEN if when in found]
    return by_facet((name, count) for name, count in counts if count)


def _with_chosen(asking: Asking, facet: str, counts: dict[str, int], found: Json) -> dict[str, int]:
    """`counts` with all values that are chosen: those that no work has, and ranges of years."""
    for number, value in enumerate(asking.query.filters.get(facet, ()) if found else ()):
        if value not in counts:
            is_range = facet == "year" and years.read(value) is not None
            counts[value] = found[f"years {number}"]["doc_count"] if is_range else 0
    return counts
