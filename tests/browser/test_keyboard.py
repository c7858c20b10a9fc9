"""Without a mouse, and the way out for people at risk."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES
from tests.browser.visits import ELSEWHERE

FOCUS = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const label = one.closest("label") || one;
  // The middle and the corners: hidden only where something else lies over all of them.
  const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) =>
    [box.left + box.width * x, box.top + box.height * y]);
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || label.contains(top) || top.contains(one));
  });
  return {
    tag: one.tagName, id: one.id, href: one.getAttribute("href"), name: one.getAttribute("name"),
    class: one.className, text: (one.innerText || one.value || "").trim().slice(0, 60), seen,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def tab(page) -> dict:
    page.keyboard.press("Tab")
    return page.evaluate(FOCUS)


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_skip_link_leads_past_the_head(visit, locale):
    page = visit(f"/{locale}/search/").page
    first = tab(page)
    assert first["href"] == "#main"
    assert first["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert tab(page)["id"] == "results-q"


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_search_filters_and_results_by_keyboard_alone(visit, locale):
    page = visit(f"/{locale}/search/").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("violence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=violence")
    expect(page.locator("#results-count")).to_be_focused()
    # Backwards from the results are the filters, forwards the works.
    page.locator("#results-q").focus()
    met = [tab(page) for _ in range(6)]
    assert met[0]["tag"] == "BUTTON"
    box = next(one for one in met if one["name"] == "type")
    assert box["outlined"]
    while page.evaluate("document.activeElement.name") != "type":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    for _ in range(400):
        if tab(page)["href"] and page.evaluate("!!document.activeElement.closest('.hit')"):
            break
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.locator(".record h1").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ["home", "search facets", "programme", "training", "helplines"])
def test_focus_is_always_seen(visit, kind, width):
    """Nothing that has the focus lies wholly under the floating way out, and each shows that it has it."""
    page = visit(ADDRESSES[kind][0], width=width, height=640).page
    unseen, met = [], set()
    for _ in range(120):
        one = tab(page)
        if one["tag"] == "BODY":
            break
        met.add(one["text"])
        if not (one["seen"] and one["outlined"]):
            unseen.append(one)
    assert unseen == []
    assert len(met) > 10


CONTRAST = """one => {
  const style = getComputedStyle(one);
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
  const [low, high] = [light(style.outlineColor), light(style.backgroundColor)].sort((a, b) => a - b);
  return { ratio: (high + .05) / (low + .05), reach: parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_way_out_shows_its_focus_on_its_own_ground(visit, width, scheme):
    page = visit("/es/", width=width, color_scheme=scheme).page
    link = page.locator(".leave")
    while not link.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    found = link.evaluate(CONTRAST)
    assert found["ratio"] >= 3
    assert found["reach"] <= 0, "what is around it may be of the same colour, or outside the window"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_open_language_menu_hides_nothing_that_has_the_focus(visit, width, scripts):
    page = visit("/ar/search/?q=violence", width=width, height=640, java_script_enabled=scripts).page
    page.locator(".language-menu summary").focus()
    page.keyboard.press("Enter")
    met = [tab(page) for _ in range(12)]
    assert [one["href"] for one in met[:4]] == page.locator(".language-menu a").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    assert [one for one in met if not (one["seen"] and one["outlined"])] == []


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_leave_link_works_without_scripts(visit, locale):
    here = visit(
        f"/{locale}/donde-pedir-ayuda/" if locale == "es" else "/ar/where-to-get-help/", java_script_enabled=False
    )
    link = here.page.locator(".leave")
    assert link.is_visible()
    link.click()
    here.page.wait_for_url(ELSEWHERE)
    assert here.elsewhere == [ELSEWHERE]


def test_leave_link_replaces_the_page(visit):
    here = visit("/es/")
    here.go("/es/donde-pedir-ayuda/")
    here.page.locator(".leave").click()
    here.page.wait_for_url(ELSEWHERE)
    here.page.go_back()
    assert here.address == "/es/", "the page that was left must not be one step back"


def test_nothing_is_seen_of_the_page_before_the_other_site_answers(visit):
    page = visit("/es/donde-pedir-ayuda/").page
    title = page.title()
    left, back = page.evaluate("""() => {
      const seen = () => [document.body.checkVisibility(), document.title];
      document.querySelector(".leave").click();
      const left = seen();
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      return [left, seen()];
    }""")
    assert left == [False, ""]
    assert back == [True, title], "a page that the browser kept alive"


TOO_MANY_PARTS = "/es/search/?" + "&".join(["type=a"] * 10_001)  # told by a page without the frame of the others


@pytest.mark.parametrize("address", ["/es/", "/ar/search/", "/es/no-hay-nada/", TOO_MANY_PARTS])
def test_escape_three_times_leaves(visit, address):
    here = visit(address)
    for _ in range(2):
        here.page.keyboard.press("Escape")
    here.page.wait_for_timeout(200)
    assert here.address == address
    here.page.keyboard.press("Escape")
    here.page.wait_for_url(ELSEWHERE)
    assert here.elsewhere == [ELSEWHERE]


def test_holding_escape_does_not_leave(visit):
    here = visit("/es/search/")
    for _ in range(6):  # down without up: the key repeats
        here.page.keyboard.down("Escape")
    here.page.wait_for_timeout(300)
    assert here.elsewhere == []
    assert here.page.locator("[aria-keyshortcuts]").count() == 0, "one press does not leave"


def test_escape_in_a_field_leaves_too_but_other_keys_between_do_not(visit):
    here = visit("/es/search/?q=crianza")
    field = here.page.locator("#results-q")
    field.focus()
    for key in ("Escape", "Escape", "a", "Escape", "Escape", "b"):
        here.page.keyboard.press(key)
    here.page.wait_for_timeout(200)
    assert here.elsewhere == []
    for _ in range(3):
        here.page.keyboard.press("Escape")
    here.page.wait_for_url(ELSEWHERE)


def test_copy_of_the_citation(visit):
    here = visit("/es/publicaciones/inspire-core/")
    here.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=here.hub)
    page = here.page
    button = page.locator(".citation button")
    status = page.locator(".citation [role=status]")
    text = page.locator("#citation-text").input_value()
    assert "INSPIRE" in text
    assert here.hub in text
    button.focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("Copiada")
    expect(button).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.locator(".citation [aria-live]").count() == 0, "it would be told twice"


def test_a_clipboard_that_refuses_leaves_the_citation_selected(visit):
    page = visit("/es/publicaciones/inspire-core/").page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.locator(".citation button").click()
    expect(page.locator(".citation [role=status]")).to_have_text("Seleccionada: pulse Ctrl+C")
    text = page.locator("#citation-text")
    expect(text).to_be_focused()
    assert page.evaluate("getSelection().toString()") == text.input_value()


def test_a_citation_in_arabic_is_copied_without_the_signs_that_order_it(visit):
    here = visit("/ar/programmes/familias-fuertes/")
    here.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=here.hub)
    page = here.page
    assert "\u2066" in page.locator("#citation-text").input_value()
    page.locator(".citation button").click()
    expect(page.locator(".citation [role=status]")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Familias Fuertes. بوابة INSPIRE. http://" in copied
    assert not set("\u2066\u2069") & set(copied)


def test_citation_can_be_copied_by_hand_without_scripts(visit):
    page = visit("/es/publicaciones/inspire-core/", java_script_enabled=False).page
    assert page.locator("#citation-text").is_visible()
    assert not page.locator(".citation button").is_visible()


def test_no_button_to_copy_the_citation_where_its_script_did_not_arrive(visit):
    page = visit("/es/").page
    page.route("**/citation*.js", lambda route: route.abort())
    page.goto(page.url + "publicaciones/inspire-core/")
    assert page.locator("#citation-text").is_visible()
    assert not page.locator(".citation button").is_visible()
