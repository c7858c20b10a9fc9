"""The HTML of every kind of page, parsed as strictly as the standard says and checked for what parsers let pass."""

from itertools import pairwise

import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.browser.addresses import CASES, IDS
from tests.served_hub import read

# Elements that may not stand within these, however well they parse.
BLOCKS = ("p", "div", "ul", "ol", "dl", "table", "section", "article", "h1", "h2", "h3", "h4", "form", "details", "pre")
PHRASING_ONLY = ("p", "h1", "h2", "h3", "h4", "span", "bdi", "b", "strong", "em", "mark", "label", "button", "dt")
INTERACTIVE = ("a", "button", "input", "select", "textarea", "details", "label")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


def faults(html: str) -> list[str]:
    """What a validator would object to."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    found = [f"{code} at {place}" for place, code, _ in parser.errors]
    page = BeautifulSoup(html, "html5lib")
    for outer in PHRASING_ONLY:
        found += [f"<{one.name}> in <{outer}>: {one}"[:160] for one in page.select(f"{outer} :is({', '.join(BLOCKS)})")]
    for outer in ("a", "button"):
        found += [
            f"<{one.name}> in <{outer}>: {one}"[:160] for one in page.select(f"{outer} :is({','.join(INTERACTIVE)})")
        ]
    for outer, inner in (("ul", "li"), ("ol", "li"), ("dl", ("dt", "dd", "div")), ("tr", ("th", "td"))):
        names = (inner,) if isinstance(inner, str) else inner
        for one in page.find_all(outer):
            children = one.find_all(True, recursive=False)
            found += [f"<{child.name}> in <{outer}>" for child in children if child.name not in names]
            if outer in ("ul", "ol", "dl") and not children:
                found.append(f"empty <{outer} class={one.get('class')}>")
    ids = [one["id"] for one in page.select("[id]")]
    found += [f"id {one} twice" for one in set(ids) if ids.count(one) > 1]
    found += [f"id with a space: {one!r}" for one in ids if not one or any(sign.isspace() for sign in one)]
    for name in REFERENCES:
        for one in page.select(f"[{name}]"):
            found += [f"{name} names no element: {one[name]}" for target in one[name].split() if target not in ids]
    found += [
        f"link to a missing part: {one['href']}" for one in page.select('a[href^="#"]') if one["href"][1:] not in ids
    ]
    found += [f"no address: {one}"[:160] for one in page.find_all("a") if not one.get("href")]
    # An empty lang is how HTML says that nobody knows the language; then the letters tell the direction.
    empty = page.select('[lang=""]:not([dir="auto"]), [dir=""], [hreflang=""]')
    found += [f"empty lang or dir: {one}"[:160] for one in empty]
    levels = [int(one.name[1]) for one in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    found += [f"h{first} then h{then}" for first, then in pairwise(levels) if then > first + 1]
    return found


@pytest.mark.parametrize(("kind", "locale", "address"), CASES, ids=IDS)
def test_page_is_valid(hub, kind, locale, address):
    assert faults(read(hub + address)) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p><div>x</div></p>",
        "<h2>x</h3>",
        '<i id="a"></i><i id="a"></i>',
        "<a href='/'><button>x</button></a>",
        "<ul><p>x</p></ul>",
        '<a href="#nowhere">x</a>',
        "<h1>x</h1><h3>y</h3>",
        '<p lang="">x</p>',
        "<bdi><ul><li>x</li></ul></bdi>",
        '<label for="nothing">x</label>',
    ],
)
def test_faults_are_found(body):
    page = "<!doctype html><html lang=es><head><title>x</title></head><body>{}</body></html>"
    assert faults(page.format('<p>x <bdi lang="" dir="auto">y</bdi></p>')) == []
    assert faults(page.format(body)) != []
