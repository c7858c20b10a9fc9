"""Tests of this folder start the programs of a production hub; all are marked `processes`."""

import importlib.util
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
def data(tmp_path_factory, tmp_path) -> Path:
    """A folder of data with the starter content, of this test alone."""
    return served_hub.copy(served_hub.prepare(tmp_path_factory), tmp_path / "data")


def script(name: str) -> ModuleType:
    """A script of .ci, to use its parts."""
    spec = importlib.util.spec_from_file_location(name, Path(settings.BASE_DIR) / ".ci" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def postgresql(data) -> Iterator:
    """A PostgreSQL server of this test, which may stop it; `url` names a database with all that `data` has."""
    server = script("with_postgresql").Server()
    try:
        url = server.start()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE hub")
            # As on every server that is not for tests: what is acknowledged survives a crash.
            connection.execute("ALTER DATABASE hub SET synchronous_commit = on")
        server.url = urlsplit(url)._replace(path="/hub").geturl()
        served_hub.manage(data, "migrate", "--verbosity=0", DATABASE_URL=server.url)
        served_hub.manage(data, "copy_database", f"sqlite:///{data / 'hub.sqlite3'}", DATABASE_URL=server.url)
        yield server
    finally:
        server.remove()
