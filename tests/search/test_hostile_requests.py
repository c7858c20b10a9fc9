"""Two thousand addresses that were made to break the search page: each is answered with a page, none with an error."""

import random
import re
from urllib.parse import quote, quote_from_bytes

import pytest

from search import presentation, registry
from search.engines.embedded import EmbeddedEngine
from search.facets import FACETS
from search.request import MOST_YEARS
from tests.search.contract.test_hostile import hostile
from tests.search.pages import WORKS, ListSource

pytestmark = pytest.mark.django_db

HOW_MANY = 2000
PARTS = 8  # tests that they are spread over
LOCALES = ("es", "en", "fr", "pt", "ar")

# Written into questions and values; where any of it comes out as it went in, something was not escaped.
STRAY = "<i data-stray=\"1\" onclick='x'>\"'&lt;"
UNESCAPED = re.compile(r"<i data-stray|data-stray=\"|onclick='|&lt;&lt;|<script(?! src=\"/static/)|\0|[\ud800-\udfff]")

JUNK_VALUES = (
    "", " ", "\0", "x" * 5000, "-1", "0", "1e9", "nan", "None", "null", "[]", "a,b", "../..", "%", "%%s", "${x}", "😀",
    "\u202eevil", "\u200f", "AND", "*", '"', "'", "\\", "programme\0", "PROGRAMME", "programme ", "es\n", "٢٠١٦", STRAY,
)  # fmt: skip
JUNK_YEARS = ("abc", "10**30", "9" * 40, "2016-", "-2016", "2020-2010", "2016-2017-2018", "20.16", "٢٠١٦", "0", "99999")
JUNK_PAGES = ("-1", "0", "1" + "0" * 30, "2.5", "1e3", "abc", "٣", "³", "½", "", " 2 ", "+2", "0x10", "2;DROP", "\0")
JUNK_NAMES = ("", "colour", "q[]", "q[0]", "__proto__", "type[]", "\0", "😀", "a" * 500, "csrfmiddlewaretoken", STRAY)
# Bytes that are no UTF-8, broken escapes, empty pairs.
RAW = (
    "%ff%fe", "%c3%28", "%e2%82", "%", "%zz", "%u0041", "&&&&", "====", "&=&=", ";a;b", "?q=?", "#", "+", "%00",
    "%0d%0a", "%ed%a0%80", "%f8%88%80%80%80", "\xff\xfe", "q", "=q",
)  # fmt: skip


