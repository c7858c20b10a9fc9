"""The embedded engine: an index of tantivy in a folder beside the database, no server."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from time import perf_counter

import tantivy

from search import spelling
from search.documents import Document
from search.engines.base import OTHER_BUILDS, Engine, EngineError, Health
from search.engines.embedded_folder import IndexFolder, telling
from search.engines.embedded_schema import VERSION, schema
from search.engines.embedded_view import View, open_index
from search.engines.embedded_writing import Target, changing, noting, replay
from search.query import Query, Result

WRITER_HEAP = 15_000_000  # bytes, the least tantivy takes: a web worker writes a few works at a time
REBUILD_HEAP = 128_000_000  # of all threads together; with 50 MB, and with 256, building took longer
REBUILD_THREADS = 2  # beside the one that analyses: more would wait for it
PROGRESS_STEP = 100  # works between two calls of `progress`
TRIES = 4  # a reader that finds a file gone looks again: another process may just have committed or swapped


class EmbeddedEngine(Engine):
    """`folder` need not exist. `lock_timeout` (seconds) is how long a writer waits for another."""

    name = "embedded"

    def __init__(self, folder: Path | str, lock_timeout: float = 30.0) -> None:
        self.folder = IndexFolder(Path(folder), lock_timeout)
        self._lock = Lock()
        self._seen: tuple[tuple, View] | None = None

    def search(self, query: Query) -> Result:
        started = perf_counter()
        with self._reading() as view:
            result = spelling.with_correction(
                self._within_reach(query), view.answer, view.totals, view.dictionary, view.having
            )
        self._refuse_deeper(query, result.total)
        return replace(result, took_ms=(perf_counter() - started) * 1000)

    def totals(self, queries: Sequence[Query]) -> list[int]:
        with self._reading() as view:
            return view.totals(queries)

    def suggest(self, text: str, locale: str, limit: int = 8) -> tuple[str, ...]:
        # Editions and translations share titles: ask for more works than titles are wanted.
        query = Query(text=text.rstrip(), locale=locale, limit=limit * 2)
        with self._reading() as view:
            hits = view.answer(query).hits if query.text else ()
        return tuple(dict.fromkeys(hit.document.page_for(locale).title for hit in hits))[:limit]

    def upsert(self, documents: Iterable[Document]) -> int:
        return self._change((), documents)

    def delete(self, ids: Iterable[str]) -> None:
        self._change(ids, ())

    def bring(self, ids: Iterable[str], documents: Iterable[Document]) -> int:
        with self._reading():
            pass  # there is an index, and it is whole
        return self._change(ids, documents)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        with self.folder.locked("rebuild", wait=False):
            path = self.folder.create(VERSION)
            try:
                with self.folder.locked("write"):
                    self.folder.begin_building(path)
                index = self._new_index(path)
                count = 0
                with changing(index, REBUILD_HEAP, REBUILD_THREADS, once=True) as target:
                    for document in documents:
                        target.put(document)
                        count += 1
                        if progress and count % PROGRESS_STEP == 0:
                            progress(count)
                if progress:
                    progress(count)
                with self.folder.locked("write"):
                    with changing(index, WRITER_HEAP) as target:
                        replay(self.folder.journal(path), target)
                    self.folder.publish(path)
            except BaseException as error:
                # Where readers use it already, nothing but clearing away has failed.
                if self.folder.abandon(path) or not isinstance(error, EngineError):
                    raise
        return count

    def fingerprints(self) -> dict[str, str]:
        with self._reading() as view:
            return view.fingerprints()

    def health(self) -> Health:
        try:
            with self._reading() as view:
                documents = view.works
        except EngineError as error:
            return Health(self.name, False, 0, self.folder.size(), str(error))
        return Health(self.name, True, documents, self.folder.size(), "The search index is ready.")

    @contextmanager
    def _reading(self) -> Iterator[View]:
        """The index as it is on disk now. What goes wrong while it is used makes the next reader open it anew."""
        try:
            with telling("The search index cannot be read"):
                yield self._view()
        except EngineError:
            self._seen = None
            raise

    def _view(self) -> View:
        with self._lock:
            for _try in range(TRIES - 1):
                with suppress(OSError, EngineError):
                    return self._look()
            return self._look()

    def _look(self) -> View:
        path = self.folder.current()
        meta = (path / "meta.json").stat()
        state = (path.name, meta.st_mtime_ns, meta.st_ino, meta.st_size)
        seen, self._seen = self._seen, None  # unless all goes well, the next look opens the index anew
        if seen and seen[0] == state:
            view = seen[1]
        else:
            with telling("The search index cannot be opened"):
                same = seen is not None and seen[0][0] == path.name
                view = View(path, seen[1].index if same else open_index(path, self.folder.version(path)))
        view.check()
        self._seen = state, view
        return view

    def _change(self, ids: Iterable[str], documents: Iterable[Document]) -> int:
        """Store `documents`, and remove those of `ids` that are not among them.

        They are read under the lock, so that the last to write has the newest state.
        """
        with self.folder.locked("write"), ExitStack() as stack:
            building = self.folder.building()
            if building and self.folder.version(building) != VERSION:
                raise EngineError(OTHER_BUILDS)  # and what it reads in the journal is of its own version
            targets: list[Target] = []
            if index := self._writable(building):
                targets.append(stack.enter_context(changing(index, WRITER_HEAP)))
            if building:
                targets.append(stack.enter_context(noting(self.folder.journal(building))))
            gone = dict.fromkeys(ids)
            count = 0
            for document in documents:
                for target in targets:
                    target.put(document)
                gone.pop(document.id, None)
                count += 1
            for id in gone:
                for target in targets:
                    target.remove(id)
        return count

    def _writable(self, building: Path | None) -> tantivy.Index | None:
        """The current index; an empty new one where there is none, but None while the first is being built."""
        path = self.folder.current_or_none()
        if path is None and building:
            return None
        if path is None:
            path = self.folder.create(VERSION)
            index = self._new_index(path)
            self.folder.publish(path)
            return index
        if self.folder.version(path) != VERSION:
            raise EngineError("The search index was made by another version of the hub. Run: manage.py search_rebuild")
        with telling("The search index cannot be opened"):
            return tantivy.Index.open(str(path))

    def _new_index(self, path: Path) -> tantivy.Index:
        with telling("The search index cannot be made"):
            return tantivy.Index(schema(), str(path))
