"""Browsers without `:has()` and `::details-content` have the same page."""

import re

import pytest
from playwright.sync_api import expect

UNKNOWN = {":has(": ":unknown-has(", "::details-content": "::unknown-content"}
ASKED = """const known = CSS.supports.bind(CSS);
CSS.supports = (...asked) => !asked.join().includes("details-content") && known(...asked);"""


@pytest.fixture
def older(visit):
    """Opens an address in such a browser."""

    def open_address(address: str, width: int):
        here = visit("/es/no-hay-nada/", width=width)

        def without_them(route):
            answer = route.fetch()
            css = answer.text()
            for known, unknown in UNKNOWN.items():
                css = css.replace(known, unknown)
            route.fulfill(response=answer, body=css)

        here.page.route(re.compile(r"/site[\w.]*\.css$"), without_them)
        here.page.add_init_script(ASKED)
        here.go(address)
        return here.page

    return open_address


@pytest.mark.parametrize("address", ["/ar/", "/es/publicaciones/inspire-core/", "/es/search/"])
def test_menus_stand_open_where_there_is_room(older, address):
    page = older(address, 1280)
    expect(page.locator(".navigation a").first).to_be_visible()
    expect(page.locator(".language-menu a").first).to_be_visible()


def test_menus_fold_on_a_phone(older):
    page = older("/ar/search/", 390)
    page.wait_for_timeout(200)
    assert not page.locator(".navigation a, .language-menu a, .filters input").filter(visible=True).count()


def test_filters_stand_beside_the_results_and_menus_stay_open(older):
    page = older("/es/search/", 1280)
    filters, results = (page.locator(part).bounding_box() for part in (".filters", ".results-page"))
    assert filters["x"] + filters["width"] < results["x"]
    assert abs(filters["y"] - results["y"]) < 1
    page.locator("#type-programme").check()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.locator(".language-menu a").first.is_visible()
    assert "type=programme" in page.locator(".language-menu a").first.get_attribute("href")
