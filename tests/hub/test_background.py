"""Tasks where no worker takes them: in the request, or in a thread beside it; after commit in both."""

import threading

import pytest
from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus

done = []
go_on, urgent_done = threading.Event(), threading.Event()


@task(backend="background")
def wait() -> None:
    assert go_on.wait(60)


@task(backend="background", priority=1)
def note_urgently(word: str) -> None:
    done.append((word, threading.current_thread().name))
    urgent_done.set()


@task(backend="background")
def note(word: str) -> str:
    if word == "fault":
        raise KeyError(word)
    done.append((word, threading.current_thread().name))
    return word


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def in_thread(settings):
    settings.TASKS = settings.TASKS | {"background": {"BACKEND": "hub.background.ThreadBackend"}}


@pytest.mark.django_db(transaction=True)
def test_a_task_runs_when_its_transaction_is_committed():
    with transaction.atomic():
        result = note.enqueue("word")
        assert (done, result.status) == ([], TaskResultStatus.READY)
    assert done == [("word", "MainThread")]
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "word")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_thread")
def test_a_task_runs_beside_the_request():
    from hub.background import _thread

    with transaction.atomic():
        note.enqueue("word")
        _thread.submit(int).result(60)
        assert done == []
    _thread.submit(int).result(60)
    assert done == [("word", "background_0")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_thread")
def test_a_task_with_a_priority_does_not_wait_for_those_without():
    from hub.background import _thread

    try:
        wait.enqueue()
        note.enqueue("word")
        note_urgently.enqueue("urgent")
        assert urgent_done.wait(10)
        assert done == [("urgent", "background-first_0")]
    finally:
        go_on.set()
        _thread.submit(int).result(60)
    assert [word for word, _thread in done] == ["urgent", "word"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("thread", [False, True])
def test_a_task_that_fails_is_logged_and_harms_nobody(thread, request, caplog):
    if thread:
        request.getfixturevalue("in_thread")
    from hub.background import _thread

    note.enqueue("fault")
    note.enqueue("word")
    _thread.submit(int).result(60)
    assert [word for word, _thread in done] == ["word"]
    assert "KeyError" in caplog.text
