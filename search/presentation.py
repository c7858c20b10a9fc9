"""A results page as plain data with all links and labels made: the search page and every list are drawn from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import registry, years
from search.collation import sort_key
from search.engines import get_engine
from search.engines.base import EngineError
from search.facets import FACETS
from search.hits import HitView, hit_views
from search.languages import standing_alone
from search.links import Links
from search.query import FacetCount, Query
from search.request import PAGE_SIZE, Answered, Asked, answer, not_years, read
from search.wording import label_of_years, listing

ALWAYS_OPEN = 3  # facets, from the top
VALUES_SHOWN = 8  # of a facet, the others fold away
# Trainings by what comes next, strategies in the order of the package, names by name; all else newest first.
_SORT_OF_TYPE = {("training",): "date", ("strategy",): "order", ("country",): "title", ("expert",): "title"}
PAGES_AROUND = 2  # of the current page, in the pagination


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many works carry it."""

    facet: str
    value: str
    label: str
    lang: str | None  # None: the reader's own, "": nobody knows
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as drawn: `shown` values first, the others, if any, behind "show all"; all of them are in `values`."""

    id: str
    label: str | Promise
    open: bool
    selected_count: int
    shown: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...]

    @property
    def values(self) -> tuple[FacetValue, ...]:
        return self.shown + self.folded

    @property
    def shown_html(self) -> SafeString:
        return _checkboxes(self.shown)

    @property
    def folded_html(self) -> SafeString:
        return _checkboxes(self.folded)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter and the link that removes it."""

    facet: str
    facet_label: str | Promise
    value: str
    label: str
    lang: str | None  # as of FacetValue
    url: str

    @property
    def label_html(self) -> SafeString:
        return SafeString(_in_its_language(self.label, self.lang))


