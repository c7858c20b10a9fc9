"""What the home page shows beside its own text: live counts, strategies, what is new and what is coming."""

from dataclasses import dataclass
from itertools import islice

from django.urls import reverse

from resources.models.routing import reader_locale
from resources.vocabulary_cache import vocabularies
from search.collation import sort_key
from search.engines import get_engine
from search.engines.base import EngineError, one_page
from search.hits import hit_views
from search.languages import direction
from search.query import FacetCount, Query, Result

NEWEST = UPCOMING = 4
LANGUAGES = 8  # shown at once, the others fold away
# Strategies and countries frame the rest and people are not news.
NEWS = ("programme", "training", "evaluation", "publication", "practice")


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet with its name, its count of works and the list of them."""

    code: str
    name: str
    url: str
    count: int
    lang: str | None = None  # of the name: None for the reader's own, "" where nobody knows


@dataclass(frozen=True, slots=True)
class StrategyCard:
    """A strategy as the home page shows it; `count` is None while it cannot be counted."""

    key: str
    letter: str
    name: str
    name_lang: str
    url: str
    colour: str
    summary: str
    summary_lang: str
    count: int | None

    @property
    def name_dir(self) -> str:
        return direction(self.name_lang)

    @property
    def summary_dir(self) -> str:
        return direction(self.summary_lang)


def front_page(lists: dict[str, tuple[str, str]]) -> dict:
    """Context of the home page. `lists` maps a type of works to title and address of its catalogue page.

    Where the engine is away the page shows what the database alone can tell: the strategies.
    """
    locale = reader_locale()
    try:
        engine = get_engine()
        counted = ("type", "language", "strategy")
        coming = {"type": ("training",), "when": ("upcoming",)}
        with one_page():
            all_works = engine.search(Query(locale=locale, facets=counted, limit=0))
            newest = engine.search(Query(locale=locale, filters={"type": NEWS}, sort="newest", limit=NEWEST))
            upcoming = engine.search(Query(locale=locale, filters=coming, sort="date", limit=UPCOMING))
            explained = engine.search(Query(locale=locale, filters={"type": ("strategy",)}, limit=50))
    except EngineError:
        nothing = Result(hits=(), total=0, facets={})
        return {"strategies": _strategies(locale, nothing, None), "engine_away": True}
    languages = _languages(all_works, locale)
    return {
        "types": [
            Counted(found.value, *lists[found.value], found.count)
            for found in all_works.facets["type"]
            if found.value in lists
        ],
        "strategies": _strategies(locale, explained, all_works.facets["strategy"]),
        "languages": languages[:LANGUAGES],
        "more_languages": languages[LANGUAGES:],
        "largest": languages[0].count if languages else 0,
        "newest": hit_views((hit.document for hit in newest.hits), locale),
        "upcoming": hit_views((hit.document for hit in upcoming.hits), locale),
    }


def _languages(result: Result, locale: str) -> list[Counted]:
    names = vocabularies().labels("language", locale)
    foreign = vocabularies().foreign_labels("language", locale)
    search = reverse("search")
    counted = [
        Counted(code, names.get(code, code), f"{search}?language={code}", count, foreign.get(code))
        for code, count in result.facets["language"]
    ]
    return sorted(counted, key=lambda one: (-one.count, sort_key(one.name, locale)))


def _strategies(locale: str, explained: Result, counts: tuple[FacetCount, ...] | None) -> list[StrategyCard]:
    pages = {
        key: hit.document.url_for(locale)
        for hit in explained.hits
        for key in islice(hit.document.facets.get("strategy", ()), 1)
    }
    count_of = {found.value: found.count for found in counts or ()}
    terms = sorted(vocabularies().by_key["strategy"].values(), key=lambda term: (term.order, term.key))
    return [
        StrategyCard(
            key=term.key,
            letter=term.letter,
            name=term.label(locale),
            name_lang=term.label_language(locale),
            url=pages.get(term.key) or f"{reverse('search')}?strategy={term.key}",
            colour=term.colour,
            summary=term.translated("description", locale),
            summary_lang=term.language_of("description", locale),
            count=None if counts is None else count_of.get(term.key, 0),
        )
        for term in terms
        if not term.retired
    ]