def escaped(text: str) -> str:
    """As a browser or a broken client would send it: lone surrogates as the bytes they are made of."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def addresses() -> list[str]:
    """Query strings, all different, the same at every run; each of the hostile questions is asked at least once."""
    seeded = random.Random(42)
    made = {}
    for number, text in enumerate(hostile(HOW_MANY)):
        pairs = [("q", text + STRAY if number % 2 else text)]
        if number % 3 == 0:
            facet = seeded.choice((*FACETS, "year", "year_from", "year_to", "language_match", "sort"))
            values = JUNK_YEARS if facet.startswith("year") else JUNK_VALUES
            pairs += [(facet, seeded.choice(values)) for _ in range(seeded.randint(1, 3))]
        if number % 5 == 0:
            pairs.append(("page", seeded.choice(JUNK_PAGES)))
        if number % 7 == 0:
            pairs.append((seeded.choice(JUNK_NAMES), seeded.choice(JUNK_VALUES)))
        if number % 11 == 0:
            pairs.append(("q", text[:50]))  # twice: the last one counts
        seeded.shuffle(pairs)
        query = "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs)
        if number % 4 == 0:
            query += "&" + seeded.choice(("q", "type", "year", "page")) + "=" + seeded.choice(RAW)
        made[query] = None
    return list(made)


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path_factory.mktemp("hostile") / "index", lock_timeout=5)
    made.rebuild(WORKS)
    return made


@pytest.fixture(scope="module")
def small_engine(tmp_path_factory) -> EmbeddedEngine:
    """Pages of few works are drawn sooner."""
    made = EmbeddedEngine(tmp_path_factory.mktemp("hostile") / "small", lock_timeout=5)
    made.rebuild(WORKS[:4])
    return made


@pytest.fixture(autouse=True)
def hub_of_few_works(monkeypatch, engine):
    monkeypatch.setattr(registry, "_sources", [ListSource(WORKS)])
    monkeypatch.setattr(presentation, "get_engine", lambda: engine)


def get(client, query: str, locale: str = "es") -> str:
    """The page at a query string as it stands, byte for byte."""
    response = client.get(f"/{locale}/search/", QUERY_STRING=query.encode("utf-8", "surrogatepass").decode("latin-1"))
    assert response.status_code == 200, query
    return response.content.decode("utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_hostile_addresses(client, monkeypatch, small_engine, part):
    monkeypatch.setattr(presentation, "get_engine", lambda: small_engine)
    queries = addresses()
    assert len(queries) == HOW_MANY
    for number in range(part, HOW_MANY, PARTS):
        query = queries[number]
        html = get(client, query, LOCALES[number % len(LOCALES)])
        assert "data-results" in html, query
        assert "Traceback" not in html, query
        assert UNESCAPED.search(html) is None, (query, UNESCAPED.search(html))


@pytest.mark.parametrize("raw", RAW)
def test_broken_query_strings(client, raw):
    for name in ("q", "type", "year", "page", "sort", "language_match", "year_from"):
        assert "data-results" in get(client, f"{name}={raw}")
    assert "data-results" in get(client, raw)


@pytest.mark.parametrize("page", JUNK_PAGES)
def test_pages_that_are_none_show_the_nearest(client, page):
    html = get(client, f"page={escaped(page)}")
    # The third page is the last; digits of any script are digits.
    assert html.count("<article") == (9 if page in ("1" + "0" * 30, "٣") else 20)
    assert html.count('aria-current="page"') == 1


def test_what_was_ignored_is_told_and_the_rest_is_answered(client):
    html = get(client, "type=nothing&type=publication&colour=red&year=abc&page=10000000000", "en")
    assert html.count('class="notice"') == 4
    assert html.count("<article") == 1
    assert 'data-work="inspire-core"' in html


def test_hundreds_of_unknown_parameters_are_not_told_one_by_one(client):
    html = get(client, "&".join(f"unknown{number}=1" for number in range(900)), "en")
    assert html.count("<article") == 20
    assert 1 < html.count('class="notice"') < 12
    assert len(html) < 200_000


def test_hundreds_of_values_are_answered(client):
    html = get(client, "&".join(f"country={number}" for number in range(450)) + "&type=publication" * 450, "en")
    assert html.count("<article") == 1


def test_thousands_of_years_make_no_page_of_megabytes(client):
    html = get(client, "&".join(f"year=1-{number}" for number in range(2, 1500)), "en")
    assert html.count('class="notice"') == 1
    assert html.count('class="chip"') == MOST_YEARS
    assert len(html) < 200_000


def test_stray_markup_is_shown_as_text(client):
    html = get(client, f"q={quote(STRAY)}&type={quote(STRAY)}&{quote(STRAY)}=1", "en")
    assert html.count("&lt;i data-stray=&quot;1&quot; onclick=&#x27;x&#x27;&gt;") >= 2
    assert UNESCAPED.search(html) is None
    assert UNESCAPED.search(f"<p>{STRAY}</p>")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/es/search/", {"q": "x"}).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "%00",
        "%ff",
        "search/%00",
        "search/x",
        "organisations/%00/",
        "organisations/%f0%9f%98%80/",
        "x" * 3000,
        "%2e%2e/",
        "//",
        "<b>",
    ],
)
def test_hostile_paths_are_not_found(client, path):
    response = client.get("/es/search/".replace("search/", "") + path)
    assert response.status_code in (301, 302, 404)
    assert b"<b>" not in response.content
