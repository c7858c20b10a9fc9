"""A record that exists in English only, at its Portuguese and at its Arabic address; and one that exists in all."""

import pytest

ENGLISH_ONLY = {
    "pt": ("/pt/programas/incredible-years/", "ltr", "inglês"),
    "ar": ("/ar/programmes/incredible-years/", "rtl", "الإنجليزية"),
}
ORIGINAL = "/en/programmes/incredible-years/"
IN_ALL = {
    "es": "/es/estrategias/normas-y-valores/",
    "en": "/en/strategies/norms-and-values/",
    "fr": "/fr/strategies/normes-et-valeurs/",
    "pt": "/pt/estrategias/normas-e-valores/",
    "ar": "/ar/strategies/norms-and-values/",
}


def links(page, selector: str) -> dict[str, str]:
    """hreflang -> path of what is linked."""
    return dict(
        page.locator(selector).evaluate_all("all => all.map((one) => [one.hreflang, new URL(one.href).pathname])")
    )


def canonical(page) -> str:
    return page.locator("link[rel=canonical]").evaluate("one => new URL(one.href).pathname")


@pytest.mark.parametrize("locale", ENGLISH_ONLY)
def test_original_within_the_interface_of_the_reader(visit, locale):
    address, direction, english = ENGLISH_ONLY[locale]
    here = visit(address)
    page = here.page
    assert here.response.status == 200
    assert here.address == address
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [locale, direction]
    assert english in page.locator(".record-head .notice").inner_text()
    for passage in (".record h1", ".record-head .lead"):
        text = page.locator(passage)
        assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("en", "ltr")
        assert text.evaluate("one => getComputedStyle(one).direction") == "ltr"
        assert text.evaluate("one => one.matches(':lang(en)')")
    # Where the page begins its lines: the title stands at the edge that the notice stands at.
    edge = "one => one.getBoundingClientRect()"
    title, notice = page.locator(".record h1").evaluate(edge), page.locator(".record-head .notice").evaluate(edge)
    side = "right" if direction == "rtl" else "left"
    assert abs(title[side] - notice[side]) < 2
    assert canonical(page) == ORIGINAL


@pytest.mark.parametrize("locale", ENGLISH_ONLY)
def test_no_translation_is_announced_that_does_not_exist(visit, locale):
    page = visit(ENGLISH_ONLY[locale][0]).page
    assert set(links(page, "link[rel=alternate][hreflang]")) == {"en", "x-default"}


@pytest.mark.parametrize("locale", ENGLISH_ONLY)
def test_language_menu_says_what_will_be_shown(visit, locale):
    page = visit(ENGLISH_ONLY[locale][0]).page
    menu = page.locator(".language-menu a")
    notes = dict(
        menu.evaluate_all(
            "all => all.map((one) => [one.hreflang, one.querySelector('.language-menu-note')?.textContent || ''])"
        )
    )
    assert set(notes) == {"es", "en", "fr", "pt", "ar"} - {locale}
    english = ENGLISH_ONLY[locale][2]
    assert notes.pop("en") == ""
    assert all(english in note for note in notes.values())
    assert page.locator(".language-menu [aria-current]").get_attribute("lang") == locale
    for code, path in links(page, ".language-menu a").items():
        answer = page.request.get(visit(path).page.url)
        assert answer.status == 200, (code, path)


@pytest.mark.parametrize("locale", IN_ALL)
def test_translated_record_is_linked_in_all_languages(visit, locale):
    page = visit(IN_ALL[locale]).page
    assert page.locator(".record-head .notice").count() == 0
    assert page.locator(".language-menu-note").count() == 0
    assert canonical(page) == IN_ALL[locale]
    announced = links(page, "link[rel=alternate][hreflang]")
    assert announced.pop("x-default") in IN_ALL.values()
    assert announced == IN_ALL
    assert links(page, ".language-menu a") == {code: path for code, path in IN_ALL.items() if code != locale}
    assert page.locator(".record h1").get_attribute("lang") == locale


def test_hits_in_another_language_say_so(visit):
    page = visit("/ar/search/?q=incredible+years").page
    hit = page.locator('article[data-work="incredible-years"]')
    title = hit.locator(".hit-title a")
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("en", "ltr")
    summary = hit.locator(".hit-summary")
    assert (summary.get_attribute("lang"), summary.get_attribute("dir")) == ("en", "ltr")
    title.click()
    page.wait_for_url("**/ar/programmes/incredible-years/")
