"""Where changes go: into an index, or into the journal of an index that is being built."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import tantivy

from search import storage
from search.documents import Document, Term
from search.engines.embedded_folder import telling
from search.engines.embedded_schema import register_tokenizers, row, term_row
from search.engines.fields import clean

_writing = telling("The search index cannot be written")


class Target(Protocol):
    """Takes changes in order; a work that is put replaces the one with its id."""

    def put(self, document: Document) -> None: ...

    def remove(self, id: str) -> None: ...


class IndexTarget:
    """An index; nothing is seen of the changes until they are committed together. `once`: no work is put that was
    there before."""

    def __init__(self, index: tantivy.Index, heap: int, threads: int = 1, once: bool = False) -> None:
        with _writing:
            register_tokenizers(index)
            self._writer = index.writer(heap, threads)
            index.reload()
            self._before = index.searcher()
        self._schema = index.schema
        self._once = once
        self._terms: set[str] = set()  # those of which the row is there or on its way
        self._changed = False

    def put(self, document: Document) -> None:
        fields = row(document, self._schema)
        self._changed = True
        with _writing:
            for term in document.keywords:
                if term.id not in self._terms:
                    self._put_term(term)
            if not self._once:
                self._writer.delete_documents_by_term("id", clean(document.id))
            self._writer.add_document(fields)

    def _put_term(self, term: Term) -> None:
        """A row is never changed and never removed: an index is built anew before many are of no use."""
        if not self._before.doc_freq("term", int(term.id, 16)):
            self._writer.add_document(term_row(term, self._schema))
        self._terms.add(term.id)

    def remove(self, id: str) -> None:
        self._changed = True
        with _writing:
            self._writer.delete_documents_by_term("id", clean(id))

    def commit(self) -> None:
        """All changes become visible, on disk, in one step."""
        if self._changed:
            with _writing:
                self._writer.commit()

    def close(self) -> None:
        """Let go of the index, after the merges of its segments; what was not committed is dropped."""
        with _writing:
            self._writer.wait_merging_threads()


class JournalTarget:
    """A file of changes, one a line, for `replay`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def put(self, document: Document) -> None:
        self._file.write(b"+" + storage.dump(document, whole=True) + b"\n")

    def remove(self, id: str) -> None:
        self._file.write(b"-" + storage.to_json(id) + b"\n")


@contextmanager
def changing(index: tantivy.Index, heap: int, threads: int = 1, once: bool = False) -> Iterator[IndexTarget]:
    """Commit what is put into the target when the block ends well, and nothing of it otherwise."""
    target = IndexTarget(index, heap, threads, once)
    try:
        yield target
        target.commit()
    finally:
        target.close()


@contextmanager
def noting(journal: Path) -> Iterator[JournalTarget]:
    """Add to the end of `journal`. Needs the lock "write".

    A writer that was killed, or had no room, may have left half a line: it goes. Its change is in no index either.
    """
    with _writing, journal.open("a+b") as file:
        file.seek(max(file.tell() - 1, 0))
        if file.read() not in (b"", b"\n"):
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
        yield JournalTarget(file)


def replay(journal: Path, target: Target) -> None:
    """Put the changes of `journal` into `target`, in the order in which they came; not half a one at its end."""
    with _writing, journal.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            if line.startswith(b"+"):
                target.put(storage.load(line[1:]))
            else:
                target.remove(storage.from_json(line[1:]))
