"""The hub as readers and editors meet it, in one process: search page, record page, first view, publishing."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from statistics import median
from time import monotonic, perf_counter
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import CatalogueIndexPage, ProgrammePage
from search.documents import Document
from search.engines import get_engine
from search.query import Query
from tests.bench.figures import Figure, measure, time_of

SEARCH_STATEMENTS, SEARCH_MS, JUDGED_AT = 10, 25, 10_000
RECORD_STATEMENTS = 20
HTML_CSS_KB, FIRST_VIEW_KB, REQUESTS = 30, 45, 8
VISIBLE_S, LONGEST_WAIT_S = 1, 60
SHOWN_IN = ("es", "ar")
TIMED_RECORDS = 5  # a type


class Reader:
    """Asks for pages as a browser does, compressed; an answer that is no page is an error."""

    def __init__(self) -> None:
        self.client = Client(headers={"accept-encoding": "gzip"}, SERVER_NAME="127.0.0.1")
        self.sizes: dict[str, int] = {}  # bytes of each address as it was sent last

    def get(self, url: str) -> bytes:
        """The body as sent."""
        response = self.client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code != 200:
            raise ValueError(f"{url} answers {response.status_code}")
        self.sizes[url] = len(body)
        return body

    def text(self, url: str) -> str:
        """The page, not compressed."""
        return self.client.get(url, headers={"accept-encoding": "identity"}).content.decode()

    def statements(self, url: str) -> int:
        """How many SQL statements the page takes; ask for one like it before."""
        reset_queries()  # Django remembers 9,000 of them and counts no further
        with CaptureQueriesContext(connection) as captured:
            self.get(url)
        return len(captured)


def search_urls(questions: Mapping[str, Sequence[Query]]) -> list[str]:
    """The addresses under which a reader asks `questions`, one of each kind in turn."""
    return [_address(query) for turn in zip(*questions.values(), strict=True) for query in turn]


def _address(query: Query) -> str:
    params: list[tuple[str, object]] = [("q", query.text)] if query.text else []
    params += [(facet, value) for facet, values in query.filters.items() for value in values]
    if query.offset:
        params.append(("page", query.offset // query.limit + 1))
    return f"/{query.locale}/search/?{urlencode(params)}"


def search_page(urls: Sequence[str], works: int, runs: int) -> list[Figure]:
    """Time and statements of search pages with all their facets, drawn and compressed."""
    reader = Reader()
    timing = measure([partial(reader.get, url) for url in urls], runs)  # and all is known to the process
    judged = works == JUDGED_AT
    return [
        time_of(f"search page, {works:,} works", timing, SEARCH_MS if judged else None, "p50"),
        Figure("search page: SQL statements", "", max(map(reader.statements, urls)), SEARCH_STATEMENTS, note="most"),
    ]


def record_pages(reader: Reader, works: Iterable[Document], runs: int) -> list[Figure]:
    """Statements of every record of the starter content, time of a few of each type."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for work in works:
        by_type[work.type] += [work.url_for(locale) for locale in SHOWN_IN]
    timed = [url for urls in by_type.values() for url in urls[: TIMED_RECORDS * len(SHOWN_IN)]]
    timing = measure([partial(reader.get, url) for url in timed], runs)
    most = {type_id: max(map(reader.statements, urls)) for type_id, urls in by_type.items()}
    dearest = max(most, key=lambda type_id: most[type_id])
    number = sum(map(len, by_type.values()))
    return [
        time_of("record page", timing, judged="p50"),
        Figure("record page: SQL statements", "", most[dearest], RECORD_STATEMENTS,
               note=f"most of {number} pages, a {dearest}"),
    ]  # fmt: skip


class View(NamedTuple):
    """Bytes of a first view as they are sent: HTML with CSS, everything, and the number of requests."""

    html_css: int
    all: int
    requests: int


def first_view(reader: Reader, url: str) -> View:
    """What a browser loads before a reader scrolls: the page and the files that it names."""
    soup = BeautifulSoup(reader.text(url), "html5lib")
    styles = [link["href"] for link in soup.select('link[rel~="stylesheet"], link[rel~="preload"]')]
    others = [link["href"] for link in soup.select('link[rel~="icon"], link[rel~="manifest"]')]
    others += [tag["src"] for tag in soup.select("script[src], img[src]") if tag.get("loading") != "lazy"]
    sizes = {address: len(reader.get(address)) for address in {*_own(url, styles), *_own(url, others)}}
    html_css = len(reader.get(url)) + sum(sizes[address] for address in _own(url, styles))
    return View(html_css, html_css + sum(sizes[one] for one in _own(url, others)), 1 + len(sizes))


def _own(page: str, addresses: Iterable[str]) -> set[str]:
    """Absolute paths; what another site serves is an error, for a reader would have to ask that site."""
    paths = set()
    for address in addresses:
        parts = urlsplit(urljoin(f"http://127.0.0.1{page}", address))
        if parts.hostname != "127.0.0.1":
            raise ValueError(f"{page} loads {address}")
        paths.add(parts.path)
    return paths


def first_views(reader: Reader, works: Sequence[Document], search: str, note: str) -> list[Figure]:
    """Home, search results, a list and the largest record that `reader` has seen, in Spanish and Arabic."""
    figures = []
    lists = {page.locale.language_code: page.get_url() for page in
             CatalogueIndexPage.objects.filter(type="publication").select_related("locale")}  # fmt: skip
    pages: dict[str, list[str]] = {
        "home": [f"/{locale}/" for locale in SHOWN_IN],
        "search results": [f"/{locale}/search/?{search}" for locale in SHOWN_IN],
        "list": [urlsplit(lists[locale]).path for locale in SHOWN_IN],
        "record": [max((work.url_for(locale) for work in works), key=reader.sizes.__getitem__) for locale in SHOWN_IN],
    }
    views = {name: [first_view(reader, url) for url in urls] for name, urls in pages.items()}
    for name, of in views.items():
        size = max(view.html_css for view in of) / 1000
        figures.append(Figure(f"first view, HTML and CSS: {name}", "kB", size, HTML_CSS_KB, note=note))
    every = list(itertools.chain(*views.values()))
    figures.append(
        Figure("first view, all files", "kB", max(view.all for view in every) / 1000, FIRST_VIEW_KB, note=note)
    )
    figures.append(Figure("first view: requests", "", max(view.requests for view in every), REQUESTS))
    return figures


def publishing(works: int, runs: int) -> list[Figure]:
    """Seconds from the save of an edited page until a new question finds it."""
    spent = [_publish(number) for number in range(runs)]
    return [Figure(f"one publish to visible, {works:,} works", "s", median(spent), VISIBLE_S)]


def _publish(number: int) -> float:
    page = ProgrammePage.objects.live().order_by("pk").first()
    word = "visible" + chr(ord("a") + number) * 3
    page.title = f"{page.title} {word}"
    started = perf_counter()
    page.save_revision().publish()
    wait_for(lambda: get_engine().search(Query(text=word)).total == 1, word)
    return perf_counter() - started


def wait_for(came: Callable[[], bool], what: str) -> None:
    """Look until it is there; TimeoutError after a minute."""
    until = monotonic() + LONGEST_WAIT_S
    while not came():
        if monotonic() > until:
            raise TimeoutError(f"{what} was not seen within {LONGEST_WAIT_S} s")
