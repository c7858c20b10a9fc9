"""From the parameters of an address to a legal question; what was wrong with them becomes a notice, never an error."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, Protocol

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import analysis, registry, years
from search.engines.base import Engine, EngineError, one_page
from search.facets import FACETS, TYPES
from search.fewer_words import fewer_words
from search.languages import LOCALES
from search.parsing import shortened
from search.query import SORTS, Query, Result, Shorter

PAGE_SIZE = 20
LONGEST_PAGE = 41  # digits of the number of a page: one more than a notice shows
MOST_NOTICES = 6  # told one by one; a mangled address may give hundreds
# Every chosen value has a link that repeats all the others: 1,500 ranges of years made a page of 44 megabytes.
MOST_YEARS = 20
MOST_VALUES = 50  # of all filters together

# Not facets; the page has its own use for them, or strangers add them to links.
_OTHER_PARAMETERS = frozenset(
    {"q", "year_from", "year_to", "language_match", "sort", "page", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"}
)


class Parameters(Protocol):
    """What is used of django.http.QueryDict."""

    def __iter__(self):
        """The names."""

    def getlist(self, key: str) -> list[str]:
        """All values of a name, in order; empty where it is not there."""


class Asked(NamedTuple):
    """A legal question, what the reader should be told about theirs, and the page they want (from 1)."""

    query: Query
    notices: tuple[str, ...]
    page: int


class Answered(NamedTuple):
    """The answer for a page that exists: `page` of `pages`, both from 1, with all notices. Where nothing
    is found, and no spelling is better, `shorter` has the questions with fewer words that find something."""

    query: Query
    result: Result
    notices: tuple[str, ...]
    page: int
    pages: int
    shorter: tuple[Shorter, ...] = ()


def read(
    params: Parameters, locale: str, fixed: Mapping[str, Iterable[str]] | None = None, sort: str = "relevance"
) -> Asked:
    """The question that `params` ask in `locale`.

    `fixed` maps facet ids to the values a page is about (a list of one type); a reader cannot
    change them, and those facets are not counted. `sort` holds where none is asked for.
    """
    notices: list[str] = []
    fixed = {facet: tuple(values) for facet, values in (fixed or {}).items()}
    filters = {
        facet: values for facet in FACETS if facet not in fixed if (values := _values(params, facet, locale, notices))
    }
    for name in params:
        if name in fixed and not set(params.getlist(name)) <= {*fixed[name], ""}:
            notices.append(
                _("“%(filter)s” cannot be changed in this list: what the address says of it was ignored.")
                % {"filter": FACETS[name].label}
            )
        if name not in FACETS and name not in _OTHER_PARAMETERS and not name.startswith("utm_"):
            notices.append(unknown_filter(name))
    filters = _few(filters, notices) | fixed
    text = _text(params, notices)
    page = _page(params, notices)
    query = Query(
        text=text,
        locale=locale,
        filters=filters,
        language_match=_choice(params, "language_match", ("any", "all"), "any", notices),
        facets=_applicable(filters, fixed),
        sort=_choice(params, "sort", SORTS, sort, notices),
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        today=timezone.localdate(),
        right=registry.source().words_of_names(),
    )
    return Asked(query, _told(notices), page)


def answer(engine: Engine, asked: Asked) -> Answered:
    """Ask `engine`; a page past the last becomes the last, with a notice. Raises EngineError as the engine does."""
    with one_page():
        return _answer(engine, asked)


def _answer(engine: Engine, asked: Asked) -> Answered:
    query, notices, page = asked
    deepest = engine.deepest // query.limit
    result = engine.search(replace(query, offset=(min(page, deepest) - 1) * query.limit))
    pages = min(max(1, -(-result.total // query.limit)), deepest)
    last = min(page, pages)
    if page > pages:
        numbers = {"page": _shown(str(page)), "last": pages}
        notices = (*notices, _("There is no page %(page)s; this is page %(last)s.") % numbers)
        if last < min(page, deepest):
            result = engine.search(replace(query, offset=(last - 1) * query.limit))
    if last == deepest and result.total > deepest * query.limit:
        seen = _("Only the first %(count)s works can be looked through: filters or words bring others to the front.")
        notices = (*notices, seen % {"count": number_format(deepest * query.limit, force_grouping=True)})
    shorter: tuple[Shorter, ...] = ()
    if query.text and not (result.total or result.suggestion):
        with suppress(EngineError):  # there is an answer without them
            shorter = fewer_words(query, engine.totals)
    return Answered(replace(query, offset=(last - 1) * query.limit), result, notices, last, pages, shorter)


def clean(text: str) -> str:
    """`text` without what can be neither stored nor sent: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def is_known(facet: str, value: str, locale: str) -> bool:
    """Whether `facet`, an id of search/facets.py, has this value."""
    if facet == "type":
        return value in TYPES
    if facet == "described_in":
        return value in LOCALES
    if facet == "when":
        return value in ("upcoming", "past")
    if facet == "year":
        return years.read(value) is not None
    return value in registry.source().labels(facet, locale)


