"""A visit of the hub: a browser that has never been there, and all that it asked for and complained about."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

WIDTHS = (320, 390, 1280)
TIMEOUT = 20_000  # milliseconds, until a browser gives up waiting for something on a page
ELSEWHERE = "https://www.google.com/"  # where "Leave this site quickly" goes


class Visit:
    """One context of `browser` with one page. Options are those of Browser.new_context, such as width of the window,
    java_script_enabled and color_scheme."""

    def __init__(self, browser: Browser, hub: str, width: int = 1280, height: int = 900, **options) -> None:
        self.hub = hub
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="en", **options)
        # Nothing reaches another machine: what a page wants there is answered here, and noted.
        self.context.route(lambda url: not url.startswith(hub), self._answer_elsewhere)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.response: Response | None = None
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(TIMEOUT)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self._complain(f"failed: {request.url} {request.failure}"))
        self.page.on("response", self._look_at)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self._complain(f"script: {error}"))

    def go(self, address: str) -> None:
        self.response = self.page.goto(self.hub + address)

    @property
    def address(self) -> str:
        """Path and query of the page."""
        parts = urlsplit(self.page.url)
        return parts.path + (parts.query and "?" + parts.query)

    def resize(self, width: int, height: int = 900) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def _answer_elsewhere(self, route) -> None:
        self.elsewhere.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Elsewhere</title>")

    def _complain(self, message: str) -> None:
        self.complaints.append(message)

    def _look_at(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._complain(f"{response.status}: {response.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        # Chromium reports a page that is not found in the console as well; its status is looked at by the test.
        if message.type in ("error", "warning") and not (
            "404" in message.text and urlsplit(self.page.url).path in message.location["url"]
        ):
            self._complain(f"console: {message.text}")
