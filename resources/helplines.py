"""Helplines by country, for the page "Where to get help": only numbers that a source states plainly."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.safestring import SafeString

from resources.models import Helpline, Language
from resources.models.routing import reader_locale
from resources.opening_hours import opening_hours
from resources.record.classification import named
from resources.record.known_words import known_wording
from resources.record.shape import Item
from resources.record.texts import day, host, listed, websites, wording
from resources.vocabulary_cache import Snapshot, vocabularies
from search.collation import sort_key

# A number that can be dialled as it stands: digits, with a plus sign before them and separators between them.
_ONE_NUMBER = re.compile(r"\+?[\d\s().-]+")

Channel = Helpline.Channel
_SCHEMES = {Channel.CALL: "tel", Channel.TEXT: "sms"}


@dataclass(frozen=True, slots=True)
class HelplineView:
    """A helpline in the reader's language; `link` is "" where the text of the number cannot be dialled as it stands.

    `channel` is "" where one calls it, `languages` are HTML.
    """

    name: Item | None
    number: str
    link: str
    channel: str
    kind: str
    languages: SafeString
    free: bool
    hours: Item | None
    coverage: Item | None
    url: str
    source_url: str
    source_name: str
    more_sources: tuple[Item, ...]
    source_read: str  # the day, "" where it is not known
    source_year: str  # the year, where it alone is known


@dataclass(frozen=True, slots=True)
class CountryHelplines:
    """A country with at least one helpline; `anchor` names it in addresses."""

    name: str
    anchor: str
    helplines: tuple[HelplineView, ...]


def helplines_by_country() -> list[CountryHelplines]:
    """Countries by their name in the reader's language, each with its helplines: for children first."""
    locale = reader_locale()
    terms = vocabularies()
    countries = terms.by_pk["country"]
    found: dict[int, list[HelplineView]] = defaultdict(list)
    order = list(Helpline.Kind)
    shown = Helpline.objects.filter(shown=True).prefetch_related("languages")
    for helpline in sorted(shown, key=lambda one: (order.index(one.kind), sort_key(one.name, locale))):
        found[helpline.country_id].append(_view(helpline, terms, locale))
    groups = [
        CountryHelplines(countries[pk].label(locale), countries[pk].code.lower(), tuple(views))
        for pk, views in found.items()
    ]
    return sorted(groups, key=lambda group: sort_key(group.name, locale))


def _view(helpline: Helpline, terms: Snapshot, locale: str) -> HelplineView:
    names = (named(terms, "language", language.code, locale) for language in helpline.languages.all())
    served = sorted(names, key=lambda name: sort_key(name.text, locale))
    languages = terms.by_pk["language"]
    words = languages.get(helpline.wording_language_id)
    return HelplineView(
        name=wording(helpline.name, languages.get(helpline.name_language_id)),
        number=helpline.number,
        link=_link(helpline),
        channel="" if helpline.channel == Channel.CALL else str(helpline.get_channel_display()),
        kind=str(helpline.get_kind_display()),
        languages=listed(served, locale),
        free=bool(helpline.free),
        hours=_hours(helpline.hours, words, locale),
        coverage=known_wording(helpline.coverage, words),
        url=helpline.url,
        source_url=helpline.source_url,
        source_name=host(helpline.source_url),
        more_sources=websites(helpline.more_source_urls),
        source_read=_day_read(helpline),
        source_year=str(helpline.source_read.year) if helpline.source_read and helpline.read_only_year else "",
    )


def _hours(text: str, language: Language | None, locale: str) -> Item | None:
    known = opening_hours(text, locale)
    return Item(known) if known else wording(text, language)


def _day_read(helpline: Helpline) -> str:
    return "" if helpline.read_only_year else day(helpline.source_read)


def _link(helpline: Helpline) -> str:
    """Where a click on the number leads; "" where the number is not complete enough for its channel."""
    number = _dialled(helpline.number)
    if helpline.channel == Channel.WHATSAPP:
        return f"https://wa.me/{number[1:]}" if number.startswith("+") else ""
    return number and f"{_SCHEMES[Channel(helpline.channel)]}:{number}"


def _dialled(number: str) -> str:
    """What a telephone dials: digits, and the plus sign before them; "" where there are words or several numbers."""
    if not _ONE_NUMBER.fullmatch(number.strip()):
        return ""
    digits = "".join(character for character in number if character.isdecimal())
    return f"+{digits}" if number.strip().startswith("+") else digits
