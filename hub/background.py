"""Where tasks run that no worker takes: backends of django-tasks that need no second process.

They build on the immediate backend of django-tasks, which runs a task within `enqueue`.
"""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

# One task at a time: readers come first. Beside it those with a priority, which are short: files may take hours.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
_first = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background-first")


class RequestBackend(ImmediateBackend):
    """Runs a task in the process that asked for it, once its transaction is committed, and then goes on."""

    def _execute_task(self, task_result: TaskResult) -> None:
        transaction.on_commit(lambda: self._start(task_result))

    def _start(self, task_result: TaskResult) -> None:
        super()._execute_task(task_result)


class ThreadBackend(RequestBackend):
    """Runs a task in a thread of the process that asked for it, once its transaction is committed.

    What a process has not done when it ends is lost: whoever gives tasks must find out at the next start.
    """

    def _start(self, task_result: TaskResult) -> None:
        thread = _first if task_result.task.priority > 0 else _thread
        thread.submit(self._run, task_result)

    def _run(self, task_result: TaskResult) -> None:
        try:
            super()._start(task_result)
        finally:
            connections.close_all()
