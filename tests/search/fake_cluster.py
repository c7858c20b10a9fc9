"""A server that answers as a test says, to see what becomes of answers that a healthy cluster seldom gives."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answer = Callable[[str, str, bytes], "tuple[int, Any] | None"]


class FakeCluster(ThreadingHTTPServer):
    """`answer` gets method, path and body, and gives status and data, or text as it is; None hangs until the end."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.credentials: list[str | None] = []
        self.asked: list[tuple[str, str, bytes]] = []
        self.ended = Event()
        self.headers = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}

    @property
    def node(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.node}/hub"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeCluster

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.credentials.append(self.headers["Authorization"])
        self.server.asked.append((self.command, self.path, body))
        answer = self.server.answer(self.command, self.path, body)
        if answer is None:
            self.server.ended.wait(30)
            self.close_connection = True
            return
        status, content = answer
        sent = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        with suppress(ConnectionError):  # who asked has gone
            self.wfile.write(sent)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


@contextmanager
def fake_cluster(answer: Answer) -> Iterator[FakeCluster]:
    """Runs until the block ends."""
    with FakeCluster(answer) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()
