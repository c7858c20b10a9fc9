"""Which steps set_up takes, with the commands it calls replaced. tests/home/test_make_run.py runs the real ones."""

import fcntl
import io
import os
import re
import socket
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.migrations import Migration
from django.utils import translation

from home import serving
from home.management.commands import set_up
from resources.models import StarterRecord
from search.engines.base import EngineError

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(monkeypatch, settings, tmp_path):
    """A data folder where nothing is made yet; `hub.calls` are the commands that set_up called."""
    hub = SimpleNamespace(calls=[], options={}, fails={}, index_ok=False, content="one")

    def record(name, *args, **options):
        name = name if isinstance(name, str) else "migrate"
        hub.calls.append(name)
        hub.options[name] = options
        if error := hub.fails.get(name):
            raise error
        if name == "load_starter":
            StarterRecord.objects.get_or_create(kind="pages", key="home-es")
        if name == "search_rebuild":
            hub.index_ok = True

    engine = SimpleNamespace(health=lambda: SimpleNamespace(ok=hub.index_ok))
    monkeypatch.setattr(set_up.indexing, "differences", lambda: hub.compare())
    settings.HUB_DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(set_up, "call_command", record)
    monkeypatch.setattr(set_up, "get_engine", lambda: engine)
    monkeypatch.setattr(set_up.Command, "content_mark", lambda self: hub.content)
    translation.activate("en")
    return hub


def run(hub) -> list[str]:
    """The commands called by one run, without that for the administrator, which is called always."""
    hub.calls.clear()
    hub.out, hub.err = io.StringIO(), io.StringIO()
    call_command("set_up", stdout=hub.out, stderr=hub.err)
    assert hub.calls.pop() == "create_administrator"
    return hub.calls


def test_makes_everything_once(hub):
    assert run(hub) == ["load_starter", "search_rebuild", "collectstatic"]
    assert hub.options["search_rebuild"]["wait"]  # for the lock that a killed one may have left
    assert "Set up in" in hub.out.getvalue()
    assert run(hub) == []
    assert "Everything is ready" in hub.out.getvalue()


def test_a_hub_without_uploads_has_a_folder_for_the_backup(hub, settings):
    run(hub)
    assert settings.MEDIA_ROOT.is_dir()


def test_new_content_is_loaded_and_indexed(hub):
    run(hub)
    hub.content = "two"
    assert run(hub) == ["load_starter", "search_rebuild"]


@pytest.fixture
def collected(monkeypatch, settings, tmp_path):
    """static_files() of set_up with the real command; `collected(text)` puts that text into the one stylesheet."""
    source, target = tmp_path / "source", tmp_path / "static"
    target.mkdir()
    source.mkdir()
    settings.HUB_DATA = tmp_path
    settings.STATIC_ROOT = target
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}

    def collect(text: str) -> set[str]:
        """The names of the files that are there then."""
        finders.get_finder.cache_clear()
        (source / "site.css").write_text(text)
        os.utime(source / "site.css", (0, 0))  # as in an archive: older than what was collected before
        command = set_up.Command(stdout=io.StringIO())
        command.work = False
        monkeypatch.setattr(set_up, "digest", lambda *_made_of: text)
        command.static_files()
        return {path.name for path in target.iterdir()}

    yield collect
    finders.get_finder.cache_clear()


def test_static_files_of_the_version_that_still_runs_stay(collected, settings):
    first = collected("a {} /* one */" * 100)
    [old] = (name for name in first if re.fullmatch(r"site\.\w{12}\.css", name))
    settings.STORAGES = dict(settings.STORAGES)  # as a process of the new version, which reads the manifest
    second = collected("a {} /* two */" * 100)
    assert {old, f"{old}.gz"} <= second
    [new] = (name for name in second - first if re.fullmatch(r"site\.\w{12}\.css", name))
    assert "two" in (settings.STATIC_ROOT / new).read_text()
    assert "two" in (settings.STATIC_ROOT / "site.css").read_text()
    settings.STORAGES = dict(settings.STORAGES)
    third = collected("a {} /* three */" * 100)
    assert new in third
    assert not {old, f"{old}.gz"} & third  # two versions are enough


def test_other_hosts_of_the_same_database_wait_until_all_is_made(hub, monkeypatch):
    steps = []

    @contextmanager
    def lock(waiting):
        steps.append("locked")
        waiting()
        yield
        steps.extend([*hub.calls, "unlocked"])

    monkeypatch.setattr(set_up, "database_lock", lock)
    run(hub)
    made = ["load_starter", "search_rebuild", "collectstatic", "create_administrator"]
    assert steps == ["locked", *made, "unlocked"]
    assert "waiting for it to end" in hub.err.getvalue()


def gone():
    raise EngineError("gone meanwhile")


CLUSTER = "https://search.example:9200/hub"


@pytest.mark.parametrize(
    ("url", "ok", "compare", "ready"),
    [
        (CLUSTER, True, lambda: SimpleNamespace(ids=frozenset()), True),
        (CLUSTER, True, lambda: SimpleNamespace(ids=frozenset({"one"})), False),
        (CLUSTER, True, gone, False),
        (CLUSTER, False, gone, False),
        ("", True, gone, False),  # what lies in HUB_DATA without a mark was not finished
    ],
)
def test_another_host_finds_ready_what_the_first_one_made_in_the_cluster(hub, settings, url, ok, compare, ready):
    settings.SEARCH_URL = url
    hub.index_ok, hub.compare = ok, compare
    assert run(hub) == ["load_starter", *([] if ready else ["search_rebuild"]), "collectstatic"]
    assert run(hub) == []


