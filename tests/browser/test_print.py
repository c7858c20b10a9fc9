"""What is read on paper: it begins on the first page, and in dark ink."""

import io
import unicodedata

import pypdf
import pytest

# Of all that is printed: of elements that hold words, and colours of what lies behind them.
INKS = """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()).map((one) => {
  const style = getComputedStyle(one);
  return `${one.tagName}.${one.getAttribute("class")} ${style.color} on ${style.backgroundColor}`;
})"""
# Words whose ink is lighter than the 4.5 : 1 that they need on white paper.
PALE = """() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map((one) => one / 255)
      .map((one) => one > .04 ? ((one + .055) / 1.055) ** 2.4 : one / 12.92);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  return [...document.querySelectorAll("body *")].filter((one) =>
    one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim())
    && !one.closest(".tile, .visually-hidden, .skip") && 1.05 / (light(getComputedStyle(one).color) + .05) < 4.5
  ).map((one) => one.outerHTML.slice(0, 120));
}"""


def printed(page) -> list[str]:
    """The words of each page of paper, ligatures taken apart."""
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return [unicodedata.normalize("NFKC", " ".join(one.extract_text().split())) for one in pages]


@pytest.mark.parametrize(
    "address",
    [
        "/es/",
        "/es/programas/plh-teens/",
        "/fr/strategies/normes-et-valeurs/",
        "/ar/evaluations/orpinas-2014-familias-fuertes/",
        "/ar/about/",
        "/es/donde-pedir-ayuda/",
    ],
)
def test_begins_on_the_first_page_and_no_page_is_empty(visit, address):
    page = visit(address).page
    pages = printed(page)
    assert min(map(len, pages)) > 0
    assert len(pages[0]) > 500
    if not address.startswith("/ar/about/"):  # letters joined in Arabic are other characters on paper
        assert page.locator("h1").inner_text() in pages[0]


@pytest.mark.parametrize("address", ["/es/", "/ar/", "/es/evaluaciones/nfp-18-years-2019/", "/es/donde-pedir-ayuda/"])
def test_ink_is_dark_whatever_the_screen(visit, address):
    page = visit(address, color_scheme="light", reduced_motion="reduce").page
    page.emulate_media(media="print")
    light = page.evaluate(INKS)
    assert page.evaluate(PALE) == []
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(INKS) == light


@pytest.mark.parametrize("address", ["/es/", "/ar/programmes/", "/es/no-hay-nada/"])
def test_nothing_to_press_is_printed(visit, address):
    page = visit(address).page
    page.emulate_media(media="print")
    assert page.locator("button:visible, form.search-box:visible, .leave:visible").all_inner_texts() == []
