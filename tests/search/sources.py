"""A source of works that tests fill by hand, and an engine that fails when told to."""

from collections.abc import Callable, Iterable, Iterator

from search.analysis import folded
from search.documents import Document, Term
from search.engines.base import Engine, EngineError, Health
from search.models import PendingChange
from search.query import Query, Result
from search.storage import fingerprint
from tests.search.works import document, page


class FakeSource:
    """The owner's side of search.registry.Source, as a dictionary."""

    def __init__(self, *documents: Document) -> None:
        self.works = {document.id: document for document in documents}
        self.unreadable: set[str] = set()
        self.names: dict[str, dict[str, str]] = {}

    def ids(self) -> set[str]:
        return set(self.works)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        for id in sorted(self.works if ids is None else self.works.keys() & set(ids)):
            if id in self.unreadable:
                raise ValueError(f"{id} has no original")
            yield self.works[id]

    def labels(self, facet: str, locale: str) -> dict[str, str]:
        return self.names.get(facet, {})

    def foreign_labels(self, facet: str, locale: str) -> dict[str, str]:
        return {}

    def term(self, facet: str, value: str) -> Term | None:
        name = self.labels(facet, "").get(value)
        return Term((("es", name),)) if name else None

    def words_of_names(self) -> frozenset[str]:
        return frozenset(word for of in self.names.values() for name in of.values() for word in folded(name).split())

    def listing(self, locale: str, types: tuple[str, ...], offset: int, limit: int) -> tuple[int, list[Document]]:
        return len(self.works), list(self.works.values())[offset : offset + limit]


class FakeEngine(Engine):
    """Holds documents in a dictionary; `broken` is the message of every operation while it is set."""

    name = "fake"

    def __init__(self) -> None:
        self.works: dict[str, Document] = {}
        self.broken = ""
        self.batches: list[list[str]] = []
        self.before_upsert: Callable[[], None] | None = None
        self.after_upsert: Callable[[], None] | None = None

    def _check(self) -> None:
        if self.broken:
            raise EngineError(self.broken)

    def search(self, query: Query) -> Result:
        self._check()
        return Result((), len(self.works), {})

    def totals(self, queries: Iterable[Query]) -> list[int]:
        self._check()
        return [len(self.works) for _query in queries]

    def suggest(self, text: str, locale: str, limit: int = 8) -> tuple[str, ...]:
        self._check()
        return ()

    def upsert(self, documents: Iterable[Document]) -> int:
        self._check()
        if self.before_upsert:
            self.before_upsert()
        batch = list(documents)
        self.works |= {document.id: document for document in batch}
        self.batches.append([document.id for document in batch])
        if self.after_upsert:
            self.after_upsert()
        return len(batch)

    def delete(self, ids: Iterable[str]) -> None:
        self._check()
        for id in ids:
            self.works.pop(id, None)

    def bring(self, ids: Iterable[str], documents: Iterable[Document]) -> int:
        count = self.upsert(documents)
        self.delete(set(ids).difference(self.batches[-1]))
        return count

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        self._check()
        self.works = {document.id: document for document in documents}
        if progress:
            progress(len(self.works))
        return len(self.works)

    def fingerprints(self) -> dict[str, str]:
        self._check()
        return {id: fingerprint(document) for id, document in self.works.items()}

    def health(self) -> Health:
        return Health(self.name, not self.broken, len(self.works), 7, self.broken or "The search index is ready.")


def pending() -> set[str]:
    return set(PendingChange.objects.values_list("document_id", flat=True))


def put(source, *ids: str, title: str = "Crianza") -> None:
    for id in ids:
        source.works[id] = document(id, page("es", title))
