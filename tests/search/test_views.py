"""The search page as the browser gets it."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup

from search import presentation, registry
from tests.search.pages import WORKS, AwayEngine, ListEngine, ListSource

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def source(monkeypatch):
    monkeypatch.setattr(registry, "_sources", [])
    source = ListSource(WORKS)
    registry.register(source)
    monkeypatch.setattr(presentation, "get_engine", lambda: ListEngine(source))
    return source


def get(client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_hits_and_facets_carry_their_ids(client):
    page = get(client, "/es/search/?type=publication")
    assert [article["data-work"] for article in page.select("article[data-work]")] == ["inspire-core"]
    types = page.select('fieldset[data-facet="type"] input[type="checkbox"]')
    assert {box["value"]: box.has_attr("checked") for box in types} == {
        "programme": False,
        "publication": True,
        "training": False,
    }


def test_one_form_holds_the_whole_state(client):
    page = get(
        client, "/es/search/?q=siete&strategy=strategy-1&language=es&year=2010-2015&language_match=all&sort=title"
    )
    (form,) = page.select("form[data-results]")
    assert (form["method"], form["action"]) == ("get", "/es/search/")
    assert form.select_one("[name=q]")["value"] == "siete"
    assert form.select_one("[name=strategy][checked]")["value"] == "strategy-1"
    assert form.select_one("[name=year_from]")["value"] == "2010"
    assert form.select_one("[name=year_to]")["value"] == "2015"
    assert form.select_one("[name=language_match][checked]")["value"] == "all"
    assert form.select_one("[name=sort] [selected]")["value"] == "title"
    assert form.select("button[type=submit]")
    assert len({field["id"] for field in page.select("[id]")}) == len(page.select("[id]"))


@pytest.mark.parametrize(
    ("locale", "direction"), [("es", "ltr"), ("en", "ltr"), ("fr", "ltr"), ("pt", "ltr"), ("ar", "rtl")]
)
def test_every_locale_has_the_page(client, locale, direction):
    page = get(client, f"/{locale}/search/")
    assert (page.html["lang"], page.html["dir"]) == (locale, direction)


def test_text_in_another_language_says_which(client):
    link = get(client, "/ar/search/").select_one('[data-work="familias-fuertes"] a')
    assert (link["lang"], link["dir"], link.get_text()) == ("en", "ltr", "Strong Families")


def test_pages_link_to_each_other(client):
    page = get(client, "/es/search/?type=programme&page=2")
    assert page.select_one("[rel=next]")["href"] == "/es/search/?type=programme&page=3"
    assert page.select_one("[rel=prev]")["href"] == "/es/search/?type=programme"
    assert page.select_one(".pagination [aria-current=page]")


def test_nothing_found_says_what_to_do(client):
    page = get(client, "/es/search/?q=zzzz&type=programme")
    assert not page.select("article")
    assert page.select_one(".results-empty a")


def test_fewer_words_are_offered_under_the_same_filters(client):
    address = "/es/search/?q=siete+nada+estrategias&type=publication"
    [offered] = get(client, address).select(".results-empty li li")
    assert offered.get_text() == "sin «nada» (1 ficha)"
    assert parse_qs(urlsplit(offered.a["href"]).query) == {"q": ["siete estrategias"], "type": ["publication"]}


def test_an_engine_that_is_gone_meanwhile_offers_nothing(client, source, monkeypatch):
    engine = ListEngine(source)
    monkeypatch.setattr(engine, "totals", AwayEngine().search)
    monkeypatch.setattr(presentation, "get_engine", lambda: engine)
    assert get(client, "/es/search/?q=siete+nada").select(".results-empty li")


def test_wrong_parameters_are_notices(client):
    assert len(get(client, "/es/search/?strategy=nothing&page=0").select(".notice")) == 2


def test_what_is_no_year_stays_in_its_field_and_says_so(client):
    page = get(client, "/es/search/?year_from=20155&year_to=2020")
    first, last = page.select("#year-from, #year-to")
    assert (first["value"], first["aria-invalid"]) == ("20155", "true")
    assert page.find(id=first["aria-describedby"]).get_text() == page.select_one(".notice").get_text(strip=True)
    assert page.select_one('[data-key="year"]').has_attr("open")
    assert (last["value"], last.get("aria-invalid")) == ("2020", None)


def test_notices_follow_the_count(client):
    page = get(client, "/es/search/?strategy=nothing")
    assert page.select_one("#results-count").find_next(class_="notice")


@pytest.mark.parametrize("corrected", [True, False])
def test_spelling_is_offered(client, source, monkeypatch, corrected):
    answer = {"corrected" if corrected else "suggestion": "crianza <b>"}
    monkeypatch.setattr(presentation, "get_engine", lambda: ListEngine(source, **answer))
    offered = get(client, "/es/search/?q=crinza").select_one(".results-suggestion")
    assert "crianza <b>" in offered.get_text()
    assert bool(offered.select("a")) is not corrected


def test_without_the_engine_works_are_listed_by_title(client, monkeypatch):
    monkeypatch.setattr(presentation, "get_engine", AwayEngine)
    page = get(client, "/es/search/?q=obra")
    assert len(page.select("article[data-work]")) == 20
    assert page.select(".notice")
    assert not page.select("[data-facet], [name=sort]")


def test_without_the_engine_the_form_asks_the_same_again(client, monkeypatch):
    monkeypatch.setattr(presentation, "get_engine", AwayEngine)
    asked = "q=obra&language=es&language=en&year=2010-2015&language_match=all&sort=title"
    form = get(client, f"/es/search/?{asked}&page=2").select_one("form[data-results]")
    again = [(field["name"], field["value"]) for field in form.select("input[name]")]
    assert sorted(again) == sorted(parse_qsl(asked))
    assert len(form.select("input[type=hidden]")) == 5


def test_without_the_engine_and_without_works_it_says_so_plainly(client, source, monkeypatch):
    source.all = []
    monkeypatch.setattr(presentation, "get_engine", AwayEngine)
    page = get(client, "/es/search/?q=obra")
    assert len(page.select(".notice")) == 1
    assert not page.select("article[data-work], .results-empty")


def test_only_reading_is_allowed(client):
    assert client.post("/es/search/").status_code == 405


def test_the_page_is_valid_html(client):
    parser = html5lib.HTMLParser(strict=True)
    for query in ("", "q=obra&page=2", "strategy=strategy-14&page=99", "q=zzzz"):
        parser.parse(client.get(f"/es/search/?{query}").content)


def test_what_a_reader_types_is_escaped(client):
    response = client.get("/es/search/", {"q": '"><script>alert(1)</script>'})
    assert b"<script>alert" not in response.content
