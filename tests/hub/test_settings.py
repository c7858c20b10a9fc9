"""What the settings make of variables of the environment: of those that cannot be read, and of DATABASE_URL."""

import json
import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

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


@pytest.fixture
def read(monkeypatch):
    """read(**variables): the settings of a process that has these variables."""

    def run(**variables: str) -> dict:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings.BASE_DIR / "hub" / "settings.py"))

    return run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUB_BACKGROUND", "foo"),
        ("HUB_LOG_LEVEL", "foo"),
        ("HUB_SECRET_KEY_FILE", "/nowhere"),
        ("DATABASE_URL_FILE", "/nowhere"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "foo://hub:secret@host/hub"),
        ("DATABASE_URL", "postgres://hub:secret@host:port/hub"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://hub:secret@host"),
        ("DATABASE_URL", "postgres://hub:secret@host/hub?conn_max_age=abc"),
        ("DATABASE_URL", "postgres://hub:secret@host/hub?foo=1"),
        ("DATABASE_URL", "postgis://hub:secret@host/hub"),
        ("DATABASE_URL", "mysql://hub:secret@host/hub"),
        ("DATABASE_URL", "sqlite:////srv/hub.sqlite3?foo=1"),
        ("DATABASE_URL", "sqlite://"),
        ("HUB_DEBUG", "maybe"),
        ("HUB_HTTPS", "2"),
        ("HUB_BASE_URL", "http://[::1"),
        ("HUB_BASE_URL", "https://"),
        ("HUB_BASE_URL", "https://hub.example.org:port"),
        ("HUB_BASE_URL", "hub.example.org"),
        ("HUB_STATIC", "/dev/null"),
        ("HUB_STATIC", "/dev/null/static"),
        ("HUB_DATA", "/dev/null"),
        ("HUB_DATA", "/proc/foo"),
        ("WEB_CONCURRENCY", "abc"),
        ("WEB_CONCURRENCY", "0"),
        ("HUB_MAIL_URL", "smtp://mail.example.org:abc"),
        ("HUB_MAIL_URL", "smtp://hub:secret@mail.example.org:587?tls=true"),
        ("HUB_MAIL_URL", "smtp://hub:secret@mail.example.org:587?ssl=1"),
        ("HUB_MAIL_URL", "smtps://hub:secret@mail.example.org?tls=1"),
        ("HUB_MAIL_URL", "smtp://hub:sec/ret@mail.example.org"),
        ("HUB_MAIL_URL", "smpt://mail.example.org"),
        ("HUB_MAIL_URL", "mail.example.org:587"),
        ("HUB_MAIL_URL", "smtp:mail.example.org"),
    ],
)
def test_a_variable_that_cannot_be_read_is_named(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name}") as refused:
        read(**{"HUB_SECRET_KEY": "", name: value})
    assert "secret@" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres:///hub",  # by the socket of this machine
        "postgres://?service=hub",
        "postgres://host/hub?sslmode=verify-full&prepare_threshold=5&target_session_attrs=read-write",
    ],
)
def test_whatever_postgresql_takes_may_be_in_its_address(read, url):
    assert read(DATABASE_URL=url)["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"


def test_empty_variables_mean_what_missing_ones_mean(read):
    names = ("HUB_LOG_LEVEL", "WEB_CONCURRENCY", "HUB_HOSTS", "HUB_BASE_URL", "HUB_MAIL_URL", "HUB_BACKGROUND")
    empty = read(**dict.fromkeys(names, ""))
    assert empty["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert (empty["WAGTAILADMIN_BASE_URL"], empty["WEB_CONCURRENCY"]) == ("http://127.0.0.1:8000", 2)
    assert (empty["LOG_LEVEL"], empty["BACKGROUND"]) == ("WARNING", "process")


@pytest.mark.parametrize("name", ["HUB_DEBUG", "HUB_HTTPS"])
@pytest.mark.parametrize(
    ("values", "on"), [(("1", "true", "Yes", "ON"), True), (("", "0", "False", "FALSE", "No", "off"), False)]
)
def test_what_is_on_or_off_may_be_said_in_words(read, name, values, on):
    setting = name.removeprefix("HUB_") if name == "HUB_DEBUG" else name
    assert {read(**{name: value})[setting] for value in values} == {on}


def test_gunicorn_is_told_in_a_line_what_cannot_be_read(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--check-config", "--config", "hub/gunicorn.conf.py", "hub.wsgi"]
    environment = os.environ | {"HUB_DATA": str(tmp_path), "WEB_CONCURRENCY": "0"}
    told = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (1, "WEB_CONCURRENCY=0 is not a number of processes.\n")


def test_the_level_of_the_log_may_be_written_small(read):
    assert read(HUB_LOG_LEVEL="info")["LOGGING"]["root"]["level"] == "INFO"


@pytest.mark.parametrize("content", ["", "\n"])
def test_a_secret_key_that_was_not_written_is_made_anew_and_kept(read, tmp_path, content):
    (tmp_path / "secret_key").write_text(content)
    key = read(HUB_DATA=str(tmp_path), HUB_SECRET_KEY="")["SECRET_KEY"]
    assert len(key) > 80
    assert read()["SECRET_KEY"] == key


def ask(url: str) -> dict:
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", TELL]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.postgresql
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


@pytest.mark.postgresql
def test_the_address_has_the_last_word():
    chosen = "application_name=mine&tcp_user_timeout=9000&options=-c%20statement_timeout%3D5s%20-c%20work_mem%3D7MB"
    told = ask(f"{os.environ['TEST_DATABASE_URL']}?{chosen}")
    assert (told["application_name"], told["statement_timeout"], told["work_mem"]) == ("mine", "5s", "7MB")
    assert told["lock_timeout"] == "10s"
    assert told["host_gone"]["tcp_user_timeout"] == "9000"
