"""Tests of this folder start the programs of a production hub; all are marked `processes`."""

import importlib.util
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests import served_hub

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.processes)


@pytest.fixture
def data(tmp_path_factory, migrated_sqlite, tmp_path) -> Path:
    """A folder of data with the starter content, of this test alone."""
    return served_hub.copy(served_hub.prepare(tmp_path_factory, migrated_sqlite), tmp_path / "data")


def script(name: str) -> ModuleType:
    """A script of .ci, to use its parts."""
    spec = importlib.util.spec_from_file_location(name, Path(settings.BASE_DIR) / ".ci" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare_postgresql(factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """The folder of a stopped server with the database "hub", in which the starter content is."""
    data = served_hub.prepare(factory, migrated)
    with served_hub.made_once(factory, "postgresql-with-starter-content") as (folder, is_ready):
        if not is_ready:
            server = script("with_postgresql").Server()
            try:
                url = server.start()
                hub = at_hub(url)
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("CREATE DATABASE hub")
                    # As on every server that is not for tests: what is acknowledged survives a crash.
                    connection.execute("ALTER DATABASE hub SET synchronous_commit = on")
                served_hub.manage(data, "migrate", "--verbosity=0", DATABASE_URL=hub)
                served_hub.manage(data, "copy_database", f"sqlite:///{data / 'hub.sqlite3'}", DATABASE_URL=hub)
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
def postgresql(tmp_path_factory, migrated_sqlite) -> Iterator:
    """A PostgreSQL server of this test, which may stop it; `url` names a database with all that `data` has."""
    prepared = prepare_postgresql(tmp_path_factory, migrated_sqlite)
    server = script("with_postgresql").Server()
    try:
        server.url = at_hub(server.start(like=prepared))
        yield server
    finally:
        server.remove()
