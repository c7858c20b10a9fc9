"""The contract of a search engine. Engines receive plain documents and queries, never models."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from search.documents import Document
from search.query import Query, Result

# Works from the start of a list that can be shown, on every engine. An engine gathers all that come before a page: of
# 100,000 works, page 500 took Elasticsearch 100 to 580 ms and the embedded engine, by title, 680; the first 5 to 18.
MOST_DEEP = 2_000

# A change that went to the old index alone would be missing in the new one, and this version cannot write that.
OTHER_BUILDS = (
    "Another version of the hub is building the search index: changes wait until that is done. "
    "If it was broken off, run: manage.py search_rebuild"
)


class EngineError(Exception):
    """The engine cannot answer or store now. The message is for an operator, without secrets."""


class Busy(EngineError):
    """Another process has the lock that this needs; it ends, or lapses."""


class RefusedDocument(EngineError):
    """The engine is well, but will never take this document. The message says which and why."""


_unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)


@contextmanager
def unhurried() -> Iterator[None]:
    """Inside, nobody waits for a page: an engine may take longer to answer than a reader would."""
    token = _unhurried.set(True)
    try:
        yield
    finally:
        _unhurried.reset(token)


def is_unhurried() -> bool:
    """Whether this is said inside `unhurried()`."""
    return _unhurried.get()


_page_began: ContextVar[float | None] = ContextVar("page_began", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Inside, all questions share the time that a page has for the engine: a page may ask several."""
    token = _page_began.set(time.monotonic())
    try:
        yield
    finally:
        _page_began.reset(token)


def page_began() -> float | None:
    """When the page began that this is asked for, as time.monotonic() tells it; None outside of `one_page()`."""
    return _page_began.get()


@dataclass(frozen=True, slots=True)
class Health:
    """State of an engine: `ok`, the number of works it holds, its size in bytes and one plain sentence."""

    engine: str
    ok: bool
    documents: int
    size: int
    message: str


class Engine(ABC):
    """Same documents and same query give the same works, counts and facets on every engine.

    Every operation raises `EngineError` where the engine is away or its data is unusable.
    """

    name: str
    deepest = MOST_DEEP

    @abstractmethod
    def search(self, query: Query) -> Result:
        """Works that match, with exact counts of works for each asked facet. Of those that lie deeper than the first
        `deepest` only the number is told: a question that begins there is refused."""

    @abstractmethod
    def totals(self, queries: Sequence[Query]) -> Sequence[int]:
        """How many works match each of `queries` as it is spelled."""

    @abstractmethod
    def suggest(self, text: str, locale: str, limit: int = 8) -> tuple[str, ...]:
        """Titles, in the reader's language where they exist, of works that match `text` as one types it."""

    @abstractmethod
    def upsert(self, documents: Iterable[Document]) -> int:
        """Store or replace; visible to every process when this returns. Returns how many."""

    @abstractmethod
    def delete(self, ids: Iterable[str]) -> None:
        """Remove works by document id; unknown ids are ignored."""

    @abstractmethod
    def bring(self, ids: Iterable[str], documents: Iterable[Document]) -> int:
        """Make the works `ids` what they are in `documents`, which is read only now; those that are not there are
        removed. Returns how many were stored. EngineError where there is no index: readers would take one of these
        works alone for the whole."""

    @abstractmethod
    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Build a new index of `documents`, each work once, and swap it in one step; readers see the old one until
        then. Returns how many works."""

    @abstractmethod
    def fingerprints(self) -> dict[str, str]:
        """Document id to `search.storage.fingerprint` of what is stored: how drift from the database is found."""

    @abstractmethod
    def health(self) -> Health:
        """Never raises: trouble is told in the answer."""

    def _within_reach(self, query: Query) -> Query:
        """`query` without the works that lie deeper than lists are shown."""
        return replace(query, limit=max(0, min(query.limit, self.deepest - query.offset)))

    def _refuse_deeper(self, query: Query, total: int) -> None:
        """EngineError where `query` begins deeper than lists are shown, and there are works."""
        if self.deepest <= query.offset < total:
            raise EngineError(f"A list shows its first {self.deepest} works: none further down can be asked for.")
