"""What an engine stores: one plain document a work, whatever the number of its translations."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from search.languages import best_locale


@dataclass(frozen=True, slots=True)
class PageText:
    """One published, unrestricted page of the work: its text in `locale`, its public path in `url`.

    `title_language`: ISO 639 code, where the title is not in `locale` but kept as it is in another language.
    """

    locale: str
    title: str
    summary: str
    url: str
    body: str = ""
    title_language: str = ""

    @property
    def language_of_title(self) -> str:
        return self.title_language or self.locale


@dataclass(frozen=True, slots=True)
class Material:
    """One edition: `language` is ISO 639 (sign languages 639-3), `url` "" where there is no link to show.

    `available` is False for editions planned or in translation: their titles are
    searched, their language is not a language of the material.
    """

    language: str
    title: str
    url: str = ""
    available: bool = True
    text: str = ""  # extracted from an uploaded PDF or Word file


OPEN_END = date.max  # the last day of a training that goes on without one
NEXT_NAME = " · "  # between a name and its synonyms


@dataclass(frozen=True, slots=True)
class Term:
    """What a term of a vocabulary is called: `names` are pairs of a locale and its name and synonyms in it, with
    NEXT_NAME between them.

    Many works have a term: an engine stores its words once, under `id`, a digest of them: a number of 60 bits in
    hexadecimal digits.
    """

    names: tuple[tuple[str, str], ...] = field(compare=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(repr(self.names).encode("utf-8", "surrogatepass"), digest_size=8)
        object.__setattr__(self, "id", digest.hexdigest()[1:])


@dataclass(frozen=True, slots=True)
class Document:
    """One work.

    `id` is the Wagtail translation key as text. `keywords` are all terms of the work, whose names
    and synonyms are words of the work in every language. `facets` maps a facet id of
    search/facets.py to vocabulary keys; "type", "described_in", "year" and "when" are
    not in it, they follow from the other fields. `added_on` is aware, UTC. `described`: the titles are
    descriptions, no published one is known. `order`: place among works of the type, where these have an order.
    `cancelled`: a training that does not take place. Of one that ends on OPEN_END no first day is told: by date it
    stands behind those that take place on a day.
    """

    id: str
    external_id: str
    type: str
    pages: tuple[PageText, ...]
    added_on: datetime
    keywords: tuple[Term, ...] = ()
    materials: tuple[Material, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    # Reader's locale to the public path where the hub shows the work in that locale, translated or by fallback.
    urls: Mapping[str, str] = field(default_factory=dict)
    described: bool = False
    order: int = 0
    cancelled: bool = False

    def url_for(self, locale: str) -> str:
        """Where a reader of `locale` is sent: the address in that locale, else that of a page of the work."""
        return self.urls.get(locale) or self.page_for(locale).url

    def page_for(self, locale: str) -> PageText:
        """The page whose text a reader of `locale` is shown."""
        pages = {page.locale: page for page in self.pages}
        return pages[best_locale(pages, locale)]
