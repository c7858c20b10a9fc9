"""Who works in the background: the web processes, or a worker; what either of them left is found again."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.core.signals import request_started
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home import background
from resources import text_extraction
from resources.models import DocumentText
from search import indexing
from tests.factories import WORK_FACTORIES, EditionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def with_worker(settings):
    settings.BACKGROUND = "worker"
    settings.TASKS = settings.TASKS | {"background": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def started(monkeypatch) -> list:
    """How the thread of the index was started; neither it nor the clock is."""
    calls = []
    monkeypatch.setattr(background.clock, "start", lambda: None)
    monkeypatch.setattr(indexing.background, "start", lambda **how: calls.append(how))
    return calls


@pytest.fixture
def document(settings, tmp_path):
    """An uploaded file of an edition that nobody has read."""
    settings.MEDIA_ROOT = tmp_path / "media"
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    document = get_document_model()(title="Guía")
    document.file.save("guide.pdf", ContentFile(b"not a PDF"), save=False)
    document.save()
    EditionFactory(page=WORK_FACTORIES["publication"](), document=document)
    DBTaskResult.objects.all().delete()
    return document


@pytest.mark.usefixtures("with_worker", "started")
def test_the_worker_has_a_clock(monkeypatch):
    calls = []
    monkeypatch.setattr(background.clock, "start", lambda: calls.append(None))
    work(monkeypatch, background.Worker())
    assert calls == [None]


def work(monkeypatch, worker: background.Worker, looks: int = 1) -> None:
    """Let the worker look for tasks so often, then stop it."""
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == looks:
            worker.stop()

    monkeypatch.setattr(worker._stopped, "wait", wait)
    worker.run()
    assert waits == [background.PAUSE] * looks


# Web processes


def wait_for_files() -> None:
    """Until what the first request of this process has started is over."""
    for thread in threading.enumerate():
        if thread.name == "files-left":
            thread.join(60)
            assert not thread.is_alive()


def test_web_processes_look_after_what_was_left(settings, started, document, client):
    settings.BACKGROUND = "process"
    background.connect()
    client.get("/healthz")
    client.get("/healthz")
    wait_for_files()
    assert started.count({"stay": True}) == 2
    assert DocumentText.objects.get().document == document
    assert not request_started.disconnect(background.look_after_files)  # once a process is enough


@pytest.mark.parametrize("error", [OperationalError("connection refused"), PermissionError("storage is away")])
def test_a_request_does_not_fail_where_files_cannot_be_looked_for(
    settings, started, document, client, monkeypatch, caplog, error
):
    settings.BACKGROUND = "process"
    monkeypatch.setattr(background, "AGAIN", 0)
    ask, fails, asked_by = BaseDatabaseWrapper.ensure_connection, [error], set()

    def away(wrapper):
        asked_by.add(threading.current_thread().name)
        if fails:
            raise fails.pop()
        ask(wrapper)

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)
    background.connect()
    response = client.get("/healthz")
    wait_for_files()
    assert (response.status_code, fails) == (200, [])
    assert asked_by == {"files-left"}  # no request waits for the database
    assert str(error) in caplog.text
    assert DocumentText.objects.get().document == document  # it was looked again


@pytest.mark.parametrize("choice", ["worker", "request"])
def test_web_processes_leave_it_to_others(settings, started, document, client, choice):
    settings.BACKGROUND = choice
    background.connect()
    client.get("/healthz")
    assert started == []
    assert not DocumentText.objects.exists()


# The worker


@pytest.mark.usefixtures("with_worker")
def test_the_worker_reads_files_that_it_was_asked_to_read(document, started, monkeypatch):
    text_extraction.extract_later([document.pk])
    assert not DocumentText.objects.exists()
    work(monkeypatch, background.Worker())
    assert DocumentText.objects.get().problem == DocumentText.Problem.BROKEN
    assert started == [{"stay": True}]


@pytest.mark.usefixtures("with_worker", "started")
def test_the_worker_reads_files_that_it_was_not_asked_to_read(document, monkeypatch):
    work(monkeypatch, background.Worker())
    assert DocumentText.objects.get().document == document
    tasks = DBTaskResult.objects.values_list("task_path", "status")
    assert set(tasks) == {
        ("resources.text_extraction.extract_pending", TaskResultStatus.SUCCESSFUL),
        ("resources.text_extraction.extract_document", TaskResultStatus.SUCCESSFUL),
    }


@pytest.mark.usefixtures("with_worker", "started")
def test_the_task_of_a_worker_that_died_is_given_to_another(document, monkeypatch):
    text_extraction.extract_later([document.pk])
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(minutes=9))
    work(monkeypatch, background.Worker())
    assert not DocumentText.objects.exists()  # it may still be alive
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    work(monkeypatch, background.Worker())
    assert DocumentText.objects.exists()


@pytest.mark.usefixtures("with_worker", "started")
def test_tasks_that_are_long_done_are_forgotten(monkeypatch):
    text_extraction.extract_later([1, 2])
    work(monkeypatch, background.Worker())
    old, _new = DBTaskResult.objects.all()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=15))
    work(monkeypatch, background.Worker())
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
    assert DBTaskResult.objects.count() == 2  # the other one, and the look for files


@pytest.mark.usefixtures("with_worker", "started")
def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    worker = background.Worker()
    tidy, fails = worker.tidy, [OperationalError("the server closed the connection")]

    def tidy_then():
        if fails:
            raise fails.pop()
        tidy()

    monkeypatch.setattr(worker, "tidy", tidy_then)
    text_extraction.extract_later([1])
    work(monkeypatch, worker, looks=2)
    assert "closed the connection" in caplog.text
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_worker_without_work_is_refused():
    with pytest.raises(CommandError, match="HUB_BACKGROUND"):
        call_command("run_worker", stdout=io.StringIO())
