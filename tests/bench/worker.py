"""The memory of a web worker, as `make run` starts it, after readers and an editor have used it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bs4 import BeautifulSoup

from resources.models import ProgrammePage
from tests.bench.figures import Figure
from tests.bench.hub_pages import wait_for
from tests.resources.admin_form import AdminForm
from tests.served_hub import free_port

REQUESTS = 200  # not fewer: memory grows until all kinds of pages were drawn
RESIDENT_MB = 200
TIMEOUT_S = 60
SERVER = """
import sys, django
django.setup()
from home.serving import load_addresses, serve
load_addresses()
serve(int(sys.argv[1]), lambda: None)
"""


class Browser:
    """Asks a server over HTTP and keeps its cookies; has of Django's test client what AdminForm uses."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, url: str) -> SimpleNamespace:
        return self._open(Request(self.base + url, headers={"Accept-Encoding": "identity"}))  # noqa: S310

    def post(self, url: str, fields: dict) -> SimpleNamespace:
        body = urlencode(fields, doseq=True).encode()
        return self._open(Request(self.base + url, body, {"Referer": self.base + url}))  # noqa: S310

    def _open(self, request: Request) -> SimpleNamespace:
        with self.opener.open(request, timeout=TIMEOUT_S) as answer:
            return SimpleNamespace(status_code=answer.status, content=answer.read())


@contextmanager
def server(data: Path, **environment: str) -> Iterator[tuple[Browser, int]]:
    """The hub of the folder `data`, served by one worker or as `environment` says; gives a browser and the process id
    of the first worker."""
    port = free_port()
    settings = {"HUB_DATA": str(data), "WEB_CONCURRENCY": "1", "DJANGO_SETTINGS_MODULE": "hub.settings"}
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=os.environ | settings | environment)
    try:
        browser = Browser(f"http://127.0.0.1:{port}")
        wait_for(lambda: _answers(process, browser), "The server")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield browser, int(children[0])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(TIMEOUT_S)


def _answers(process: subprocess.Popen, browser: Browser) -> bool:
    if process.poll() is not None:
        raise ChildProcessError(f"The server ended with {process.returncode}.")
    try:
        return browser.get("/es/").status_code == 200
    except URLError:
        sleep(0.2)
        return False


def memory(
    data: Path, urls: Sequence[str], requests: int, note: str, password: str, target: float | None = None
) -> list[Figure]:
    """Megabytes of one worker after mixed requests and an editor's publish in it; `note`: with which content."""
    with server(data) as (browser, worker):
        for number in range(requests):
            browser.get(urls[number % len(urls)])
        read = status(worker)
        publish(browser, password)
        for url in urls[:10]:
            browser.get(url)
        written = status(worker)
    return [
        Figure(f"web worker after {requests} pages, resident", "MB", read["VmRSS"], note=note),
        Figure("web worker after a publish too, resident", "MB", written["VmRSS"], target, note=note),
        Figure("  of which its own", "MB", written["RssAnon"]),
        Figure("  of which mapped files, shared by all workers", "MB", written["RssFile"]),
    ]


def publish(browser: Browser, password: str) -> None:
    """Sign in, edit a page and publish it, through the forms of the admin."""
    login = "/admin/login/"
    token = BeautifulSoup(browser.get(login).content, "lxml").select_one("[name=csrfmiddlewaretoken]")["value"]
    browser.post(login, {"username": "bench", "password": password, "csrfmiddlewaretoken": token})
    page = ProgrammePage.objects.live().order_by("pk").first()
    AdminForm(browser, f"/admin/pages/{page.pk}/edit/").fill(title="Visible in the worker").send()
    wait_for(lambda: ProgrammePage.objects.get(pk=page.pk).title == "Visible in the worker", "The edited page")


def status(process: int) -> dict[str, float]:
    """Megabytes by name, as the kernel tells them."""
    lines = (line.split() for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return {name.rstrip(":"): int(rest[0]) * 1024 / 1e6 for name, *rest in lines if rest[-1:] == ["kB"]}
