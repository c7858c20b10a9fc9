"""Dates, ranges, names and notices as a reader's language writes them."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from resources.models import Language
from resources.models.sources import sources
from resources.record.shape import GlanceRow, Item, Section
from resources.rich_text import cleaned
from search.dates import written_day
from search.wording import comma, language_name


def fallback_notice(shown: str, reader: str) -> str:
    """The sentence above a record that a reader of `reader` is shown in the locale `shown`."""
    return _("This record is not yet translated into %(reader)s; it is shown in %(shown)s.") % {
        "reader": language_name(reader, reader),
        "shown": language_name(shown, reader),
    }


def row(label: str, *values: str | Item | None) -> GlanceRow:
    """A line of "At a glance" of the values that say something."""
    items = (value if isinstance(value, Item) else Item(str(value)) for value in values if value)
    return GlanceRow(str(label), tuple(item for item in items if item.text))


def wording(text: str, language: Language | None) -> Item | None:
    """Words kept as their source wrote them, in `language` (None: nobody recorded which); None for no words.

    Numbers and signs, such as 24/7, belong to no language.
    """
    if not text:
        return None
    if not any(character.isalpha() for character in text):
        return Item(text)
    if language is None or language.sign:  # nobody writes in a sign language
        return Item(text, dir="auto")
    return Item(text, lang=language.code, dir=language.direction)


def in_its_language(item: Item) -> str:
    """The text of the item to stand among others: as HTML that says its language, where that is not the reader's."""
    if not item.dir:
        return item.text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', item.lang, item.dir, item.text)


def listed(items: Iterable[Item], locale: str) -> SafeString:
    """The texts of the items as HTML, one after the other with the comma of the language."""
    return format_html_join(comma(locale), "{}", ((in_its_language(item),) for item in items))


def words_of_a_list(text: str) -> str:
    """Words that are stored with the sign | between them, as a reader is shown them."""
    return "; ".join(part for found in text.split("|") if (part := found.strip()))


def section(name: str, heading: str, value, is_html: bool = False) -> Section:
    """Prose of the page: plain text in paragraphs, or rich text and streams as HTML with links as they are stored."""
    if is_html:
        html = value.stream_block.stored_html(value) if isinstance(value, StreamValue) else cleaned(value or "")
        return Section(name, heading, html=html)
    paragraphs = (" ".join(part.split()) for part in (value or "").replace("\r\n", "\n").split("\n"))
    return Section(name, heading, paragraphs=tuple(filter(None, paragraphs)))


def day(value: datetime.date | None) -> str:
    """The date as the language of the interface writes it; "" for none."""
    return written_day(value) if value else ""


def partial_date_in_words(value: str) -> str:
    """A date known to the year, month or day ("2019", "2019-06", "2019-06-30"); any other text as it is."""
    try:
        parts = [int(part) for part in value.split("-")]
        known = datetime.date(*parts, *(1,) * (3 - len(parts)))
    except (ValueError, TypeError):
        return value
    if len(parts) == 1:
        return str(parts[0])
    return written_day(known) if len(parts) == 3 else date_format(known, "YEAR_MONTH_FORMAT")


def dates(start: datetime.date | None, end: datetime.date | None) -> str:
    """One day or a span of days."""
    if start is None or end is None or start == end:
        return day(start or end)
    return _("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def years(first: int | None, last: int | None) -> str:
    """A span of years, open where one end is not known."""
    if first and last:
        return str(first) if first == last else _("%(first)s–%(last)s") % {"first": first, "last": last}
    if first:
        return _("Since %(year)s") % {"year": first}
    return _("Until %(year)s") % {"year": last} if last else ""


def ages(first: int | None, last: int | None) -> str:
    """A span of ages in years, both included."""
    if first is not None and last is not None:
        return _("%(first)s to %(last)s years") % {"first": first, "last": last}
    if first is not None:
        return _("From %(first)s years of age") % {"first": first}
    return _("Up to %(last)s years of age") % {"last": last} if last is not None else ""


def host(url: str) -> str:
    """Host name of a web address without "www."; "" for anything else."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def website(url: str) -> Item | None:
    """A web address as a link under its host name; None for anything else."""
    name = host(url)
    return Item(name, url) if name else None


def websites(text: str) -> tuple[Item, ...]:
    """Links under their host names, of a text that holds an address a line."""
    return tuple(item for line in sources(text) if (item := website(line)))
