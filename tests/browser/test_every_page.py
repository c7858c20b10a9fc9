"""What holds on every kind of page: it fits, it is quiet, it asks nobody else, and it is in the reader's language."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import ADDRESSES, CASES, IDS
from tests.browser.visits import WIDTHS, Visit

MOST_REQUESTS = 8
# Keys that are no values of a facet, as found in templates and engines.
OTHER_KEYS = {"positive", "mixed", "null", "negative", "available", "unavailable", "in_person", "official"}
GARBAGE = re.compile(
    r"undefined|\bNone\b(?! of)|\bNaN\b|\bnull\b|%\(|\{\{|\{%|\[object|&(?:amp|lt|gt|quot|#\d+);|<bdi|Promise\b"
)

# Elements that reach beyond the window, which is more telling than the width of the page.
SPILT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || element.closest(".visually-hidden, .skip")) return false;
  return box.right > innerWidth + 1 || box.left < -1;
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 200))"""

# All that a reader meets as words; what is marked are the reader's own.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const texts = [document.title];
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim();
    if (text && !walker.currentNode.parentElement.closest("script, style, mark, strong")) texts.push(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
    for (const name of ["aria-label", "placeholder", "title", "alt"]) texts.push(element.getAttribute(name) || "");
  }
  return texts;
}"""

# Two small words in a row, in Latin letters, that claim to be Arabic. Organisations keep their own names.
NOT_ARABIC = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim(), element = walker.currentNode.parentElement;
    if (element.closest("script, style, .facet, .organisations, [data-column=publisher]")) continue;
    if (element.closest("[lang]").lang === "ar" && /\\b[a-z]{2,} [a-z]{2,}\\b/.test(text)) found.push(text);
  }
  return found;
}"""


class Shown(NamedTuple):
    """A kind of page in one locale, as somebody sees it who comes to it first; its tests share one visit."""

    locale: str
    address: str
    status: int
    visit: Visit

    @property
    def page(self) -> Page:
        return self.visit.page


@pytest.fixture(scope="module", params=CASES, ids=IDS)
def shown(request, chromium, hub) -> Iterator[Shown]:
    kind, locale, address = request.param
    visit = Visit(chromium, hub, width=WIDTHS[0])
    visit.go(address)
    yield Shown(locale, address, 404 if kind == "not found" else 200, visit)
    visit.context.close()


def fits(page) -> None:
    """Fails, with the elements at fault, where the page is wider than its window."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window, f"{width} > {window}: {page.evaluate(SPILT)}"


@pytest.fixture(scope="module")
def vocabulary(chromium, hub):
    """locale -> (keys of all values of all facets, their names), as the search page shows them."""
    found = {}
    for locale in ("es", "ar"):
        page = chromium.new_page()
        page.goto(f"{hub}/{locale}/search/")
        rows = page.evaluate(
            """() => [...document.querySelectorAll(".facet-value")].map((label) => [
                 label.querySelector("input").value, label.querySelector("bdi").textContent])"""
        )
        page.close()
        # Regions have numbers for keys, which look like any count of works.
        keys = {key for key, _ in rows if not key.isdecimal()}
        assert len(keys) > 200
        found[locale] = keys | OTHER_KEYS, {name for _, name in rows}
    return found


def test_fits_is_quiet_and_asks_nobody_else(shown):
    here, page = shown.visit, shown.page
    assert here.response.status == shown.status
    for width in WIDTHS:
        here.resize(width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            fits(page)
    page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")
    assert here.complaints == []
    assert here.elsewhere == []
    assert len(here.asked) <= MOST_REQUESTS, here.asked
    assert here.context.cookies() == []
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


# A pasted address in the summary of a work, in both ways to lay the home page out: with upcoming trainings and without.
LONG_WORD = """(upcoming) => {
  const list = document.querySelector("#home-newest").closest("section");
  list.parentElement.classList.toggle("home-columns", upcoming);
  list.querySelector(".hits").classList.toggle("hits-columns", !upcoming);
  list.querySelector(".hit-summary").textContent = "https://example.org/" + "a".repeat(200);
}"""


@pytest.mark.parametrize("locale", ["es", "ar"])
@pytest.mark.parametrize("upcoming", [True, False], ids=["with upcoming trainings", "without"])
def test_a_long_word_does_not_widen_the_home_page(visit, locale, upcoming):
    here = visit(f"/{locale}/", width=WIDTHS[0])
    here.page.evaluate(LONG_WORD, upcoming)
    for width in WIDTHS:
        here.resize(width)
        fits(here.page)


# As readers set them in their browsers: the size of letters, and what WCAG 1.4.12 says that a page must bear.
DOUBLED = "html { font-size: 212.5% !important; }"
HALF_AS_LARGE_AGAIN = "html { font-size: 159.375% !important; }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-block-end: 2em !important; }"""


