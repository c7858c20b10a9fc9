"""What DATABASE_URL makes of the connection to the database, read by a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.postgresql

TELL = """
import json
from django.db import connection

with connection.cursor() as cursor:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "application_name", "work_mem")
    cursor.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in names))
    told = dict(zip(names, cursor.fetchone()))
asked = connection.connection.info.get_parameters()
told["host_gone"] = {name: asked.get(name) for name in ("keepalives_idle", "tcp_user_timeout")}
kept = connection.settings_dict
print(json.dumps(told | {"age": kept["CONN_MAX_AGE"], "checked": kept["CONN_HEALTH_CHECKS"]}))
"""


def ask(url: str) -> dict:
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", TELL]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_connections_are_kept_checked_and_never_wait_for_long():
    told = ask(os.environ["TEST_DATABASE_URL"])
    assert told | {"work_mem": ""} == {
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
        "application_name": "inspire-hub",
        "work_mem": "",
        "host_gone": {"keepalives_idle": "10", "tcp_user_timeout": "20000"},
        "age": 60,
        "checked": True,
    }


def test_the_address_has_the_last_word():
    chosen = "application_name=mine&tcp_user_timeout=9000&options=-c%20statement_timeout%3D5s%20-c%20work_mem%3D7MB"
    told = ask(f"{os.environ['TEST_DATABASE_URL']}?{chosen}")
    assert (told["application_name"], told["statement_timeout"], told["work_mem"]) == ("mine", "5s", "7MB")
    assert told["lock_timeout"] == "10s"
    assert told["host_gone"]["tcp_user_timeout"] == "9000"
