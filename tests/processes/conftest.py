"""Tests of this folder start the programs of a production hub; all are marked `processes`."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import scripts, served_hub
from tests.starter_hub import made_once

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.processes)


@pytest.fixture
def data(starter_hub, tmp_path) -> Path:
    """A folder of data with the starter content, of this test alone."""
    return served_hub.copy(starter_hub, tmp_path / "data")


@pytest.fixture(scope="session")
def starter_postgresql(starter_hub) -> Path:
    """The folder of a stopped server with the database "hub", in which is what `starter_hub` has."""
    folder = starter_hub.with_name("postgresql")
    with made_once(folder) as is_ready:
        if not is_ready:
            server = scripts.load("with_postgresql").Server()
            try:
                url = server.start()
                hub = at_hub(url)
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("CREATE DATABASE hub")
                    # As on every server that is not for tests: what is acknowledged survives a crash.
                    connection.execute("ALTER DATABASE hub SET synchronous_commit = on")
                source = f"sqlite:///{starter_hub / 'hub.sqlite3'}"
                served_hub.manage(starter_hub, "copy_database", source, DATABASE_URL=hub)
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("CHECKPOINT")
                server.stop()
                subprocess.run(["cp", "-a", server.folder / "data", server.folder / "password", folder], check=True)
            finally:
                server.remove()
    return folder


def at_hub(url: str) -> str:
    """The address of the database "hub" on the server of `url`."""
    return urlsplit(url)._replace(path="/hub").geturl()


@pytest.fixture
def postgresql(starter_postgresql) -> Iterator:
    """A PostgreSQL server of this test, which may stop it; `url` names a database with all that `data` has."""
    server = scripts.load("with_postgresql").Server()
    try:
        server.url = at_hub(server.start(like=starter_postgresql))
        yield server
    finally:
        server.remove()
