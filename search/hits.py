"""How a work looks in a list: everything a template needs, so that templates neither query nor decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import registry
from search.analysis import MARK, ParsedQuery, highlight, parse, snippet
from search.collation import sort_key
from search.dates import written_day
from search.documents import OPEN_END, Document, Material
from search.languages import direction
from search.reasons import Reason, reason
from search.wording import language_name, listing

SNIPPET_LENGTH = 220  # characters, two lines on a wide screen
MOST_COUNTRIES = 3
MOST_LANGUAGES = 6


@dataclass(frozen=True, slots=True)
class Badge:
    """A language of the material: its name in the reader's language, a link ("" where there is none to show)."""

    code: str
    name: str
    lang: str | None  # of the name: None for the reader's own, "" where nobody knows
    url: str
    own: bool  # the reader's language


@dataclass(frozen=True, slots=True)
class HitView:
    """One work. The title is in `title_lang`, the summary in `lang`, the rest in the reader's language."""

    external_id: str
    type: str
    type_label: str
    detail: str  # kind of a publication, mode of a training
    title_html: SafeString
    summary_html: SafeString
    reason: Reason | None  # what of the work answers, where title and summary do not show it
    title_lang: str
    title_dir: str
    described: bool  # the title only describes the work
    cancelled: bool
    lang: str
    dir: str
    url: str
    is_fallback: bool
    note: str
    badges: tuple[Badge, ...]
    more_languages: int
    countries: str
    year: str
    date: str
    evidence: str
    evidence_lang: str | None  # as of Badge


def hit_views(documents: Iterable[Document], locale: str, text: str = "") -> tuple[HitView, ...]:
    """How `documents` look to a reader of `locale`, with the words of `text` marked."""
    parsed = parse(text)
    return tuple(_view(document, locale, parsed) for document in documents)


def _view(document: Document, locale: str, parsed: ParsedQuery) -> HitView:
    page = document.page_for(locale)
    is_fallback = page.locale != locale
    badges = _badges(document.materials, locale)
    evidence = next(iter(document.facets.get("evidence", ())), "")
    title = highlight(page.title, page.language_of_title, parsed)
    summary = snippet(page.summary, page.locale, parsed, SNIPPET_LENGTH)
    return HitView(
        external_id=document.external_id,
        type=document.type,
        type_label=_label("type", document.type, locale),
        detail=_first_label(document, "kind", locale) or _first_label(document, "mode", locale),
        title_html=title,
        summary_html=summary,
        reason=None if MARK in title + summary else reason(document, locale, parsed),
        title_lang=page.language_of_title,
        title_dir=direction(page.language_of_title),
        described=document.described,
        cancelled=document.cancelled,
        lang=page.locale,
        dir=direction(page.locale),
        url=document.url_for(locale),
        is_fallback=is_fallback,
        note=_("Shown in %(language)s") % {"language": language_name(page.locale, locale)} if is_fallback else "",
        badges=badges[:MOST_LANGUAGES],
        more_languages=max(0, len(badges) - MOST_LANGUAGES),
        countries=_countries(document.facets.get("country", ()), locale),
        year=_years(document.years),
        date=_since(document.years) if document.ends_on == OPEN_END else _dates(document.starts_on, document.ends_on),
        evidence=_label("evidence", evidence, locale),
        evidence_lang=registry.source().foreign_labels("evidence", locale).get(evidence),
    )


def _label(facet: str, value: str, locale: str) -> str:
    return registry.source().labels(facet, locale).get(value, "")


def _first_label(document: Document, facet: str, locale: str) -> str:
    return next((_label(facet, value, locale) for value in document.facets.get(facet, ())), "")


def _badges(materials: tuple[Material, ...], locale: str) -> tuple[Badge, ...]:
    """One a language, the reader's first, then by name; the link is that of its first edition that has one."""
    links: dict[str, str] = {}
    for material in materials:
        if material.available:
            links[material.language] = links.get(material.language) or material.url
    names = registry.source().labels("language", locale)
    foreign = registry.source().foreign_labels("language", locale)
    badges = [Badge(code, names.get(code, code), foreign.get(code), url, code == locale) for code, url in links.items()]
    return tuple(sorted(badges, key=lambda badge: (not badge.own, sort_key(badge.name, locale))))


def _countries(codes: tuple[str, ...], locale: str) -> str:
    names = registry.source().labels("country", locale)
    known = sorted((names[code] for code in codes if code in names), key=lambda name: sort_key(name, locale))
    listed = listing(known[:MOST_COUNTRIES], locale)
    more = len(known) - MOST_COUNTRIES
    if more < 1:
        return listed
    return ngettext("%(countries)s and %(count)d more country", "%(countries)s and %(count)d more countries", more) % {
        "countries": listed,
        "count": more,
    }


def _years(years: tuple[int, ...]) -> str:
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else _("%(first)s–%(last)s") % {"first": first, "last": last}


def _since(years: tuple[int, ...]) -> str:
    first = min(years, default=0)
    return _("Since %(year)s") % {"year": first} if 0 < first <= timezone.localdate().year else _years(years)


def _dates(starts_on: date | None, ends_on: date | None) -> str:
    starts_on = starts_on or ends_on
    if starts_on is None:
        return ""
    if ends_on and (starts_on.month, starts_on.day, ends_on.month, ends_on.day) == (1, 1, 12, 31):
        return _years((starts_on.year, ends_on.year))  # only the year is known
    start = written_day(starts_on)
    if ends_on is None or ends_on == starts_on:
        return start
    return _("%(start)s to %(end)s") % {"start": start, "end": written_day(ends_on)}
