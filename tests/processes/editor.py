"""An editor who works in the admin of a served hub, over HTTP."""

import http.cookiejar
import re
import urllib.request
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode

from tests.resources.admin_form import AdminForm
from tests.served_hub import EDITOR, PASSWORD, Server

TIMEOUT = 60  # seconds until a request fails the test


class Fault(OSError):
    """The hub has answered that it cannot do this now."""


def address_of_new(parent: int) -> str:
    """Where a new programme below the page `parent` is made."""
    return f"/admin/pages/add/resources/programmepage/{parent}/"


class Stay(urllib.request.HTTPRedirectHandler):
    """Where a change leads is its answer. The list of pages that Wagtail shows next is not asked for: it fails when
    another editor deletes one of them just then."""

    def redirect_request(self, *_args, **_kwargs) -> None:
        return None


class Editor:
    """Logged in at `server`. It has `get` and `post` of Django's test client, as far as AdminForm needs them.

    Every request may raise OSError: the process that answers it may be gone, or may say that it cannot (Fault).
    """

    def __init__(self, server: Server) -> None:
        self.address = server.address
        self._blank: AdminForm | None = None
        self._cookies = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(self._cookies)).open
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": EDITOR, "password": PASSWORD, "next": "/admin/"})
        assert answer.url.endswith("/admin/"), answer.url

    def get(self, path: str) -> SimpleNamespace:
        return self._ask(urllib.request.Request(self.address + path))  # noqa: S310

    def post(self, path: str, fields: dict) -> SimpleNamespace:
        token = next(cookie.value for cookie in self._cookies if cookie.name == "csrftoken")
        content = urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True).encode()
        headers = {"Referer": self.address + path}
        return self._ask(urllib.request.Request(self.address + path, content, headers))  # noqa: S310

    def ask_for_a_form(self, parent: int) -> None:
        """The one of a new programme, which `publish` asks for the first time only: an empty one is always the same."""
        self._blank = AdminForm(self, address_of_new(parent))

    def publish(self, parent: int, title: str, slug: str, strategy: int) -> None:
        """Publish a new programme below the page `parent`."""
        if self._blank is None:
            self.ask_for_a_form(parent)
        form = self._blank.copy(self, address_of_new(parent))
        form.fill(title=title, slug=slug, summary="Un resumen sencillo.", strategies=[strategy])
        self._done(form.send())

    def rename(self, page: int, title: str) -> None:
        """Publish the page under a new title."""
        self._done(AdminForm(self, f"/admin/pages/{page}/edit/").fill(title=title).send())

    def unpublish(self, page: int) -> None:
        self._done(self.post(f"/admin/pages/{page}/unpublish/", {}))

    def restrict(self, page: int) -> None:
        """Show the page to nobody but those who log in."""
        answer = self.post(f"/admin/pages/{page}/privacy/", {"restriction_type": "login"})
        assert answer.status_code == 200, answer.content.decode()[-3000:]

    def delete(self, page: int) -> None:
        self._done(self.post(f"/admin/pages/{page}/delete/", {}))

    def _done(self, answer: SimpleNamespace) -> None:
        """A redirect to the list of pages is success; a form with errors comes from the address it was sent to."""
        assert re.fullmatch(r".*/admin/pages/(\d+/)?", answer.url), (answer.url, answer.content.decode()[-3000:])

    def _ask(self, request: urllib.request.Request) -> SimpleNamespace:
        try:
            with self._open(request, timeout=TIMEOUT) as answer:
                return SimpleNamespace(status_code=answer.status, content=answer.read(), url=answer.url)
        except HTTPError as error:
            with error:
                if error.code >= 500:
                    raise Fault(f"{request.full_url}: {error.code}") from error
                url = error.headers["Location"] or error.url
                return SimpleNamespace(status_code=error.code, content=error.read(), url=url)
