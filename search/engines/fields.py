"""What every engine stores of a document, whatever it calls its fields."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from search import collation, texts
from search.documents import Document
from search.facets import FACETS
from search.languages import LOCALES, best_locale

COUNTED = tuple(facet for facet in FACETS if facet != "when")  # "when" follows from the day on which it is asked
WEIGHTS = {"title": 8.0, "keywords": 3.0, "summary": 1.5, "body": 1.0}
TITLE_START_WEIGHT = 3.0
START_WEIGHT = 0.1
AS_TYPED = 0.5  # weight of the very word that was typed, beside that of its stems
OWN_LANGUAGE = 1.5  # weight of a stem in the reader's language
LONGEST_START = texts.STARTS[-1]
HEAD = 7  # bytes, which a signed number of 64 bits can hold in order
TITLE_HEADS = 3  # what these do not tell apart is read from the works
BORDER = "|"  # between texts, so that no phrase runs from one into the next; no word contains it


class Tokens(NamedTuple):
    """Space-separated tokens: `scored` are the keys of words (analysis.keys) by the names of WEIGHTS, `every` all of
    them once, `folded` the words in order, `starts` the beginnings of all words, `title_starts` of those of titles."""

    scored: dict[str, str]
    every: str
    folded: str
    starts: str
    title_starts: str


def tokens(document: Document) -> Tokens:
    """The texts of `document`, analysed."""
    scored: dict[str, str] = {}
    every: set[str] = set()
    folded: list[str] = []
    starts: set[str] = set()
    title_starts = ""
    for name, pieces in _texts(document).items():
        keys: list[str] = []
        for text, language in pieces:
            analysed = texts.analysed(text, language)
            keys += analysed.keys
            folded += analysed.folded
            folded.append(BORDER)
            starts.update(analysed.starts)
        scored[name] = " ".join(keys)
        every.update(keys)
        if name == "title":
            title_starts = " ".join(starts)
    return Tokens(scored, " ".join(every), " ".join(folded), " ".join(starts), title_starts)


def facet_values(document: Document) -> dict[str, list[str]]:
    """Facet to the values under which `document` is counted, each once; facets that search does not know left out."""
    values: dict[str, Iterable[str]] = {facet: of for facet, of in document.facets.items() if facet in COUNTED}
    values["type"] = (document.type,)
    values["described_in"] = [page.locale for page in document.pages]
    values["year"] = map(str, document.years)
    return {facet: [clean(value) for value in dict.fromkeys(of)] for facet, of in values.items()}


def title_keys(document: Document) -> dict[str, str]:
    """Locale to the key by which its readers find `document` in a list by title; equal titles are ordered by id."""
    shown = {page.locale: page for page in document.pages}
    titles = {locale: shown[best_locale(shown, locale)].title for locale in LOCALES}
    return {locale: f"{collation.sort_key(title, locale)}\t{clean(document.id)}" for locale, title in titles.items()}


def heads(text: str, number: int = 1) -> list[int]:
    """The first HEAD bytes of `text`, the next, ...: `number` numbers whose order is that of the text."""
    beginning = text.encode().ljust(number * HEAD, b"\0")
    return [int.from_bytes(beginning[place : place + HEAD], "big") for place in range(0, number * HEAD, HEAD)]


def title_columns(locale: str) -> list[str]:
    """The columns with the heads of the titles that readers of `locale` see."""
    return [f"title_{locale}_{place}" for place in range(TITLE_HEADS)]


def title_heads(keys: dict[str, str]) -> dict[str, int]:
    """The columns of `title_columns` in all locales with their numbers; `keys` are those of `title_keys`."""
    return {
        column: number
        for locale, key in keys.items()
        for column, number in zip(title_columns(locale), heads(key, TITLE_HEADS), strict=True)
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


def _texts(document: Document) -> dict[str, list[tuple[str, str]]]:
    pages, materials = document.pages, document.materials
    return {
        "title": [(page.title, page.language_of_title) for page in pages]
        + [(one.title, one.language) for one in materials],
        "keywords": [(text, locale) for locale, text in document.keywords.items()],
        "summary": [(page.summary, page.locale) for page in pages],
        "body": [(page.body, page.locale) for page in pages if page.body]
        + [(one.text, one.language) for one in materials if one.text],
    }
