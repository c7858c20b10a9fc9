"""Whether the hub lives and can serve, for balancers and monitoring: no session, no language, no secrets.

/healthz    this process answers
/readyz     so do the database, its migrations and the search engine; 503 where one does not, and which, within 5 s
"""

import logging
from collections.abc import Callable
from functools import cache
from threading import Lock, Thread
from time import monotonic

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from search.engines import get_engine
from search.engines.base import EngineError

logger = logging.getLogger(__name__)

OK = "ok"
LONGEST = 4.0  # seconds that /readyz waits for the database


class HealthMiddleware:
    """Answers both addresses before anything asks for a host name, https or a session: a probe has none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (answer := self.answers.get(request.path_info)) is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer()
        response["Cache-Control"] = "no-store"
        return response


def healthz() -> JsonResponse:
    return JsonResponse({"ok": True})


def readyz() -> JsonResponse:
    """Each part with "ok" or what is wrong with it; the reason stands in the log, where only operators read it."""
    until = monotonic() + LONGEST
    look = _begin_look()
    engine = search()  # meanwhile
    look.join(max(0.0, until - monotonic()))
    if look.is_alive():
        logger.error("The database did not answer within %g s.", LONGEST)
    parts = look.parts | {"search": engine}
    ready = all(state == OK for state in parts.values())
    return JsonResponse({"ok": ready, "parts": parts}, status=200 if ready else 503)


class Look(Thread):
    """One look at the database, on a connection of its own: where it hangs nobody hangs with it.

    No time limit of ours reaches a server that is stopped or waits for its disk: `statement_timeout` is its own,
    and the kernel goes on acknowledging what we send to it.
    """

    def __init__(self) -> None:
        super().__init__(name="readiness", daemon=True)
        self.parts = {"database": "does not answer", "migrations": "unknown"}  # until it has

    def run(self) -> None:
        try:
            if (state := database()) == OK:
                self.parts = {"database": state, "migrations": migrations()}
        finally:
            connection.close()


_lock = Lock()
_looks: list[Look] = []


def _begin_look() -> Look:
    """The look that is under way, else a new one: however often somebody asks, one at a time hangs in a process."""
    with _lock:
        if not _looks or not _looks[0].is_alive():
            _looks[:] = [Look()]
            _looks[0].start()
        return _looks[0]


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.error("The database does not answer: %s", error)
        return "does not answer"
    return OK


def migrations() -> str:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error as error:
        logger.error("Migrations cannot be read: %s", error)
        return "cannot be read"
    return OK if _last_migrations() <= applied.keys() else "missing"


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of the last migration of every app, as this code has them: it does not change under a process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def search() -> str:
    try:
        health = get_engine().health()
    except EngineError as error:
        logger.error("The search engine cannot be used: %s", error)
        return "cannot be used"
    if not health.ok:
        logger.error("Search is not ready: %s", health.message)
        return "not ready"
    return OK
