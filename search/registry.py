"""Where the app that owns the works tells search how they become documents and what facet values are called.

`search` imports no other app of the project; the owner calls `register` in its AppConfig.ready().
"""

from collections.abc import Container, Iterable, Iterator
from typing import Protocol

from search.documents import Document, Term


class Source(Protocol):
    """The owner's side of the contract."""

    def ids(self) -> set[str]:
        """Ids of all works that may be shown to everyone now."""

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Documents of these works, of all when None; works that may not be shown are left out."""

    def labels(self, facet: str, locale: str) -> dict[str, str]:
        """Facet value to its name in `locale` for every value the facet knows, retired ones too. No query when warm."""

    def foreign_labels(self, facet: str, locale: str) -> dict[str, str]:
        """Facet value to the language of its name, of those values whose name is not in `locale`; "" where nobody
        knows which it is. No query when warm."""

    def term(self, facet: str, value: str) -> Term | None:
        """What works with this value of the facet are found by; None where they are found by no words of it. No query
        when warm."""

    def words_of_names(self) -> Container[str]:
        """The folded words of the names and synonyms of all terms, countries and languages, in every locale. It is
        asked for with every question and looked into seldom: what it costs to gather them belongs to the look."""

    def listing(self, locale: str, types: tuple[str, ...], offset: int, limit: int) -> tuple[int, list[Document]]:
        """Works by title straight from the database, for when the engine is away: (total, this page of them)."""


_sources: list[Source] = []


def register(source: Source) -> None:
    """Make `source` the one the index is built from."""
    _sources[:] = [source]


def source() -> Source:
    """The registered source; LookupError where no app has registered one."""
    if not _sources:
        raise LookupError("No app has registered a source of documents with search.registry.")
    return _sources[0]
