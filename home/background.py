"""What runs beside the requests: in the web processes, or in a worker of its own (HUB_BACKGROUND)."""

import logging
import signal
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep

from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_started
from django.db import Error, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.utils import get_random_id
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from home.clock import clock
from resources.text_extraction import extract_later, extract_pending, pending
from search import indexing

logger = logging.getLogger(__name__)

QUEUE = "background"  # the backend of TASKS
MAIL = "hub.mail.deliver"  # a task that carries links to new passwords, and comments
PAUSE = 1.0  # seconds between two looks for tasks
TIDY = 300.0  # seconds between two looks for what has been left
LONGEST_TASK = timedelta(minutes=10)  # a task that runs longer has lost its worker
AGAIN = 60.0  # seconds until a web process looks again for files, where it could not
KEPT_DAYS = 14  # of tasks that are done


def connect() -> None:
    """Let each web process look after the background from its first request on: it is no parent of others then."""
    request_started.connect(look_after_index)
    request_started.connect(look_after_files)
    request_started.connect(look_at_the_clock)


def look_after_index(**_signal) -> None:
    """Index what a process has left that was killed before it could."""
    if settings.BACKGROUND == "process":
        indexing.background.start(stay=True)


def look_after_files(**_signal) -> None:
    """Read, once a process, the files that have been left; no request waits for the database that knows them."""
    request_started.disconnect(look_after_files)
    if settings.BACKGROUND == "process":
        Thread(target=read_files_left, name="files-left", daemon=True).start()


def read_files_left() -> None:
    """Have the files read that have been left; a database or a storage that is away is waited for."""
    while True:
        try:
            extract_later(pending())
            return
        except (Error, OSError) as error:
            logger.warning("Files that wait to be read could not be looked for: %s", error)
        finally:
            connection.close()
        sleep(AGAIN)


def look_at_the_clock(**_signal) -> None:
    """Do what is due at a time."""
    if settings.BACKGROUND == "process":
        clock.start()


class Worker:
    """Tasks of the database and pending changes of the index, one process of any number."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._tidied = -TIDY
        self._tasks = TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,  # returns when no task is left, so that we can look after the rest
            backend_name=QUEUE,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_id(),
        )

    def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        while not self._stopped.is_set():
            # Beside the tasks: a change of the index does not wait for a file that takes minutes.
            indexing.background.start(stay=True)
            clock.start()
            try:
                if monotonic() - self._tidied >= TIDY:
                    self.tidy()
                    self._tidied = monotonic()
                self._tasks.run()
            except Error as error:
                logger.warning("Tasks could not be read: %s", error)
            self._stopped.wait(PAUSE)

    def stop(self) -> None:
        """End after the present task."""
        self._stopped.set()
        self._tasks.running = False

    def tidy(self) -> None:
        """Give back tasks of workers that died, ask for files that nobody was asked to read, forget what is done."""
        tasks = DBTaskResult.objects.filter(backend_name=QUEUE)
        lost = tasks.running().filter(started_at__lt=timezone.now() - LONGEST_TASK)
        lost.update(status=TaskResultStatus.READY)
        if not tasks.exclude(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)).exists():
            extract_pending.enqueue()
        old = f"--backend={QUEUE}", "--queue-name=*", f"--min-age-days={KEPT_DAYS}"
        call_command("prune_db_task_results", *old, verbosity=0)
        tasks.finished().filter(task_path=MAIL).delete()


def run_worker() -> None:
    """Work in this process until it is told to stop (SIGTERM, Ctrl-C)."""
    worker = Worker()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    worker.run()
