"""Requests to a cluster: bounded in time, tried again where that helps, with plain messages where they fail.

A page waits for all requests of one search together no longer than the time-out of SEARCH_URL, whatever the number
of nodes. After a failure a process asks no more for some seconds, but for one request that finds out whether the
cluster is back: a cluster that hangs then costs one page of many a second, and not every page.
"""

import ssl
import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any
from urllib.parse import quote

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer, UnsupportedProductError

from search.engines.base import EngineError, is_unhurried, page_began
from search.engines.elasticsearch_address import Address

PAUSE = 5.0  # seconds after a failure in which readers do not ask
PATIENT = 10.0  # seconds for one request where no page waits
LEAST = 0.02  # seconds below which there is no use in asking
FAIR = 0.5  # of the time of a page: a request that had less, and was not answered, says nothing of the cluster
CONNECTIONS = 32  # kept to each node; threads of a web process wait for one where there are more
LONGEST_REASON = 300  # characters of a server's message
OVERLOADED = 429


class Refusal(EngineError):
    """The cluster answered, and the answer is no. `kind` is Elasticsearch's name of the error."""

    def __init__(self, message: str, status: int, kind: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class Deadline:
    """How long a piece of work may take: all its requests together where a page waits, each of them where none does."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.hurried = not is_unhurried()
        began = page_began()
        self._end = (time.monotonic() if began is None else began) + seconds

    def left(self) -> float:
        """Seconds for the next request; EngineError where there are none."""
        if not self.hurried:
            return max(self.seconds, PATIENT)
        left = self._end - time.monotonic()
        if left < LEAST:
            raise OutOfTime(f"The search server did not answer within {self.seconds:g} s.")
        return left


class OutOfTime(EngineError):
    """The time for a page is over."""


class Cluster:
    """The nodes of `address`. Nothing is sent before the first request."""

    def __init__(self, address: Address) -> None:
        self.address = address
        options: dict[str, Any] = {}
        if address.api_key:
            options["api_key"] = address.api_key
        if address.ca:
            options["ca_certs"] = address.ca
            try:
                ssl.create_default_context(cafile=address.ca)  # the client reads it at the first request only
            except OSError as error:
                raise EngineError(f"SEARCH_URL names a ca file that holds no certificate: {error}") from error
        try:
            if address.user:
                # The client itself would encode ASCII only.
                options["basic_auth"] = b64encode(f"{address.user}:{address.password}".encode()).decode()
            self._client = Elasticsearch(
                list(address.nodes),
                connections_per_node=CONNECTIONS,
                retry_on_status=(),
                max_dead_node_backoff=PAUSE,
                serializer=OrjsonSerializer(),
                **options,
            )
        except ValueError:  # its words may show a part of the password
            raise EngineError("SEARCH_URL has a host, a user or a password that cannot be one.") from None
        self._lock = Lock()
        self._closed_until = 0.0
        self._why = ""

    def deadline(self) -> Deadline:
        """Time for one piece of work that begins now."""
        return Deadline(self.address.timeout)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        deadline: Deadline | None = None,
        **params: str | int,
    ) -> Any:
        """What the cluster answers. `body` in bytes is lines of JSON. Raises Refusal, OutOfTime or EngineError."""
        deadline = deadline or self.deadline()
        left = deadline.left()
        if deadline.hurried:
            self._check()
        several = len(self.address.nodes) > 1
        # A second try finds another node, or, where there is one only, a connection that has not gone stale.
        timeout = left / (2 if several else 1)
        client = self._client.options(request_timeout=timeout, max_retries=1, retry_on_timeout=several)
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        headers = {"accept": "application/json"} | ({"content-type": kind} if body is not None else {})
        try:
            answer = client.perform_request(method, path, params=params, headers=headers, body=body).body
        except UnsupportedProductError as error:
            raise EngineError("What answers at the address of SEARCH_URL is no Elasticsearch.") from error
        except ApiError as error:
            self._open()
            raise _refusal(error) from None
        except TransportError as error:
            message = self._trouble(error, deadline)
            late = isinstance(error, ConnectionTimeout)
            if not late or left >= self.address.timeout * FAIR:
                self._close(message)
            raise (OutOfTime if late else EngineError)(message) from error
        self._open()
        return answer

    def _check(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now < self._closed_until:
                raise EngineError(self._why)
            if self._closed_until:
                # This request finds out; the others go on not asking until it knows.
                self._closed_until = now + PAUSE

    def _open(self) -> None:
        self._closed_until = 0.0

    def _close(self, why: str) -> None:
        with self._lock:
            self._closed_until = time.monotonic() + PAUSE
            self._why = why

    def _trouble(self, error: TransportError, deadline: Deadline) -> str:
        where = ", ".join(self.address.nodes)
        if isinstance(error, TlsError):
            return f"The certificate of the search server ({where}) is not trusted: {_short(str(error.message))}"
        if isinstance(error, ConnectionTimeout):
            return f"The search server ({where}) did not answer within {deadline.seconds:g} s."
        if isinstance(error, Unreachable):
            why = _short(str(error.message))
            if where.startswith("http://") and "Connection aborted" in why:
                why = "it closed the connection. Where it wants https, SEARCH_URL must begin with https://"
            return f"The search server ({where}) cannot be reached: {why}"
        return f"The search server ({where}) gave an answer that cannot be read: {_short(type(error).__name__)}"


def path(*parts: str) -> str:
    """A path of parts that may hold anything."""
    return "/" + "/".join(quote(part, safe=",*") for part in parts)


def reason(error: Mapping[str, Any] | str) -> str:
    """The innermost of the reasons that Elasticsearch gives for an error, short."""
    while isinstance(error, Mapping):
        causes: Iterable[Any] = [error.get("caused_by"), *error.get("root_cause", ())]
        inner = next((cause for cause in causes if isinstance(cause, Mapping) and cause != error), None)
        if inner is None:
            return _short(str(error.get("reason") or error.get("type") or "unknown"))
        error = inner
    return _short(str(error))


def _refusal(error: ApiError) -> Refusal:
    status = error.meta.status
    told = error.body.get("error", "") if isinstance(error.body, Mapping) else ""
    kind = told.get("type", "") if isinstance(told, Mapping) else ""
    why = reason(told)
    if status == 401:
        message = "The search server does not accept the user and password, or the API key, of SEARCH_URL."
    elif status == 403:
        message = f"The user of SEARCH_URL may not do this on the search server: {why}"
    elif status == OVERLOADED:
        message = f"The search server is overloaded: {why}"
    else:
        message = f"The search server answered with an error ({status}): {why}"
    return Refusal(message, status, kind)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[:LONGEST_REASON] + "…"