def not_years(params: Parameters) -> dict[str, str]:
    """What the fields `year_from` and `year_to` hold that is no year."""
    return {name: value for name, value in _year_fields(params).items() if value and not _one_year(value)}


def unknown_filter(name: str) -> str:
    """The notice that there is no filter `name`, which may be any string."""
    return _("“%(name)s” is not a filter of this site and was ignored.") % {"name": _shown(clean(name))}


def _shown(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"


def _told(notices: Iterable[str]) -> tuple[str, ...]:
    """Each once; of many the first, and how many more there are."""
    told = tuple(dict.fromkeys(notices))
    more = len(told) - MOST_NOTICES
    if more < 2:
        return told
    sentence = ngettext(
        "%(count)s more part of the address was ignored.", "%(count)s more parts of the address were ignored.", more
    )
    return (*told[:MOST_NOTICES], sentence % {"count": more})


def _text(params: Parameters, notices: list[str]) -> str:
    text = clean(_last(params, "q"))
    if analysis.parse(text).truncated:
        notices.append(_("The text is very long: only its beginning was searched for."))
    return shortened(text)[0]


def _last(params: Parameters, name: str) -> str:
    return (params.getlist(name) or [""])[-1]


def _values(params: Parameters, facet: str, locale: str, notices: list[str]) -> tuple[str, ...]:
    values = [clean(value).strip() for value in params.getlist(facet)]
    if facet == "year":
        values.append(_years_between(params, notices))
        if any(map(years.reversed_ends, values)):
            notices.append(_("The years were put in order."))
    if facet == "when":
        values = [value for value in values if value != "any"]  # at any time: no filter
    known = {}
    for value in filter(None, values):
        if is_known(facet, value, locale):
            known[years.canonical(value) if facet == "year" else value] = None
        elif facet == "year":
            notices.append(_("“%(value)s” is not a year and was ignored.") % {"value": _shown(value)})
        else:
            notices.append(
                _("“%(value)s” is not a value of the filter “%(filter)s” and was ignored.")
                % {"value": _shown(value), "filter": FACETS[facet].label}
            )
    return tuple(known)


def _few(filters: Mapping[str, tuple[str, ...]], notices: list[str]) -> dict[str, tuple[str, ...]]:
    """The first values of `filters`, as many as a page has room for."""
    kept: dict[str, tuple[str, ...]] = {}
    years_chosen = filters.get("year", ())
    if len(years_chosen) > MOST_YEARS:
        notices.append(
            _("Only the first %(count)s years and ranges of years count; the others were ignored.")
            % {"count": MOST_YEARS}
        )
        filters = {**filters, "year": years_chosen[:MOST_YEARS]}
    room = MOST_VALUES
    for facet, values in filters.items():
        if room:
            kept[facet] = values[:room]
        room -= len(kept.get(facet, ()))
    if kept != filters:
        notices.append(
            _("Only the first %(count)s chosen filters count; the others were ignored.") % {"count": MOST_VALUES}
        )
    return kept


def _years_between(params: Parameters, notices: list[str]) -> str:
    """The range of `year_from` and `year_to`; an end that is no year is open."""
    for value in not_years(params).values():
        notices.append(_("“%(value)s” is not a year and was ignored.") % {"value": _shown(value)})
    ends = [str(_one_year(value) or "") for value in _year_fields(params).values()]
    return "-".join(ends) if any(ends) else ""


def _year_fields(params: Parameters) -> dict[str, str]:
    return {name: clean(_last(params, name)).strip() for name in ("year_from", "year_to")}


def _one_year(value: str) -> int | None:
    meant = years.read(value)
    return meant.first if meant and meant.first == meant.last else None


def _choice(params: Parameters, name: str, choices: tuple[str, ...], default: str, notices: list[str]) -> str:
    value = clean(_last(params, name))
    if not value or value in choices:
        return value or default
    notices.append(
        _("“%(value)s” is not a choice for “%(name)s” and was ignored.")
        % {"value": _shown(value), "name": _("Sort by") if name == "sort" else _("Combination of the chosen languages")}
    )
    return default


def _page(params: Parameters, notices: list[str]) -> int:
    value = clean(_last(params, "page")).strip()
    if not value:
        return 1
    page = int(value[:LONGEST_PAGE]) if value.isdecimal() else 0
    if page < 1:
        notices.append(_("“%(value)s” is not a page number; this is the first page.") % {"value": _shown(value)})
        return 1
    return page


def _applicable(filters: Mapping[str, tuple[str, ...]], fixed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Facets worth counting: those that apply to a chosen type, or are chosen themselves."""
    chosen = set(filters.get("type", TYPES))
    return tuple(
        facet.id
        for facet in FACETS.values()
        if facet.id not in fixed and (facet.id in filters or not facet.types or chosen & set(facet.types))
    )
