"""What is due at a time, whether anybody asks for it or not: pages that editors have scheduled, consents that end.

Every process that works in the background has one clock. None of them knows what another has done: what is due is read
from the database, and a row is locked by whoever works at it.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from resources import consents
from resources.models.translated import REFUSED

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at the clock, which cost nothing until something may be due
SCHEDULE = 60.0  # seconds between two looks for scheduled pages


def keep_schedule() -> None:
    """Take back the pages that have expired and publish those whose time has come.

    As Wagtail's `publish_scheduled`, but page by page: several processes may do it at once, and a page that cannot be
    published, which is logged, holds up no other. One that must not be is a draft without a date again, and its history
    says why. Raises OperationalError and InterfaceError.
    """
    now = timezone.now()
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
    approved = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    _do_each(expired, lambda page: page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled"))
    _do_each(approved, _publish)


def _publish(revision: Revision) -> None:
    page = revision.content_object
    refusal = page.shortcoming(revision)
    if not refusal:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError:
            refusal = {"valid": False}
    if refusal:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=page, action=REFUSED, revision=revision, data=refusal)


def _do_each(due: QuerySet, do: Callable) -> None:
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # Nothing is found where another process has it in hand, or has done it since.
                if found := due.select_for_update(skip_locked=True).filter(pk=pk).first():
                    do(found)
        except (InterfaceError, OperationalError):
            raise  # the database is away or locked: the others would fare no better
        except Exception:
            logger.exception("%s %s could not be published or taken back when it was due", due.model.__name__, pk)


class Clock:
    """A thread that sees to what is due."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._day: date | None = None  # on which ended consents were queued last
        self._kept = -SCHEDULE  # when the schedule was, in seconds of `time.monotonic`

    def start(self) -> None:
        """Start the thread if it does not run; it ends with the process."""
        with self._lock:
            # A child process inherits the thread's object, but not its life.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
                self._thread.start()

    def look(self) -> None:
        """Do what is due. A database that is away is waited for."""
        try:
            # Each process by itself, once it has become another day for it: one whose clock is behind may have
            # indexed an expert anew after the first process took the profile out.
            if (today := timezone.localdate()) != self._day:
                consents.queue_ended(since=self._day)
                self._day = today
            if (now := time.monotonic()) - self._kept >= SCHEDULE:
                self._kept = now
                keep_schedule()
        except Error as error:
            logger.warning("What is due could not be done: %s", error)

    def _run(self) -> None:
        while True:
            try:
                self.look()
            finally:
                connection.close()  # it is needed for a moment once a minute
            time.sleep(PAUSE)


clock = Clock()
