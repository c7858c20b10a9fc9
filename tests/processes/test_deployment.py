"""What docs/deployment.md tells an operator to do, done."""

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.served_hub import environment_of, manage

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "deployment.md").read_text()


def steps(name: str) -> str:
    """The commands below the mark `name`, as they stand there."""
    [block] = re.findall(rf"<!-- test: {name} -->\n\n((?:    .*\n)+)", GUIDE)
    return re.sub("^    ", "", block, flags=re.MULTILINE)


def do(name: str, data: Path, backup: Path) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", steps(name)],
        cwd=ROOT,
        env=environment_of(data, BACKUP=str(backup)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def content(data: Path) -> dict[str, list]:
    """Rows of the tables that hold what people made."""
    tables = ("wagtailcore_page", "wagtailcore_revision", "auth_user", "resources_edition", "wagtaildocs_document")
    with closing(sqlite3.connect(data / "hub.sqlite3")) as database:
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}  # noqa: S608


@pytest.mark.parametrize("link", re.findall(r"\]\(#([^)]+)\)", GUIDE))
def test_links_within_the_guide_lead_to_headings(link):
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    assert link in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_a_backup_is_restored_into_an_empty_folder(data, tmp_path):
    backup = tmp_path / "backup"
    backup.mkdir()
    (data / "media" / "documents").mkdir(parents=True, exist_ok=True)
    (data / "media" / "documents" / "guide.pdf").write_bytes(b"a file")
    before = content(data)
    assert len(before["wagtailcore_page"]) > 300
    do("backup of SQLite", data, backup)
    (data / "secret_key").touch()
    shutil.rmtree(data)

    restored = tmp_path / "restored"
    restored.mkdir()
    do("restore of SQLite", restored, backup)
    assert content(restored) == before
    assert (restored / "media/documents/guide.pdf").read_bytes() == b"a file"
    status = json.loads(manage(restored, "search_status", "--json").stdout)
    assert (status["ok"], status["pending"]) == (True, 0)
