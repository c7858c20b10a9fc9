"""What is particular to the embedded engine: its folder, its locks, other processes, damage."""

import gc
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from search.documents import Term
from search.engines import embedded_folder, embedded_query, embedded_view, get_engine
from search.engines.base import EngineError
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_folder import IndexFolder, telling
from search.query import Query
from tests.search import works
from tests.search.oracle import Oracle
from tests.search.works import document


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index", lock_timeout=0.2)


def ids(engine, **asked) -> set[str]:
    return {hit.document.id for hit in engine.search(Query(limit=1000, **asked)).hits}


def run(script: str, *args: str) -> subprocess.Popen:
    """Another process, in the folder of the project, without Django."""
    command = [sys.executable, "-c", textwrap.dedent(script), *args]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


# Other processes

WRITE = """
    import sys
    from search.engines.embedded import EmbeddedEngine
    from tests.search.works import document
    engine = EmbeddedEngine(sys.argv[1])
    for number in range(10):
        engine.upsert([document(f"{sys.argv[2]}-{number}")])
"""

HOLD = """
    import sys
    from search.engines.embedded import EmbeddedEngine
    from tests.search.works import document
    engine = EmbeddedEngine(sys.argv[1])
    def documents():
        yield document("held")
        print("holding", flush=True)
        sys.stdin.readline()
    getattr(engine, sys.argv[2])(documents())
"""


def test_several_processes_write_one_after_the_other(engine):
    processes = [run(WRITE, str(engine.folder.root), name) for name in "abc"]
    for process in processes:
        _out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert ids(engine) == {f"{name}-{number}" for name in "abc" for number in range(10)}


def test_a_reader_sees_what_another_process_wrote_at_once(engine):
    engine.upsert([document("mine")])
    assert ids(engine) == {"mine"}
    process = run(WRITE, str(engine.folder.root), "its")
    process.communicate(timeout=120)
    assert len(ids(engine)) == 11


def test_a_writer_waits_for_its_turn_and_then_says_who_is_in_the_way(engine):
    engine.upsert([document("old")])
    process = run(HOLD, str(engine.folder.root), "upsert")
    assert process.stdout.readline() == "holding\n"
    with pytest.raises(EngineError, match="lock “write”"):
        engine.upsert([document("new")])
    assert ids(engine) == {"old"}
    process.communicate("\n", timeout=60)
    engine.upsert([document("new")])
    assert ids(engine) == {"old", "held", "new"}


def test_a_killed_writer_blocks_nobody_and_leaves_nothing(engine):
    engine.upsert([document("old")])
    process = run(HOLD, str(engine.folder.root), "upsert")
    process.stdout.readline()
    process.kill()
    process.communicate()
    engine.upsert([document("new")])
    assert ids(engine) == {"old", "new"}


def test_a_killed_rebuild_blocks_nobody_and_is_cleared_away(engine):
    engine.upsert([document("old")])
    process = run(HOLD, str(engine.folder.root), "rebuild")
    process.stdout.readline()
    assert len(list(engine.folder.root.glob("index-*"))) == 3  # two indexes and a journal
    process.kill()
    process.communicate()
    engine.upsert([document("new")])
    assert ids(engine) == {"old", "new"}
    assert len(list(engine.folder.root.glob("index-*"))) == 1
    assert not (engine.folder.root / "building").exists()
    engine.rebuild([document("rebuilt")])
    assert ids(engine) == {"rebuilt"}


def _in_child(engine, answers) -> None:
    engine.upsert([document("child")])
    answers.put(ids(engine))


def test_a_child_process_reads_and_writes_with_the_engine_of_its_parent(engine):
    engine.upsert([document("parent")])
    assert ids(engine) == {"parent"}
    forking = multiprocessing.get_context("fork")
    answers = forking.Queue()
    child = forking.Process(target=_in_child, args=(engine, answers))
    child.start()
    assert answers.get(timeout=60) == {"parent", "child"}
    child.join()
    assert ids(engine) == {"parent", "child"}


def test_threads_read_while_one_writes(engine):
    engine.upsert([document("first")])
    faults = []

    def read():
        try:
            for _ in range(30):
                assert "first" in ids(engine)
        except Exception as error:  # noqa: BLE001 told to the test below
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(15):
        engine.upsert([document(f"w{number}")])
    for reader in readers:
        reader.join()
    assert not faults
    assert len(ids(engine)) == 16


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


