"""What every engine stores of a document, whatever it calls its fields."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import repeat, starmap
from operator import itemgetter
from typing import NamedTuple

from search import collation
from search.analysis import stop_keys
from search.documents import NEXT_NAME, Document, Term
from search.facets import FACETS
from search.languages import LOCALES, best_locale
from search.parsing import SHORTEST_BEGINNING
from search.query import FacetCount
from search.texts import analysed

COUNTED = tuple(facet for facet in FACETS if facet != "when")  # "when" follows from the day on which it is asked
FACET_FIELDS = "facets", "organisations"  # organisations are many: who counts all other values does not walk over them
HEAD = 7  # bytes, which a signed number of 64 bits can hold in order
TITLE_HEADS = 3  # what these do not tell apart is read from the works
# Locale to the columns with the heads of the titles that its readers see.
TITLE_COLUMNS = {locale: tuple(f"title_{locale}_{place}" for place in range(TITLE_HEADS)) for locale in LOCALES}
START = SHORTEST_BEGINNING  # letters
_MOST_KEPT = 10_000  # values of a facet whose form in an index is kept in memory
_BORDER = " | "  # between texts, so that no phrase runs from one into the next; no word contains it


class Tokens(NamedTuple):
    """Space-separated tokens: `title` and `words` are the keys (analysis.keys) of the words of titles, with those of
    their stop words (analysis.stop_keys), and of all texts, `folded` the words in order, `title_starts` the first START
    letters of those of titles. `title_words` are the folded words of each title of a page."""

    title: str
    words: str
    folded: str
    title_starts: str
    title_words: dict[str, str]


def tokens(document: Document) -> Tokens:
    """The texts of `document`, analysed."""
    pages, materials = document.pages, document.materials
    written = [(page.title, page.language_of_title) for page in pages]
    written += [(one.title, one.language) for one in materials]
    titles = list(starmap(analysed, written))
    summaries = [analysed(page.summary, page.locale) for page in pages]
    bodies = [analysed(page.body, page.locale) for page in pages if page.body]
    bodies += [analysed(one.text, one.language) for one in materials if one.text]
    title, summary, body = (" ".join([text.keys for text in of]) for of in (titles, summaries, bodies))
    texts = titles + summaries + bodies
    stop_words = [stop_keys(of.folded, language) for of, (_title, language) in zip(titles, written, strict=True)]
    return Tokens(
        title=" ".join((title, *stop_words)),
        # What stands in the summary counts twice: it weighs more than what is only in the body.
        words=" ".join((title, summary, summary, body)),
        folded=_BORDER.join([text.folded for text in texts]),
        title_starts=" ".join([word[:START] for text in titles for word in text.folded.split()]),
        title_words={page.title: of.folded for page, of in zip(pages, titles)},  # noqa: B905 - those of pages are first
    )


class TermTokens(NamedTuple):
    """As Tokens, of the names and synonyms of a term."""

    words: str
    folded: str


def term_tokens(term: Term) -> TermTokens:
    """The words of `term`, analysed."""
    names = [analysed(name, locale) for locale, text in term.names for name in text.split(NEXT_NAME)]
    return TermTokens(
        words=" ".join([name.keys for name in names]),
        folded=_BORDER.join([name.folded for name in names]),
    )


def term_ids(document: Document) -> str:
    """The terms of `document`: space-separated tokens."""
    return " ".join([term.id for term in document.keywords])


def facet_values(document: Document) -> dict[str, list[str]]:
    """What FACET_FIELDS hold of `document`: "facet=value" for all values under which it is counted, each once; facets
    that search does not know left out."""
    values: dict[str, Iterable[str]] = {facet: of for facet, of in document.facets.items() if facet in _VALUES}
    values["type"] = (document.type,)
    values["described_in"] = [page.locale for page in document.pages]
    values["year"] = map(str, document.years)
    held: dict[str, list[str]] = {field: [] for field in FACET_FIELDS}
    for facet, of in values.items():
        held[field_of(facet)] += map(_VALUES[facet].__getitem__, dict.fromkeys(of))
    return held


def facet_value(facet: str, value: str) -> str:
    """How `value` stands in the field of `facet`."""
    return f"{facet}={clean(value)}"


class _Values(dict[str, str]):
    """Value of a facet -> how it stands in the field, made once: works share them. Emptied when full."""

    def __init__(self, facet: str) -> None:
        super().__init__()
        self._facet = facet

    def __missing__(self, value: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[value] = facet_value(self._facet, value)
        return made


_VALUES = {facet: _Values(facet) for facet in COUNTED}


def field_of(facet: str) -> str:
    """The field that holds the values of `facet`."""
    return "organisations" if facet == "organisation" else "facets"


def by_facet(counts: Iterable[tuple[str, int]]) -> dict[str, dict[str, int]]:
    """Facet to its values with their counts, out of what FACET_FIELDS hold."""
    found: dict[str, dict[str, int]] = {}
    for held, count in counts:
        facet, _equals, value = held.partition("=")
        found.setdefault(facet, {})[value] = count
    return found


def in_order(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Values with their counts: by count descending, then by value."""
    ordered = sorted(counts.items())
    ordered.sort(key=itemgetter(1), reverse=True)
    return tuple(map(tuple.__new__, repeat(FacetCount), ordered))  # FacetCount(*pair), three times as fast


def title_keys(document: Document, title_words: Mapping[str, str] | None = None) -> dict[str, str]:
    """Locale to the key by which its readers find `document` in a list by title; equal titles are ordered by id.

    `title_words`: of its `tokens`, where these are known.
    """
    if title_words is None:
        title_words = tokens(document).title_words
    titles = {page.locale: page.title for page in document.pages}
    id = clean(document.id)
    keys = {}
    for locale in LOCALES:
        title = titles[best_locale(titles, locale)]
        keys[locale] = f"{collation.sort_key_of(title, locale, title_words[title])}\t{id}"
    return keys


def heads(text: str, number: int = 1) -> list[int]:
    """The first HEAD bytes of `text`, the next, ...: `number` numbers whose order is that of the text."""
    beginning = text.encode().ljust(number * HEAD, b"\0")
    return [int.from_bytes(beginning[place : place + HEAD], "big") for place in range(0, number * HEAD, HEAD)]


def title_heads(keys: dict[str, str]) -> dict[str, int]:
    """The columns of TITLE_COLUMNS in all locales with their numbers; `keys` are those of `title_keys`."""
    numbers = {key: heads(key, TITLE_HEADS) for key in set(keys.values())}  # most works have one title in all locales
    return {
        column: number
        for locale, key in keys.items()
        for column, number in zip(TITLE_COLUMNS[locale], numbers[key], strict=True)
    }


def first_day(document: Document) -> date | None:
    """The day on which a training begins."""
    return document.starts_on or document.ends_on


def last_day(document: Document) -> date | None:
    """The day on which a training ends."""
    return document.ends_on or document.starts_on


def microseconds(document: Document) -> int:
    """When the work was added, in microseconds since 1970."""
    return round(document.added_on.timestamp() * 1_000_000)


def clean(text: str) -> str:
    """`text` as UTF-8 can hold it: a lone surrogate becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