@pytest.mark.parametrize(
    ("width", "style"),
    [(320, SPACED), (360, HALF_AS_LARGE_AGAIN), (390, DOUBLED), (1280, DOUBLED)],
    ids=["spaced", "half as large again", "doubled on a phone", "doubled"],
)
@pytest.mark.parametrize(
    "address",
    [
        "/fr/",
        "/ar/",
        "/es/donde-pedir-ayuda/",
        "/es/publicaciones/inspire-core-summary/",
        "/es/estrategias/implementacion-y-vigilancia-de-las-leyes/",
        "/fr/strategies/surete-des-environnements/",
        "/es/search/?q=violencia&type=programme",
    ],
)
def test_larger_letters_do_not_widen_a_page(visit, address, width, style):
    page = visit(address, width=width).page
    page.add_style_tag(content=style)
    fits(page)


@pytest.mark.parametrize(
    "address",
    [
        "/es/estrategias/implementacion-y-vigilancia-de-las-leyes/",
        "/fr/strategies/surete-des-environnements/",
        f"/es/search/?country={'a' * 49}&year_from={'b' * 50}",
    ],
)
def test_long_words_do_not_widen_a_narrow_page(visit, address):
    fits(visit(address, width=320).page)


def test_no_line_of_a_list_of_related_works_begins_with_a_dot(visit):
    lines = visit("/es/paises/br/").page.locator(".related .soft").all_inner_texts()
    assert any(" · " in line for line in lines)
    assert [line for line in lines if line.startswith("·")] == []


def test_what_only_colours_say_is_drawn_where_the_reader_chooses_colours(visit):
    page = visit("/es/programas/?page=2", forced_colors="active").page
    for part in (".navigation", ".language-menu", ".pagination"):
        line = page.locator(f"{part} [aria-current]").evaluate("one => getComputedStyle(one).borderBlockEndWidth")
        assert line == "3px", part
    bar = visit("/es/", forced_colors="active").page.locator(".language-bars-bar").first
    colour = "one => getComputedStyle(one).backgroundColor"
    assert bar.locator("span").evaluate(colour) != bar.evaluate(colour)


def test_speaks_the_language_of_its_address(shown, vocabulary):
    page, locale = shown.page, shown.locale
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        locale,
        "rtl" if locale == "ar" else "ltr",
    ]
    assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if locale == "ar" else "ltr")
    texts = page.evaluate(TEXTS)
    assert [text for text in texts if GARBAGE.search(text)] == []
    keys, names = vocabulary[locale]
    assert [text for text in texts if text in keys and text not in names] == []
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_words_of_other_languages_say_so(shown):
    assert shown.locale != "ar" or shown.page.evaluate(NOT_ARABIC) == []
    unknown = "[...document.querySelectorAll('[lang=\"\"]')].filter((one) => one.dir !== 'auto').length"
    assert shown.page.evaluate(unknown) == 0


def test_is_whole_without_scripts(shown, visit):
    """The same words, nothing out of reach and nothing wider than the window."""
    plain = visit(shown.address, width=WIDTHS[0], java_script_enabled=False)
    assert plain.response.status == shown.status
    assert plain.complaints == []
    assert plain.context.cookies() == []
    assert not any(url.endswith(".js") for url in plain.asked)
    # Playwright runs its own questions also where the page may run nothing.
    for width in WIDTHS:
        plain.resize(width)
        fits(plain.page)
    words = "document.querySelector('main').textContent.replace(/\\s+/g, ' ')"
    assert plain.page.evaluate(words) == shown.page.evaluate(words)


def test_every_kind_of_page_is_visited():
    assert len(CASES) == 2 * len(ADDRESSES) == len(set(CASES))