def test_an_engine_that_was_away_for_a_while_has_an_old_index(hub, settings):
    """What was published meanwhile went to the other one, and is not noted as waiting any more."""
    hub.compare = lambda: SimpleNamespace(ids=frozenset({"published meanwhile"}))
    for url in ("", CLUSTER, "", CLUSTER, f"{CLUSTER}2"):
        settings.SEARCH_URL = url
        assert "search_rebuild" in run(hub)
        assert run(hub) == []


def test_the_mark_of_the_index_has_no_secrets(hub, settings, tmp_path):
    settings.SEARCH_URL = "https://hub:s3cret@search.example:9200/hub"
    hub.compare = lambda: SimpleNamespace(ids=frozenset())
    run(hub)
    assert "s3cret" not in (tmp_path / "set_up.json").read_text()


def test_an_index_that_cannot_be_used_is_built_anew(hub):
    run(hub)
    hub.index_ok = False
    assert run(hub) == ["search_rebuild"]


def test_what_a_killed_process_left_unindexed_is_indexed_at_the_next_start(hub, monkeypatch):
    indexed = []
    monkeypatch.setattr(set_up.indexing, "process", lambda **how: indexed.append(how))
    run(hub)
    assert indexed == []
    run(hub)
    assert indexed == [{"hurry": True}]


def test_goes_on_where_it_was_stopped(hub):
    hub.fails["search_rebuild"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(hub)
    hub.fails.clear()
    assert run(hub) == ["search_rebuild", "collectstatic"]


@pytest.mark.parametrize("error", [EngineError("no space left"), CommandError("no space left")])
def test_a_hub_without_index_is_better_than_none(hub, error):
    hub.fails["search_rebuild"] = error
    assert run(hub) == ["load_starter", "search_rebuild", "collectstatic"]
    assert "no space left" in hub.err.getvalue()
    assert "Search index ready" not in hub.out.getvalue()
    assert "manage.py search_rebuild" in hub.err.getvalue().splitlines()[-1]
    hub.fails.clear()
    assert run(hub) == ["search_rebuild"]


def test_a_search_url_that_cannot_be_read_keeps_nobody_from_the_hub(hub, monkeypatch):
    def unread():
        raise EngineError("SEARCH_URL is no address")

    monkeypatch.setattr(set_up, "get_engine", unread)
    assert run(hub) == ["load_starter", "collectstatic"]
    assert "could not be built: SEARCH_URL is no address" in hub.err.getvalue()
    assert run(hub) == []
    assert "Everything is ready" not in hub.out.getvalue()


@pytest.mark.parametrize("content", [b'{"starter": "on', b"[1]", b"\xff"])
def test_marks_that_cannot_be_read_mean_that_nothing_is_made(hub, tmp_path, content):
    run(hub)
    (tmp_path / "set_up.json").write_bytes(content)
    assert run(hub) == ["load_starter", "search_rebuild", "collectstatic"]


def test_an_empty_database_forgets_what_was_made_for_the_last_one(hub, monkeypatch):
    run(hub)
    StarterRecord.objects.all().delete()
    assert run(hub) == ["load_starter", "search_rebuild", "collectstatic"]
    StarterRecord.objects.all().delete()
    loader = SimpleNamespace(graph=SimpleNamespace(leaf_nodes=list))
    executor = SimpleNamespace(loader=loader, migration_plan=lambda leaves: ["one", "two"])
    monkeypatch.setattr(set_up, "MigrationExecutor", lambda connection: executor)
    assert run(hub) == ["migrate", "load_starter", "search_rebuild", "collectstatic"]


def test_without_compiled_catalogues_it_names_the_command_and_does_nothing(hub, settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    folder = tmp_path / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    with pytest.raises(CommandError, match="make catalogues"):
        run(hub)
    assert hub.calls == []


def test_a_terminal_sees_one_moving_line(hub, monkeypatch):
    out = io.StringIO()
    out.isatty = lambda: True
    call_command("set_up", stdout=out, stderr=io.StringIO())
    assert "\r\033[KStatic files: ..." in out.getvalue()


def test_counts_migrations():
    told = []
    command = set_up.CountingMigrate(2, told.append)
    command.verbosity = 0
    with translation.override("en"):
        for action in ("apply_start", "apply_success", "apply_start", "apply_success"):
            command.migration_progress_callback(action, Migration("0001_initial", "home"))
    assert told == ["1 of 2 migrations", "2 of 2 migrations"]


def test_the_mark_of_the_content_is_that_of_its_files_and_of_what_loads_them(monkeypatch):
    assert set_up.Command().content_mark() == set_up.Command().content_mark()
    monkeypatch.setattr(set_up, "digest", lambda files, *_more: {file.name for file in files})
    assert {"programmes.csv", "programmes.py"} <= set_up.Command().content_mark()


def test_equal_files_have_an_equal_digest(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    file = tmp_path / "a.csv"
    file.write_text("1")
    first = set_up.digest([file, tmp_path])
    file.touch()
    assert set_up.digest([file]) == first
    file.write_text("2")
    assert set_up.digest([file]) != first


def test_a_second_one_is_sent_away(hub, tmp_path):
    with (tmp_path / "set_up.lock").open("w") as other:
        other.write("4711")
        other.flush()
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match=r"process 4711.*HUB_DATA="):
            run(hub)
    assert hub.calls == []


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_a_bad_port_is_told_before_anything_is_made(hub, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match=f"PORT={port} is not a port"):
        call_command("set_up", "--serve")
    assert hub.calls == []


def test_a_taken_port_is_told_before_anything_is_made(hub, monkeypatch):
    with socket.socket() as other:
        other.bind((serving.HOST, 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(CommandError, match="make run PORT="):
            call_command("set_up", "--serve")
    assert hub.calls == []


def test_port_without_a_wish(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert serving.port_from_environment() == 8000
