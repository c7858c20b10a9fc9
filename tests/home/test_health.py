"""/healthz and /readyz: for whoever asks, wherever the hub stands, whatever is broken; and no secrets."""

import logging
from threading import Event

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from home import health
from search import engines
from search.engines import get_engine
from search.engines.base import EngineError
from tests.search.works import document

pytestmark = pytest.mark.django_db(transaction=True)  # the database is asked by another thread
READY = {"database": "ok", "migrations": "ok", "search": "ok"}


@pytest.fixture
def index(settings, tmp_path):
    settings.SEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine().upsert([document("one")])
    return tmp_path / "index"


@pytest.fixture
def database_away(monkeypatch):
    """Every statement fails as it does where the server is gone; its message holds what must not be told."""

    def fail(*args, **kwargs):
        raise OperationalError("connection to 10.0.0.7 failed: password of hub is secret-word")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", fail)


def test_a_living_process_says_so(client, database_away):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"ok": True})


def test_a_hub_that_is_ready_says_so(client, index, monkeypatch):
    client.get("/readyz")
    asked, execute = [], CursorWrapper.execute
    monkeypatch.setattr(CursorWrapper, "execute", lambda *how: asked.append(how[1]) or execute(*how))
    response = client.get("/readyz")
    assert len(asked) == 3, asked  # 1; is there a table of migrations; the migrations
    assert (response.status_code, response.json()) == (200, {"ok": True, "parts": READY})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_needs_no_name_no_https_no_session_and_no_language(path, settings, index):
    settings.ALLOWED_HOSTS = ["hub.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_ACCEPT_LANGUAGE="ar")
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert not {"Vary", "Content-Language", "Location"} & set(response.headers)
    assert client.head(path).content == b""
    assert client.post(path).status_code == 405
    assert client.get("/es/", HTTP_HOST="hub.example.org").status_code == 301  # https for everybody else


@pytest.mark.parametrize("path", ["/es/healthz/", "/es/readyz/", "/healthz/", "/healthz/more"])
def test_other_addresses_are_not_taken(client, path):
    assert client.get(path, follow=True).status_code == 404


def test_a_database_that_is_away(client, index, database_away, caplog):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"database": "does not answer", "migrations": "unknown", "search": "ok"}
    assert b"secret-word" not in response.content
    assert "secret-word" in caplog.text


def test_a_database_that_hangs_holds_up_no_answer(client, index, monkeypatch, caplog):
    asked, goes_on, database = [], Event(), health.database

    def hang():
        asked.append(1)
        assert goes_on.wait(60)
        return database()

    monkeypatch.setattr(health, "database", hang)
    monkeypatch.setattr(health, "LONGEST", 0.05)
    for _probe in range(3):
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["parts"] == {"database": "does not answer", "migrations": "unknown", "search": "ok"}
    assert len(asked) == 1  # probes do not heap up threads and connections
    assert "within 0.05 s" in caplog.text
    monkeypatch.setattr(health, "LONGEST", 60)
    goes_on.set()
    assert client.get("/readyz").json()["parts"] == READY


def test_migrations_that_are_missing(client, index):
    MigrationRecorder.Migration.objects.filter(app="search").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]) == (503, READY | {"migrations": "missing"})


def test_migrations_that_cannot_be_read(client, index, monkeypatch, caplog):
    def fail(recorder):
        raise OperationalError("no permission")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]) == (503, READY | {"migrations": "cannot be read"})
    assert "no permission" in caplog.text


def test_an_index_that_is_broken(client, index, caplog):
    (get_engine().folder.current() / "meta.json").write_text("")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]) == (503, READY | {"search": "not ready"})
    assert "search index" in caplog.text


def test_an_engine_that_cannot_be_used(client, index, monkeypatch, caplog):
    caplog.set_level(logging.ERROR)

    def fail(*args):
        raise EngineError("No such engine")

    monkeypatch.setattr(engines, "_engine", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]) == (503, READY | {"search": "cannot be used"})
    assert "No such engine" in caplog.text
