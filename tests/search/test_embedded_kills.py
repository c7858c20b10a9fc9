"""A rebuild of the embedded index ends at any moment: readers have the old index or the new one, and every change."""

import multiprocessing
import os
import shutil
import signal
import sys

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_folder import IndexFolder
from search.query import Query
from tests.search.works import document

MOST = 100  # changes that a rebuild makes in its folder, rather more than there are


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index", lock_timeout=5)


def ids(engine) -> set[str]:
    return {hit.document.id for hit in engine.search(Query(limit=1000)).hits}


def indexes(engine) -> int:
    return len(list(engine.folder.root.glob("index-*")))


def _changes_the_folder(event: str, args: tuple) -> bool:
    if event == "open":
        path, _mode, flags = args
        return bool(flags & (os.O_WRONLY | os.O_RDWR)) and not str(path).endswith(".lock")
    if event == "os.remove":
        return args[1] == -1  # what is removed within a folder is the same to us as the folder
    return event in {"os.mkdir", "os.rename", "shutil.rmtree"}


def _rebuild_and_be_killed(engine, before: int) -> None:
    """Rebuild, with a change on the way, and be killed before the change of this number in the folder."""
    left = before

    def count(event: str, args: tuple) -> None:
        nonlocal left
        if _changes_the_folder(event, args):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def documents():
        yield document("new")
        EmbeddedEngine(engine.folder.root).upsert([document("meanwhile")])

    sys.addaudithook(count)
    engine.rebuild(documents())
    os._exit(0)


def test_a_rebuild_that_is_killed_before_any_change_in_its_folder_loses_nothing(tmp_path):
    forking = multiprocessing.get_context("fork")
    seen = set()
    for before in range(MOST):
        engine = EmbeddedEngine(tmp_path / str(before), lock_timeout=5)
        engine.upsert([document("old")])
        child = forking.Process(target=_rebuild_and_be_killed, args=(engine, before))
        child.start()
        child.join()
        engine.bring(["after"], [document("after")])
        found = frozenset(ids(engine))
        seen.add(found)
        assert found - {"meanwhile"} in ({"old", "after"}, {"new", "after"}), before
        assert "meanwhile" in found or "new" not in found, before
        assert not (engine.folder.root / "building").exists(), before
        engine.rebuild([document("again")])
        assert (ids(engine), indexes(engine)) == ({"again"}, 1), before
        if child.exitcode == 0:
            break
    assert child.exitcode == 0
    assert seen == {
        frozenset({"old", "after"}),
        frozenset({"old", "meanwhile", "after"}),
        frozenset({"new", "meanwhile", "after"}),
    }


def test_an_interrupt_while_old_indexes_are_removed_leaves_the_new_one(engine, monkeypatch):
    engine.rebuild([document("old")])

    def interrupted(*_args, **_options):
        patch.undo()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", interrupted)
        engine.rebuild([document("new")])
    assert ids(engine) == {"new"}
    engine.rebuild([document("again")])
    assert (ids(engine), indexes(engine)) == ({"again"}, 1)


def test_a_rebuild_that_cannot_clear_away_old_indexes_is_done(engine, monkeypatch):
    engine.rebuild([document("old")])
    remove = IndexFolder._remove

    def denied(folder, path):
        if path.is_dir():
            raise PermissionError(1, "Operation not permitted")
        remove(folder, path)

    with monkeypatch.context() as patch:
        patch.setattr(IndexFolder, "_remove", denied)
        assert engine.rebuild([document("new")]) == 1
    assert ids(engine) == {"new"}
    engine.rebuild([document("again")])
    assert (ids(engine), indexes(engine)) == ({"again"}, 1)


@pytest.mark.parametrize("later", [True, False])
def test_half_a_change_of_a_killed_writer_does_not_spoil_the_rebuild(engine, later):
    engine.rebuild([document("old")])
    other = EmbeddedEngine(engine.folder.root, lock_timeout=5)

    def documents():
        yield document("new")
        other.upsert([document("meanwhile")])
        (journal,) = engine.folder.root.glob("*.journal")
        with journal.open("ab") as file:
            file.write(journal.read_bytes()[:50])
        if later:
            other.upsert([document("later")])

    engine.rebuild(documents())
    assert ids(engine) == {"new", "meanwhile", *(["later"] if later else [])}
