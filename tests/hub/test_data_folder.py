"""Who may read what the hub writes: its own account, unless the operator has decided otherwise."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.served_hub import manage


@pytest.fixture
def everybody_may_read():
    """As accounts usually have it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


@pytest.mark.usefixtures("everybody_may_read")
def test_what_the_hub_makes_is_its_own(tmp_path):
    data = tmp_path / "hub" / "data"
    manage(data, "check", "--database=default", HUB_SECRET_KEY="")
    assert (rights(data), rights(data / "hub.sqlite3"), rights(data / "secret_key")) == ("700", "600", "600")
    assert rights(tmp_path / "hub") == "755"
    with closing(sqlite3.connect(data / "hub.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE one (id)")
        assert {rights(path) for path in data.glob("hub.sqlite3*")} == {"600"}
        assert len(list(data.glob("hub.sqlite3*"))) == 3


@pytest.mark.usefixtures("everybody_may_read")
def test_what_is_there_keeps_its_rights(tmp_path):
    """A volume of a container, or a folder that a group of accounts shares."""
    tmp_path.chmod(0o750)
    (tmp_path / "hub.sqlite3").touch(0o640)
    manage(tmp_path, "check", "--database=default")
    assert (rights(tmp_path), rights(tmp_path / "hub.sqlite3")) == ("750", "640")


@pytest.mark.parametrize("name", ["C#", "what?", "100%25", "año 1", "a;b"])
def test_the_database_is_in_the_folder_whatever_that_is_called(tmp_path, name):
    data = tmp_path / name
    manage(data, "check", "--database=default", DATABASE_URL="")
    assert (data / "hub.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_database_elsewhere_is_left_to_sqlite(tmp_path):
    data = tmp_path / "data"
    manage(data, "check", DATABASE_URL=f"sqlite:///{tmp_path}/else.sqlite3")
    assert not (data / "hub.sqlite3").exists()
    assert not (tmp_path / "else.sqlite3").exists()
