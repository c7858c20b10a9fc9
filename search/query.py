"""What a reader asks, and what an engine answers, as plain data."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from search.documents import Document

SORTS = ("relevance", "newest", "year", "title", "date", "order")


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an engine.

    `text` is what the reader typed, any string at all. `filters` maps facet ids to
    values: OR within a facet, AND between facets; a value of "year" is a year ("2016") or
    a range ("2010-2015", "2010-", "-2015"). `language_match` "all" asks for works that have
    every language of `filters["language"]`. `facets` names the facets to count. `today`
    decides what "upcoming" and "past" mean. `offset` and `limit` count works. `right` are folded words that
    are not corrected, though nothing may match them: asked only where nothing is found.
    """

    text: str = ""
    locale: str = "es"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language_match: str = "any"
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    today: date = field(default_factory=date.today)
    right: Container[str] = frozenset()


class FacetCount(NamedTuple):
    """How many works carry `value`, under all filters but those of its own facet. A tuple: an answer has thousands."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One work of the answer. `document` has no `body`, `keywords` nor material `text`: lists do not show them."""

    document: Document
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Shorter:
    """A question that finds `total` works because it is `without` some words of the one that was asked."""

    text: str
    without: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """An engine's answer.

    `facets` maps each asked facet to every value with a count above zero, and to the
    chosen values whatever their count: by count descending, then value. `suggestion` is a
    spelling that would match, offered when the text as typed matches nothing at all;
    `corrected` is that spelling when `hits` are already the works found with it, None when the
    filters leave none of them.
    `took_ms` is the engine's time in milliseconds.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    suggestion: str | None = None
    corrected: str | None = None
    took_ms: float = 0.0