@dataclass(frozen=True, slots=True)
class Choice:
    """An order of the results; "" is the page's own."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; `gap`: pages before it are left out of the pagination."""

    number: int
    url: str
    current: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the reader is among the pages, and the way to the others ("" where there is none)."""

    number: int
    count: int
    items: tuple[PageLink, ...]
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another spelling, which finds nothing in this selection, and the link that searches the whole hub for it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FewerWords:
    """This view without some of its words, listed as the reader's language lists."""

    words: str
    count_sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything `search/_results.html` shows."""

    base_url: str
    text: str
    total: int
    count_sentence: str
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    notices: tuple[str, ...]
    suggestion: Suggestion | None
    corrected: str
    shorter: tuple[FewerWords, ...]
    sorts: tuple[Choice, ...]
    year_from: str
    year_to: str
    not_years: Mapping[str, str]  # of these two
    language_match: str
    pages: Pages
    engine_away: bool
    kept: Iterable[tuple[str, str]]  # names and values for the form while it has no fields for them


def results(
    request: HttpRequest, locale: str, base_url: str, fixed: Mapping[str, tuple[str, ...]] | None = None
) -> ResultsPage:
    """What a list at `base_url` shows a reader of `locale` for the parameters of `request`.

    `fixed` maps facet ids to the values the page is about (for example {"type": ("programme",)}).
    Where the engine is away the page lists works by title, from the database, and says so.
    """
    fixed = fixed or {}
    default = _default_sort(request, fixed)
    asked = read(request.GET, locale, fixed, default)
    links = Links.of(asked.query, base_url, fixed, "" if asked.query.sort == default else asked.query.sort)
    try:
        answered = answer(get_engine(), asked)
    except EngineError:
        return _without_engine(asked, links, fixed)
    query, result = answered.query, answered.result
    first, last = _year_fields(query)
    refused = not_years(request.GET)
    return ResultsPage(
        base_url=base_url,
        text=query.text,
        total=result.total,
        count_sentence=_count(result.total),
        hits=hit_views((hit.document for hit in result.hits), locale, result.corrected or query.text),
        facets=_facets(answered, links, "year" if refused else ""),
        chips=_chips(query, links),
        clear_url=links.without_filters(),
        notices=answered.notices,
        suggestion=_suggestion(result.suggestion),
        corrected=result.corrected or "",
        shorter=_shorter(answered, links),
        sorts=_sorts(query, default),
        year_from=refused.get("year_from", first),
        year_to=refused.get("year_to", last),
        not_years=refused,
        language_match=query.language_match,
        pages=_pages(answered.page, answered.pages, links),
        engine_away=False,
        kept=(),
    )


def _without_engine(asked: Asked, links: Links, fixed: Mapping[str, tuple[str, ...]]) -> ResultsPage:
    query, notices, page = asked
    total, documents, pages = 0, [], 1
    # The database lists by type alone: a page about anything else would show works that do not belong to it.
    if set(fixed) <= {"type"}:
        types = query.filters.get("type", ())
        total, documents = registry.source().listing(query.locale, types, query.offset, query.limit)
        pages = max(1, -(-total // PAGE_SIZE))
        if page > pages:
            total, documents = registry.source().listing(query.locale, types, (pages - 1) * PAGE_SIZE, query.limit)
    first, last = _year_fields(query)
    return ResultsPage(
        base_url=links.base_url,
        text=query.text,
        total=total,
        count_sentence=_count(total),
        hits=hit_views(documents, query.locale),
        facets=(),
        chips=_chips(query, links),
        clear_url=links.without_filters(),
        notices=notices,
        suggestion=None,
        corrected="",
        shorter=(),
        sorts=(),
        year_from=first,
        year_to=last,
        not_years={},
        language_match=query.language_match,
        pages=_pages(min(page, pages), pages, links),
        engine_away=True,
        kept=links.chosen(),
    )


def _count(total: int) -> str:
    return ngettext("%(number)s work", "%(number)s works", total) % {"number": _number(total)}


def _shorter(answered: Answered, links: Links) -> tuple[FewerWords, ...]:
    locale = answered.query.locale
    return tuple(
        FewerWords(listing(one.without, locale), _count(one.total), links.words(one.text)) for one in answered.shorter
    )


def _suggestion(text: str | None) -> Suggestion | None:
    return Suggestion(text, f"{reverse('search')}?{urlencode({'q': text})}") if text else None


def _default_sort(request: HttpRequest, fixed: Mapping[str, tuple[str, ...]]) -> str:
    """By relevance where there are words to be relevant to, else as the works of a type are looked through."""
    if request.GET.get("q", "").strip():
        return "relevance"
    return _SORT_OF_TYPE.get(fixed.get("type", ()), "newest")


def _sorts(query: Query, default: str) -> tuple[Choice, ...]:
    labels = {
        "relevance": _("Relevance"),
        "newest": _("Newest in the hub"),
        "year": _("Year, latest first"),
        "title": _("Title"),
        "date": _("Date of the training"),
        "order": _("Order of the INSPIRE package"),
    }
    only = {"date": "training", "order": "strategy"}  # of which type alone the order says something
    types = query.filters.get("type", ("training",))
    offered = [default, *(sort for sort in labels if sort not in (default, "relevance"))]
    return tuple(
        Choice("" if sort == default else sort, labels[sort], sort == query.sort)
        for sort in offered
        if sort not in only or only[sort] in types or query.sort == sort
    )


def _label(facet: str, value: str, locale: str) -> str:
    return _labels(facet, (value,), locale)[0]


def _labels(facet: str, values: Iterable[str], locale: str) -> list[str]:
    if facet == "year":
        return [label_of_years(value) for value in values]
    labels = registry.source().labels(facet, locale)
    if facet in ("language", "described_in"):
        return [standing_alone(labels[value]) if value in labels else value for value in values]
    return [labels.get(value, value) for value in values]


def _year_fields(query: Query) -> tuple[str, str]:
    """What stands in the fields from and until: the ends of the first range that was asked for."""
    for value in query.filters.get("year", ()):
        meant = years.read(value)
        if meant is not None and "-" in value:
            return str(meant.first or ""), str(meant.last or "")
    return "", ""


def _facets(answered: Answered, links: Links, wrong: str) -> tuple[FacetView, ...]:
    views = []
    for facet in FACETS.values():
        counts = answered.result.facets.get(facet.id, ())
        chosen = answered.query.filters.get(facet.id, ())
        if len(counts) > 1 or facet.id in links.filters:
            is_open = len(views) < ALWAYS_OPEN or bool(chosen) or facet.id == wrong
            shown, folded = _values(facet.id, counts, answered.query)
            views.append(FacetView(facet.id, facet.label, is_open, len(chosen), shown, folded))
    return tuple(views)


def _values(
    facet: str, counts: Iterable[FacetCount], query: Query
) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    """Values by count, then by name as the reader's language sorts; the chosen ones never fold away."""
    chosen = query.filters.get(facet, ())
    in_fields = _year_range(query) if facet == "year" else ""
    counts = [one for one in counts if one.value != in_fields]
    labels = _labels(facet, [one.value for one in counts], query.locale)
    foreign = registry.source().foreign_labels(facet, query.locale)
    named = [(one.count, label, one.value) for one, label in zip(counts, labels, strict=True)]
    named.sort(key=lambda one: (-one[0], sort_key(one[1], query.locale), one[2]))
    values = [
        FacetValue(facet, value, label, foreign.get(value), count, value in chosen) for count, label, value in named
    ]
    if len(values) <= VALUES_SHOWN + 1:  # "show all" for the sake of one would take the same room
        return tuple(values), ()
    shown = values[:VALUES_SHOWN] + [value for value in values[VALUES_SHOWN:] if value.selected]
    folded = [value for value in values[VALUES_SHOWN:] if not value.selected]
    return tuple(shown), tuple(folded)


