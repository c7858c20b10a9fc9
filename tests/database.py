"""The database of a test run: migrated once, then copied, for every worker and after every test that commits.

Migrations take half a minute and their result depends on nothing but the files in `_sources()`. So it is kept: of
SQLite in the cache of pytest (`make clean` removes it), of PostgreSQL as a database on the same server.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg.sql import SQL, Identifier

from tests.tree import Plantation

ROOT = Path(__file__).resolve().parent.parent
PLANTATION = pytest.StashKey[Plantation]()


def _sources() -> Iterator[Path]:
    """Every file that decides what a migrated database is: all migrations, and the project's models and settings."""
    yield ROOT / "hub" / "settings.py"
    for config in apps.get_app_configs():
        for folder in ("migrations", "models"):
            yield from Path(config.path).glob(f"{folder}/**/*.py")
        yield from Path(config.path).glob("models.py")


@cache
def digest() -> str:
    """A name for all that decides what a migrated database is."""
    versions = sorted(f"{one.name} {one.version}" for one in distributions())
    state = hashlib.sha256("\n".join(versions).encode())
    for path in sorted(_sources()):
        state.update(f"\0{path}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]


def _migrate(name: str) -> None:
    use(name)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    connection.close()


def use(name: str) -> None:
    """Make `name` the database of this process."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


class SQLite:
    """In memory, filled from a file."""

    NAME = "file:tests?mode=memory&cache=shared"

    def __init__(self, folder: Path) -> None:
        self.kept = folder / f"{digest()}.sqlite3"

    def prepare(self) -> None:
        if self.kept.exists():
            return
        for old in self.kept.parent.glob("*.sqlite3*"):
            old.unlink()
        unfinished = self.kept.with_suffix(f".sqlite3-{os.getpid()}")
        _migrate(str(unfinished))
        unfinished.replace(self.kept)

    def open(self) -> None:
        use(self.NAME)
        connection.ensure_connection()
        self.restore()

    def restore(self) -> None:
        """The database as the migrations leave it."""
        with sqlite3.connect(self.kept) as kept:
            kept.backup(connection.connection)
        kept.close()

    def close(self) -> None:
        connection.close()


class PostgreSQL:
    """A database for each worker, made from one that is kept as a template."""

    def __init__(self, folder: Path) -> None:
        self.server = connection.settings_dict["NAME"]
        self.kept = f"hub_migrated_{digest()}"
        self.name = f"hub_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    def execute(self, *statements: str, **names: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(SQL(statement).format(**{key: Identifier(name) for key, name in names.items()}))

    def prepare(self) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'hub\\_migrated\\_%%'")
            kept = [name for (name,) in cursor.fetchall()]
        if self.kept in kept:
            return
        for old in kept:
            self.execute("DROP DATABASE {old}", old=old)
        self.execute("CREATE DATABASE {name}", name=self.name)
        _migrate(self.name)
        self.execute("ALTER DATABASE {name} RENAME TO {kept}", name=self.name, kept=self.kept)

    def open(self) -> None:
        self.execute("CREATE DATABASE {name} TEMPLATE {kept}", name=self.name, kept=self.kept)
        use(self.name)

    def restore(self) -> None:
        """The database as the migrations leave it."""
        connection.close()
        self.execute(
            "DROP DATABASE {name} WITH (FORCE)",
            "CREATE DATABASE {name} TEMPLATE {kept}",
            name=self.name,
            kept=self.kept,
        )

    def close(self) -> None:
        connection.close()
        self.execute("DROP DATABASE {name} WITH (FORCE)", name=self.name)
        use(self.server)


@dataclass(frozen=True, slots=True)
class ProgramDatabase:
    """A database for the programs that a test starts; `environment` names it to them."""

    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path[1:]

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def execute(self, statement: str) -> list[tuple]:
        """Rows of one statement, committed."""
        if self.url.startswith("sqlite:"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as database, database:
                return database.execute(statement).fetchall()
        with psycopg.connect(self.url) as database:
            cursor = database.execute(statement)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def program_database(django_db_setup, django_db_blocker, tmp_path) -> Iterator[Callable[..., ProgramDatabase]]:
    """program_database(migrated=True): a database of its own, on the server of the test run where that has one.

    Without migrations there is nothing in it; `path` is that of the file where it is one.
    """
    names = []

    def make(migrated: bool = True, path: Path | None = None) -> ProgramDatabase:
        name = f"hub_of_program_{uuid4().hex}"
        if connection.vendor == "sqlite":
            path = path or tmp_path / f"{name}.sqlite3"
            if migrated:
                shutil.copy(django_db_setup.kept, path)
            return ProgramDatabase(f"sqlite:///{path}")
        names.append(name)
        template = django_db_setup.kept if migrated else "template1"
        with django_db_blocker.unblock():
            django_db_setup.execute("CREATE DATABASE {name} TEMPLATE {template}", name=name, template=template)
        return ProgramDatabase(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl())

    yield make
    with django_db_blocker.unblock():
        for name in names:
            django_db_setup.execute("DROP DATABASE {name} WITH (FORCE)", name=name)


def uses_a_database(test: pytest.Item) -> bool:
    """Whether the test can tell one database from another; most tests of engines, analysis and source cannot."""
    asked = {"db", "transactional_db", "django_db_setup"} & set(test.fixturenames)
    return bool(asked or any(test.get_closest_marker(name) for name in ("django_db", "postgresql")))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder(config: pytest.Config) -> Path:
    return config.cache.mkdir("migrated")


@pytest.fixture(scope="session")
def migrated_sqlite(pytestconfig) -> Path:
    """Where the migrated database of SQLite is kept, once a test has used one."""
    return SQLite(_folder(pytestconfig)).kept


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """As pytest-django's, from a copy; a test that commits leaves the copy as new, with what migrations put in."""
    folder = _folder(request.config)
    made = (PostgreSQL if connection.vendor == "postgresql" else SQLite)(folder)
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: made.restore())
    with django_db_blocker.unblock(), _alone(folder):
        made.prepare()
        made.open()
    plantation = Plantation(django_db_blocker)
    request.config.stash[PLANTATION] = plantation
    yield made
    plantation.clear()
    with django_db_blocker.unblock():
        made.close()
    patch.undo()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test; the first test that asks for a database makes a tree of its own."""
    if PLANTATION in item.config.stash and uses_a_database(item):
        item.config.stash[PLANTATION].fit(item)
