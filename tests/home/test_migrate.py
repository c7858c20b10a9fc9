"""Whoever changes the structure of a database does so alone, on every host: real processes, one database."""

import os
import subprocess
import sys
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.utils import translation

from resources.database_lock import WAITING
from tests.served_hub import manage as run

PATIENCE = 300  # seconds until a process that hangs fails the test
HOLD = """
from resources.database_lock import database_lock
with database_lock(lambda: print("somebody else has it")), database_lock(lambda: print("nobody waits for himself")):
    print("held", flush=True)
    input()
"""

# Killed where all of a migration is done but the note that it was made.
KILLED = """
import os
from django.core.management import call_command
from django.db import connection

def until(execute, sql, params, many, context):
    if sql.startswith("INSERT") and {name!r} in params and {app!r} in params:
        os._exit(9)
    return execute(sql, params, many, context)

with connection.execute_wrapper(until):
    call_command("migrate", "wagtailcore", "0070", verbosity=0)
"""


@pytest.fixture
def manage(program_database, tmp_path):
    """manage(*arguments) starts manage.py on a database that lacks the table of sessions."""
    database = program_database()
    database.execute("DROP TABLE django_session")
    database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    environment = os.environ | database.environment | {"HUB_DATA": str(tmp_path), "LC_ALL": "C"}
    with ExitStack() as stack:

        def start(*arguments: str) -> subprocess.Popen:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=settings.BASE_DIR,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        start.database = database
        yield start


def test_two_migrations_at_once_wait_for_whoever_changes_the_database(manage):
    holder = manage("shell", "--verbosity=0", "--command", HOLD)
    assert holder.stdout.readline() == "held\n"
    both = [manage("migrate", "--verbosity=1") for _ in range(2)]
    with translation.override("en"):
        assert {process.stderr.readline() for process in both} == {f"{WAITING}\n"}
    assert manage.database.execute("SELECT name FROM django_migrations WHERE app = 'sessions'") == []
    holder.kill()  # the lock ends with the process, however that ends
    told = [process.communicate(timeout=PATIENCE) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sorted("Applying sessions.0001_initial" in out for out, _errors in told) == [False, True]
    assert manage.database.execute("SELECT name FROM django_migrations WHERE app = 'sessions'") == [("0001_initial",)]
    assert manage.database.execute("SELECT count(*) FROM django_session") == [(0,)]


def test_migrations_that_were_stopped_anywhere_go_on(program_database, tmp_path):
    """The first does a part of its work at its end; Wagtail has the second outside of a transaction."""
    database = program_database(migrated=False)
    for app, name in (("auth", "0001_initial"), ("wagtailcore", "0070_rename_pagerevision_revision")):
        script = KILLED.format(app=app, name=name)
        killed = run(tmp_path, "shell", "--command", script, check=False, **database.environment)
        assert killed.returncode == 9, killed.stderr
    run(tmp_path, "migrate", "wagtailcore", "0070", **database.environment)
    assert database.execute("SELECT count(*) FROM wagtailcore_revision") == [(0,)]
