"""What docs/deployment.md tells an operator to do, done."""

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import elasticsearch_server
from tests.database import ProgramDatabase
from tests.processes.host import GUIDE, ROOT, Host, steps
from tests.processes.uploads import READ, UPLOAD
from tests.served_hub import PATIENCE, copy, environment_of, manage


def do(name: str, data: Path, backup: Path, **more: str) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", steps(name).replace("/srv/hub/data", str(data))],
        cwd=ROOT,
        env=environment_of(data, BACKUP=str(backup), **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


TABLES = ("wagtailcore_page", "wagtailcore_revision", "auth_user", "resources_edition", "wagtaildocs_document")


def content(database: ProgramDatabase) -> dict[str, list]:
    """Rows of the tables that hold what people made."""
    return {table: database.execute(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}  # noqa: S608


def in_folder(data: Path) -> ProgramDatabase:
    return ProgramDatabase(f"sqlite:///{data / 'hub.sqlite3'}")


@pytest.mark.parametrize("link", re.findall(r"\]\(#([^)]+)\)", GUIDE))
def test_links_within_the_guide_lead_to_headings(link):
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    assert link in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture
def host(starter_hub, tmp_path) -> Host:
    copy(starter_hub, tmp_path / "data")
    return Host(tmp_path)


def test_a_hub_that_is_installed_goes_on_with_its_own_code_until_it_is_changed_over(host):
    def publish(version: str) -> None:
        """New code, of which every page shows the version."""
        templates = host.repository / "home/templates/home"
        (templates / "version.html").write_text(version)
        base = host.repository / "hub/templates/base.html"
        if "version.html" not in base.read_text():
            base.write_text(base.read_text() + "{% include 'home/version.html' %}")
        host.commit()

    publish("version one")
    host.install()
    assert (host.folder / "hub.env").stat().st_mode & 0o777 == 0o600

    publish("version two")
    with host.serving():
        host.do(steps("new code"))
        assert host.get("/es/")[1].endswith("version one")
        assert not (host.folder / ".gunicorn").exists()  # nobody asked for a control socket
    host.do(steps("change over"))
    asked = ["daemon-reload version one", "enable --now hub version one", "stop hub version one"]
    assert host.systemctl_log() == [*asked, "start hub version two"]
    with host.serving():
        assert host.get("/es/")[1].endswith("version two")


@pytest.mark.elasticsearch
def test_web_processes_and_a_worker_run_beside_servers(host, postgresql):
    host.install()
    server = elasticsearch_server.of_this_run()
    with server.prefix() as prefix:
        variables = steps("variables of servers")
        for told, here in (
            ("postgres:///hub", postgresql.url),  # to which the database of the starter content was moved
            ("https://hub:PASSWORD@localhost:9200/hub?ca=/srv/hub/search_ca.pem", server.search_url(prefix)),
        ):
            assert told in variables
            variables = variables.replace(told, here)
        host.do(variables)
        host.manage("search_rebuild")
        host.do(steps("service of the worker"))
        if shutil.which("systemd-analyze"):
            command = ["systemd-analyze", "verify", *host.units.iterdir()]
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            assert (told.returncode, [line for line in told.stderr.splitlines() if str(host.units) in line]) == (0, [])

        with host.serving(), host.running("hub-worker"):
            assert host.get("/readyz")[0] == 200
            assert "data-work=" in host.get("/es/search/?q=crianza")[1]
            status = json.loads(host.manage("search_status", "--json"))
            assert (status["engine"], status["ok"]) == ("elasticsearch", True)
            host.manage("shell", "--no-imports", "--command", UPLOAD)
            until = time.monotonic() + PATIENCE
            while host.manage("shell", "--no-imports", "--command", READ) != "True 0\n":
                assert time.monotonic() < until


def test_a_backup_is_restored_into_an_empty_folder(data, tmp_path):
    backup = tmp_path / "backup"
    backup.mkdir()
    (data / "secret_key").write_text("of all sessions")
    (data / "media" / "guide.pdf").write_bytes(b"a file")
    before = content(in_folder(data))
    assert len(before["wagtailcore_page"]) > 300
    do("backup of SQLite", data, backup)
    shutil.rmtree(data)

    restored = tmp_path / "restored"
    restored.mkdir()
    do("restore of SQLite", restored, backup)
    assert content(in_folder(restored)) == before
    assert (restored / "media/guide.pdf").read_bytes() == b"a file"
    assert (restored / "secret_key").read_text() == "of all sessions"
    assert (restored / "secret_key").stat().st_mode & 0o777 == 0o600
    status = json.loads(manage(restored, "search_status", "--json").stdout)
    assert (status["ok"], status["pending"]) == (True, 0)


def test_a_folder_is_backed_up_whatever_it_is_called(tmp_path):
    data, backup = tmp_path / "C# or 100%25?", tmp_path / "backup"
    (data / "media").mkdir(parents=True)
    backup.mkdir()
    ProgramDatabase(f"sqlite:///{data / 'hub.sqlite3'}").execute("CREATE TABLE one (id)")
    do("backup of SQLite", data, backup)
    tables = "SELECT name FROM sqlite_master"
    assert ProgramDatabase(f"sqlite:///{backup / 'hub.sqlite3'}").execute(tables) == [("one",)]


def test_a_backup_of_a_wrong_path_fails(tmp_path):
    data, backup = tmp_path / "data", tmp_path / "backup"
    data.mkdir()
    backup.mkdir()
    with pytest.raises(AssertionError, match="unable to open database file"):
        do("backup of SQLite", data, backup)
    assert [*data.iterdir(), *backup.iterdir()] == []


TELLING = """#!/bin/sh
echo "$0 $@" >> {log}
exec {program} "$@"
"""


def test_a_backup_of_postgresql_is_restored_into_an_empty_database(data, postgresql, tmp_path):
    backup, restored, programs = (tmp_path / name for name in ("backup", "restored", "programs"))
    for folder in (backup, restored, programs):
        folder.mkdir()
    before = content(ProgramDatabase(postgresql.url))
    assert len(before["wagtailcore_page"]) > 300

    another = urlsplit(postgresql.url)
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
        connection.execute("ALTER USER hub PASSWORD 'a b/c%40'")
    url = postgresql.url.replace(f":{another.password}@", ":a%20b%2Fc%2540@")
    another = urlsplit(url)._replace(path="/another").geturl()
    log = tmp_path / "commands"
    for name in ("pg_dump", "pg_restore"):
        (programs / name).write_text(TELLING.format(log=log, program=shutil.which(name)))
        (programs / name).chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"

    do("backup of PostgreSQL", data, backup, DATABASE_URL=url, PATH=path)
    do("restore of PostgreSQL", restored, backup, DATABASE_URL=another, PATH=path)
    assert content(ProgramDatabase(another)) == before
    status = json.loads(manage(restored, "search_status", "--json", DATABASE_URL=another).stdout)
    assert (status["ok"], status["pending"]) == (True, 0)
    # Every account of the host may see the words of a command.
    dumped, restored_from = log.read_text().splitlines()
    assert f"//hub@127.0.0.1:{postgresql.port}/hub" in dumped
    assert f"//hub@127.0.0.1:{postgresql.port}/another" in restored_from


@pytest.mark.elasticsearch
def test_a_move_to_postgresql_is_one_command_and_leaves_both_search_engines_valid(data, postgresql, tmp_path):
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    another = urlsplit(postgresql.url)._replace(path="/another").geturl()
    server = elasticsearch_server.of_this_run()
    with server.prefix() as prefix:
        engines = {"embedded": "", "elasticsearch": server.search_url(prefix)}
        manage(data, "search_rebuild", SEARCH_URL=engines["elasticsearch"])
        do("from SQLite to PostgreSQL", data, tmp_path, DATABASE_URL=another)
        for table in TABLES:
            ids = f"SELECT id FROM {table} ORDER BY id"  # noqa: S608
            assert ProgramDatabase(another).execute(ids) == in_folder(data).execute(ids)
        for name, url in engines.items():
            told = manage(data, "search_status", "--json", DATABASE_URL=another, SEARCH_URL=url).stdout
            status = json.loads(told)
            assert (status["engine"], status["ok"], status["pending"]) == (name, True, 0)
            assert status["in_database"] > 300