def test_changes_leave_no_threads_behind(engine):
    """The library starts some for every index it opens; they end shortly after it is closed."""
    engine.upsert([document("one")])
    ids(engine)
    gc.collect()
    time.sleep(1.5)
    before = _threads()
    for number in range(12):
        engine.upsert([document(f"w{number}")])
        ids(engine)
    deadline = time.monotonic() + 60
    while _threads() > before:
        assert time.monotonic() < deadline, (before, _threads())
        time.sleep(0.05)


# Damage


def files(engine, suffix: str) -> list[Path]:
    return sorted(engine.folder.current().glob(f"*{suffix}"))


@pytest.mark.parametrize("suffix", [".store", ".idx", ".term", ".fast", "meta.json"])
@pytest.mark.parametrize("seen", [True, False])
def test_a_file_cut_short_is_told_and_a_rebuild_mends_it(engine, suffix, seen):
    engine.rebuild([document(f"w{number}") for number in range(50)])
    if seen:
        ids(engine)
    for file in files(engine, suffix):
        os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(EngineError):
        engine.search(Query(text="crianza"))
    health = engine.health()
    assert not health.ok
    assert health.message
    engine.rebuild([document("mended")])
    assert ids(engine) == {"mended"}
    assert engine.health().ok


@pytest.mark.parametrize("what", ["emptied", "removed", "no meta", "a file"])
@pytest.mark.parametrize("seen", [True, False])
def test_a_folder_without_its_index_is_told_and_a_rebuild_mends_it(engine, what, seen):
    engine.rebuild([document("one")])
    if seen:
        ids(engine)
    root, current = engine.folder.root, engine.folder.current()
    if what == "emptied":
        shutil.rmtree(root)
        root.mkdir()
    elif what == "removed":
        shutil.rmtree(current)
    elif what == "no meta":
        (current / "meta.json").unlink()
    else:
        shutil.rmtree(current)
        current.write_text("this was a folder")
    with pytest.raises(EngineError):
        engine.search(Query())
    assert not engine.health().ok
    if what in ("removed", "no meta", "a file"):
        with pytest.raises(EngineError):
            engine.upsert([document("two")])
    engine.rebuild([document("mended")])
    assert ids(engine) == {"mended"}


def test_a_rebuild_clears_away_whatever_else_is_in_the_folder(engine):
    engine.rebuild([document("one")])
    root = engine.folder.root
    (root / "index-left").mkdir()
    (root / "index-file").write_text("x")
    (root / "current.0.tmp").write_text("draft")
    engine.rebuild([document("two")])
    names = {path.name for path in root.iterdir()}
    assert names == {"current", "write.lock", "rebuild.lock", engine.folder.current().name}


def test_an_index_of_another_version_asks_to_be_rebuilt(engine):
    engine.rebuild([document("one")])
    (engine.folder.current() / "hub.json").write_text(json.dumps({"version": "0"}))
    later = EmbeddedEngine(engine.folder.root)
    with pytest.raises(EngineError, match="search_rebuild"):
        later.search(Query())
    with pytest.raises(EngineError, match="search_rebuild"):
        later.upsert([document("two")])
    assert "another version" in later.health().message
    engine.rebuild([document("two")])
    assert ids(engine) == {"two"}


@pytest.mark.parametrize("content", ["", "[]", "{}", "\0", '{"version": 1'])
def test_an_index_that_does_not_tell_its_version_asks_to_be_rebuilt(engine, content):
    engine.rebuild([document("one")])
    (engine.folder.current() / "hub.json").write_text(content)
    assert "another version" in EmbeddedEngine(engine.folder.root).health().message


def test_a_folder_that_cannot_be_made_or_read_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    engine = EmbeddedEngine(tmp_path / "file" / "index")
    for act in (
        lambda: engine.upsert([document()]),
        lambda: engine.rebuild([document()]),
        lambda: engine.search(Query()),
    ):
        with pytest.raises(EngineError, match="The folder of the search index cannot be"):
            act()
    assert not engine.health().ok


