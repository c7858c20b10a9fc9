"""Text that runs in another direction than the page, and Arabic letters, keep to their boxes."""

import pytest

from search.languages import LOCALES

# Where the words of an element begin and end, of which its box says nothing.
EDGES = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const { left, right } = range.getBoundingClientRect();
    return [left, right];
}"""


@pytest.mark.parametrize(("locale", "side"), [("es", 0), ("ar", 1)])
def test_what_an_edition_says_stands_beside_its_label(visit, locale, side):
    address = {"es": "publicaciones", "ar": "publications"}[locale]
    page = visit(f"/{locale}/{address}/egm-brief-education-life-skills/", width=390).page
    publisher, year = (
        page.locator(".editions td[data-column=publisher] bdi"),
        page.locator(".editions td[data-column=year]"),
    )
    assert abs(publisher.evaluate(EDGES)[side] - year.evaluate(EDGES)[side]) < 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_hint_in_the_search_box_is_short_enough_for_a_phone(visit, locale):
    page = visit(f"/{locale}/", width=390).page
    hint, room = page.locator(".hero input[name=q]").evaluate(
        """one => {
            const style = getComputedStyle(one);
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = style.font;
            const padding = parseFloat(style.paddingInlineStart) + parseFloat(style.paddingInlineEnd);
            return [pen.measureText(one.placeholder).width, one.clientWidth - padding];
        }"""
    )
    assert 0 < hint <= room


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("/ar/", ".strategy-card h3"),
        ("/ar/strategies/norms-and-values/", ".related > li"),
        ("/ar/search/", ".language-badges"),
    ],
)
def test_lines_of_arabic_letters_stand_apart(visit, address, places):
    leadings = (
        visit(address, width=390)
        .page.locator(places)
        .evaluate_all(
            "all => all.map(getComputedStyle).map((style) => parseFloat(style.lineHeight) / parseFloat(style.fontSize))"
        )
    )
    assert leadings
    assert min(leadings) >= 1.5