def _year_range(query: Query) -> str:
    """The value of "year" that stands in the fields, so that it does not stand among the checkboxes too."""
    first, last = _year_fields(query)
    return f"{first}-{last}" if first or last else ""


def _checkboxes(values: Iterable[FacetValue]) -> SafeString:
    """Drawn here: a template takes ten times as long for the hundreds of them. Every value is escaped."""
    return SafeString("".join(map(_checkbox, values)))


def _checkbox(value: FacetValue) -> str:
    before, after = _around_check(value.facet, value.value, value.label, value.lang)
    return f"{before}{' checked' if value.selected else ''}{after}{_number(value.count)}</b></label></li>"


@lru_cache(maxsize=20_000)  # the same names on every page: escaping them took a tenth of its time
def _around_check(facet: str, value: str, label: str, lang: str | None) -> tuple[str, str]:
    key = escape(value, quote=True)
    return (
        f'<li><label class="facet-value"><input type="checkbox" name="{facet}" value="{key}" id="{facet}-{key}"',
        f">{_in_its_language(label, lang)} <b>",
    )


def _in_its_language(label: str, lang: str | None) -> str:
    attribute = "" if lang is None else f' lang="{escape(lang, quote=True)}"'
    return f"<bdi{attribute}>{escape(label)}</bdi>"


def _number(count: int) -> str:
    return str(count) if count < 1000 else number_format(count, force_grouping=True)


def _chips(query: Query, links: Links) -> tuple[Chip, ...]:
    source, locale = registry.source(), query.locale
    return tuple(
        Chip(
            facet=facet,
            facet_label=FACETS[facet].label,
            value=value,
            label=_label(facet, value, locale),
            lang=source.foreign_labels(facet, locale).get(value),
            url=links.without(facet, value),
        )
        for facet, values in links.filters.items()
        for value in values
    )


def _pages(number: int, count: int, links: Links) -> Pages:
    numbers = sorted({1, count, *range(max(1, number - PAGES_AROUND), min(count, number + PAGES_AROUND) + 1)})
    before = [0, *numbers]
    return Pages(
        number=number,
        count=count,
        items=tuple(
            PageLink(one, links.page(one), one == number, one - last > 1)
            for last, one in zip(before, numbers, strict=False)
        ),
        previous_url=links.page(number - 1) if number > 1 else "",
        next_url=links.page(number + 1) if number < count else "",
    )