def test_a_full_disk_is_told_and_the_old_index_stays(engine, monkeypatch):
    engine.rebuild([document("old")])

    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(embedded_folder.os, "fsync", full)
        with pytest.raises(EngineError, match="No space left on device"):
            engine.rebuild([document("new")])
    assert ids(engine) == {"old"}
    assert len(list(engine.folder.root.glob("index-*"))) == 1
    engine.rebuild([document("new")])
    assert ids(engine) == {"new"}


def test_a_rebuild_that_cannot_even_clear_away_still_says_why_it_failed(engine, monkeypatch):
    engine.rebuild([document("old")])

    def documents():
        (engine.folder.root / "building").unlink()
        yield document("new")
        raise RuntimeError("the first reason")

    with pytest.raises(RuntimeError, match="the first reason"):
        engine.rebuild(documents())


def test_a_file_that_goes_while_one_looks_is_looked_for_again(engine, monkeypatch):
    engine.rebuild([document("one")])
    check, calls = embedded_view.View.check, []

    def first_gone(view):
        calls.append(view)
        if len(calls) == 1:
            raise FileNotFoundError("merged away")
        check(view)

    monkeypatch.setattr(embedded_view.View, "check", first_gone)
    assert ids(engine) == {"one"}
    assert len(calls) == 2


def test_a_panic_of_the_library_is_an_engine_error(engine):
    engine.rebuild([document("one")])
    with (
        engine._reading() as view,
        pytest.raises(EngineError, match="Limit must be greater"),
        telling("Reading"),
    ):
        view.searcher.search(embedded_view._Query.all_query(), 0)


def test_errors_that_are_not_of_the_library_pass_unchanged():
    with pytest.raises(KeyError), telling("Reading"):
        raise KeyError("x")
    with pytest.raises(EngineError, match=r"^inner$"), telling("Reading"):
        raise EngineError("inner")
    with pytest.raises(EngineError, match="Reading: OSError"), telling("Reading"):
        raise OSError


def test_a_stored_work_that_cannot_be_read_is_told(engine, monkeypatch):
    engine.rebuild([document("one")])
    monkeypatch.setattr(embedded_view.storage, "dump", lambda document: b"{}")
    from search.engines import embedded_schema

    monkeypatch.setattr(embedded_schema.storage, "dump", lambda document: b"{}")
    engine.rebuild([document("one")])
    with pytest.raises(EngineError, match="no stored document"):
        engine.search(Query())


# Terms


def test_the_words_of_a_term_are_stored_once(engine):
    term = Term((("es", "apoyo a la crianza"),))
    engine.rebuild(document(f"w{number}", keywords=(term,)) for number in range(30))
    engine.upsert(document(f"w{number}", keywords=(term,)) for number in range(20, 40))
    with engine._reading() as view:
        assert (view.works, view.searcher.num_docs) == (40, 41)


@pytest.mark.parametrize("set_pays", [0, 10**9])
def test_works_with_a_term_are_the_same_by_sets_and_one_by_one(engine, monkeypatch, set_pays):
    monkeypatch.setattr(embedded_query, "SET_PAYS", set_pays)

    @examples(max_examples=10)
    @given(
        corpus=st.lists(works.documents(), min_size=1, max_size=8, unique_by=lambda one: one.id),
        asked=st.lists(works.queries, min_size=5, max_size=5),
    )
    def compare(corpus, asked):
        engine.rebuild(corpus)
        for query in asked:
            result = engine.search(query)
            if result.corrected is None:
                assert sorted(hit.document.id for hit in result.hits) == sorted(Oracle(corpus).ordered(query))

    compare()


# Which engine


def test_the_engine_of_the_process_is_kept_and_follows_the_settings(tmp_path):
    with override_settings(SEARCH_URL="", SEARCH_INDEX_DIR=tmp_path / "one"):
        engine = get_engine()
        assert get_engine() is engine
        assert engine.folder.root == tmp_path / "one"
        assert engine.name == "embedded"
    with override_settings(SEARCH_URL="", SEARCH_INDEX_DIR=tmp_path / "two"):
        assert get_engine().folder.root == tmp_path / "two"


def test_the_folder_of_an_index_that_was_never_made_has_no_size(tmp_path):
    assert IndexFolder(tmp_path).size() == 0
    assert IndexFolder(tmp_path).building() is None
