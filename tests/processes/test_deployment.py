"""What docs/deployment.md tells an operator to do, done."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.database import ProgramDatabase
from tests.served_hub import environment_of, manage

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "deployment.md").read_text()


def steps(name: str) -> str:
    """The commands below the mark `name`, as they stand there."""
    [block] = re.findall(rf"<!-- test: {name} -->\n\n((?:    .*\n)+)", GUIDE)
    return re.sub("^    ", "", block, flags=re.MULTILINE)


def do(name: str, data: Path, backup: Path, **more: str) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", steps(name)],
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


def test_a_backup_is_restored_into_an_empty_folder(data, tmp_path):
    backup = tmp_path / "backup"
    backup.mkdir()
    (data / "media" / "guide.pdf").write_bytes(b"a file")
    before = content(in_folder(data))
    assert len(before["wagtailcore_page"]) > 300
    do("backup of SQLite", data, backup)
    (data / "secret_key").touch()
    shutil.rmtree(data)

    restored = tmp_path / "restored"
    restored.mkdir()
    do("restore of SQLite", restored, backup)
    assert content(in_folder(restored)) == before
    assert (restored / "media/guide.pdf").read_bytes() == b"a file"
    status = json.loads(manage(restored, "search_status", "--json").stdout)
    assert (status["ok"], status["pending"]) == (True, 0)


def test_a_backup_of_a_wrong_path_fails(tmp_path):
    data, backup = tmp_path / "data", tmp_path / "backup"
    data.mkdir()
    backup.mkdir()
    with pytest.raises(AssertionError, match="unable to open database file"):
        do("backup of SQLite", data, backup)
    assert [*data.iterdir(), *backup.iterdir()] == []


def test_a_backup_of_postgresql_is_restored_into_an_empty_database(data, postgresql, tmp_path):
    backup, restored = tmp_path / "backup", tmp_path / "restored"
    backup.mkdir()
    restored.mkdir()
    before = content(ProgramDatabase(postgresql.url))
    assert len(before["wagtailcore_page"]) > 300
    do("backup of PostgreSQL", data, backup, DATABASE_URL=postgresql.url)

    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    another = urlsplit(postgresql.url)._replace(path="/another").geturl()
    do("restore of PostgreSQL", restored, backup, DATABASE_URL=another)
    assert content(ProgramDatabase(another)) == before
    status = json.loads(manage(restored, "search_status", "--json", DATABASE_URL=another).stdout)
    assert (status["ok"], status["pending"]) == (True, 0)
