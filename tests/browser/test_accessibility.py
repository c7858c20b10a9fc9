"""No violation that axe-core knows, up to WCAG 2.2 AA, on any kind of page, light and dark, wide and narrow."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser.addresses import CASES, IDS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap((one) => one.nodes.slice(0, 3).map((node) =>
    `${one.id}: ${node.html.slice(0, 160)} ${node.any.map((check) => check.message).join("; ")}`));
}"""


def violations(page) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return page.evaluate(RUN, RULES)


@pytest.mark.parametrize(("kind", "locale", "address"), CASES, ids=IDS)
def test_page(visit, kind, locale, address):
    here = visit(address, color_scheme="light", reduced_motion="reduce")
    assert violations(here.page) == []
    here.page.emulate_media(color_scheme="dark")
    here.resize(320)
    assert violations(here.page) == []


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_search_page_with_everything_unfolded(visit, locale):
    here = visit(f"/{locale}/search/?q=crianza&type=programme", width=390, reduced_motion="reduce")
    here.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    assert here.page.locator(".facet-value:visible").count() > 100
    assert violations(here.page) == []


def test_finds_what_is_wrong(visit):
    """The checker itself works: an image without a name and grey text on white are found."""
    page = visit("/es/").page
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x><p style=\"color:#bbb\">pale</p>'")
    found = {violation.split(":")[0] for violation in violations(page)}
    assert {"image-alt", "color-contrast"} <= found
