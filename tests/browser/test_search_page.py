"""What a reader does on the search page, with and without scripts."""

import contextlib
import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from playwright.sync_api import Error, expect

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
both_directions = pytest.mark.parametrize("locale", ["es", "ar"])


def query(url: str) -> dict[str, list[str]]:
    """Parameters of an address that say something."""
    return parse_qs(urlsplit(url).query)


def total(page) -> int:
    """The number that stands above the results."""
    return int(re.sub(r"\D", "", page.locator("#results-count").text_content()) or 0)


def works(page) -> list[str]:
    return page.locator("[data-results] article[data-work]").evaluate_all("all => all.map((one) => one.dataset.work)")


def facet_box(page, facet: str, value: str):
    return page.locator(f'[data-facet="{facet}"] input[value="{value}"]')


def facet_count(page, facet: str, value: str) -> int:
    # What is written: what is drawn of it (inner_text) is nothing as long as the styles of a new page are on their way.
    return int(page.locator(f'[data-facet="{facet}"] label:has(input[value="{value}"]) b').text_content())


# These look at the page from outside: without scripts a page has no timers, and page.wait_for_function asks it once.


def wait_for_total(page, number: int) -> None:
    """Until `number` stands above the results, whatever parts its thousands."""
    digits = r"\D?".join(str(number))
    expect(page.locator("#results-count")).to_have_text(re.compile(rf"^\D*{digits}\D*$"))


def wait_until_refreshed(page) -> None:
    expect(page.locator("[data-results]")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def wait_for_page(page, number: int) -> None:
    """Until the list shows its page `number`."""
    expect(page.locator(".pagination [aria-current]")).to_contain_text(str(number))


@both_directions
@both
def test_from_the_home_page_to_a_filtered_list_and_back(visit, scripts, locale):
    here = visit(f"/{locale}/", java_script_enabled=scripts)
    page = here.page
    page.locator(".hero input[name=q]").fill("violence")
    page.locator(".hero button[type=submit]").click()
    page.wait_for_url(re.compile(rf"/{locale}/search/\?q=violence$"))
    assert page.locator("#results-q").input_value() == "violence"
    found = total(page)
    assert found > 50

    wanted = facet_count(page, "type", "programme") + facet_count(page, "type", "training")
    facet_box(page, "type", "programme").check()
    if scripts:
        wait_for_total(page, facet_count(page, "type", "programme"))
    facet_box(page, "type", "training").check()
    if not scripts:
        page.locator(".filters-apply button").click()
    wait_for_total(page, wanted)
    assert {key: values for key, values in query(page.url).items() if key in ("q", "type")} == {
        "q": ["violence"],
        "type": ["programme", "training"],
    }
    assert page.locator(".chip").count() == 2

    # One chip away, then all of them.
    left = facet_count(page, "type", "programme")
    page.locator(".chip").nth(1).click()
    wait_for_total(page, left)
    assert query(page.url)["type"] == ["programme"]
    page.locator(".chips-clear").click()
    wait_for_total(page, found)
    assert query(page.url) == {"q": ["violence"]}
    assert page.locator(".chip").count() == 0


@both
def test_sort_and_pages(visit, scripts):
    page = visit("/es/search/?type=evaluation", java_script_enabled=scripts).page
    page.locator("#results-sort").select_option("title")
    if not scripts:
        page.locator(".results-search button").click()
    page.wait_for_url(re.compile("sort=title"))
    wait_until_refreshed(page)
    titles = page.locator(".results .hit-title").all_inner_texts()
    assert len(titles) == 20
    plain = [re.sub(r"[^\w ]", "", title).casefold() for title in titles]
    assert plain == sorted(plain)

    first = works(page)
    page.locator(".pagination a[rel=next]").click()
    page.wait_for_url(re.compile("page=2"))
    wait_for_page(page, 2)
    second = works(page)
    assert len(second) == 20
    assert not set(first) & set(second)
    assert query(page.url) == {"type": ["evaluation"], "sort": ["title"], "page": ["2"]}
    page.go_back()
    wait_for_page(page, 1)
    assert works(page) == first


@both
def test_years_and_all_languages(visit, scripts):
    page = visit("/es/search/?language=es&language=en", java_script_enabled=scripts).page
    any_of_them = total(page)
    page.locator("#language-match-all").check()
    if not scripts:
        page.locator(".filters-apply button").click()
    page.wait_for_url(re.compile("language_match=all"))
    wait_until_refreshed(page)
    all_of_them = total(page)
    assert 0 < all_of_them < any_of_them
    page.locator('[data-facet="year"] > details > summary').click()
    page.locator("#year-from").fill("2016")
    page.locator("#year-to").fill("2016")
    page.locator("#year-to").press("Enter")
    page.wait_for_url(re.compile("year"))
    wait_until_refreshed(page)
    assert 0 < total(page) < all_of_them


@both
def test_changing_the_language_keeps_the_view(visit, scripts):
    """Path, words, facets, order and page: the language menu leads to the same works."""
    address = "/es/search/?q=violence&type=evaluation&type=programme&sort=title&page=2"
    page = visit(address, java_script_enabled=scripts).page
    before = works(page)
    assert len(before) == 20
    if scripts:  # the menu follows what is refreshed in place
        page.goto(page.url.replace("&sort=title&page=2", ""))
        page.locator("#results-sort").select_option("title")
        page.wait_for_url(re.compile("sort=title"))
        page.locator(".pagination a[rel=next]").click()
        page.wait_for_url(re.compile("page=2"))
        wait_for_page(page, 2)
    parameters = sorted(parse_qsl(urlsplit(address).query))
    page.locator('.language-menu a[hreflang="ar"]').click()
    page.wait_for_url(re.compile("/ar/search/"))
    assert sorted(parse_qsl(urlsplit(page.url).query)) == parameters
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator('.language-menu a[hreflang="es"]').click()
    page.wait_for_url(re.compile("/es/search/"))
    assert sorted(parse_qsl(urlsplit(page.url).query)) == parameters
    assert works(page) == before


def test_ticking_refreshes_in_place(visit):
    """No new page, the focus on the box, the address of what is shown, the count said aloud, and a way back."""
    here = visit("/ar/search/")
    page = here.page
    everything = total(page)
    expected = facet_count(page, "type", "evaluation")
    page.evaluate("window.sameDocument = true")
    box = facet_box(page, "type", "evaluation")
    box.focus()
    page.keyboard.press("Space")
    wait_for_total(page, expected)
    assert page.evaluate("window.sameDocument") is True
    assert page.evaluate("document.activeElement.id") == "type-evaluation"
    assert box.is_checked()
    assert query(page.url) == {"type": ["evaluation"]}
    status = page.locator("[data-status]")
    assert status.get_attribute("aria-live") == "polite"
    assert status.text_content() == page.locator("#results-count").inner_text()
    assert page.locator(".results-page").get_attribute("aria-busy") is None
    shown = works(page)

    page.keyboard.press("Space")
    wait_for_total(page, everything)
    assert query(page.url) == {}
    page.go_back()
    wait_for_total(page, expected)
    assert works(page) == shown
    assert facet_box(page, "type", "evaluation").is_checked()
    page.go_back()
    wait_for_total(page, everything)
    assert not facet_box(page, "type", "evaluation").is_checked()
    assert page.evaluate("window.sameDocument") is True
    page.reload()
    assert total(page) == everything
    assert here.complaints == []


def test_results_of_a_slow_answer_do_not_replace_newer_ones(visit):
    here = visit("/es/search/")
    page = here.page
    expected = facet_count(page, "type", "programme") + facet_count(page, "type", "training")
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(r"/es/search/\?"), hold_the_first)
    facet_box(page, "type", "programme").check()
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    facet_box(page, "type", "training").check()
    wait_for_total(page, expected)
    held[0].abort()
    page.wait_for_timeout(300)
    assert total(page) == expected
    assert query(page.url) == {"type": ["programme", "training"]}


def test_what_is_chosen_while_an_answer_is_on_its_way_is_kept(visit):
    page = visit("/es/search/").page
    expected = facet_count(page, "type", "programme") + facet_count(page, "type", "training")
    held = []
    page.route(re.compile(r"/es/search/\?"), lambda route: route.continue_() if held else held.append(route))
    facet_box(page, "type", "programme").check()
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    page.locator('[data-facet="year"] > details > summary').click()
    page.locator("#year-from").press_sequentially("20")
    # The first answer arrives while a year is typed, and another box is ticked at once.
    with contextlib.suppress(Error):  # it was given up
        held[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator("#year-from").input_value() == "20"
    page.locator("#year-from").fill("")
    facet_box(page, "type", "training").check()
    wait_for_total(page, expected)
    assert query(page.url) == {"type": ["programme", "training"]}


def test_the_focus_stays_near_a_value_that_was_unticked(visit):
    page = visit("/es/search/?language=tl").page
    facet_box(page, "language", "tl").focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("/es/search/$"))
    expect(facet_box(page, "language", "tl")).to_be_focused()
    expect(facet_box(page, "language", "tl")).to_be_visible()

    page = visit("/es/search/?type=expert&kind=handbook").page
    facet_box(page, "kind", "handbook").focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("type=expert$"))
    expect(page.locator("#results-count")).to_be_focused()


@both
def test_a_year_that_no_work_can_have_stops_no_search(visit, scripts):
    page = visit("/es/search/?year_from=1850", width=390, java_script_enabled=scripts).page
    page.locator("#results-q").fill("violence")
    page.locator("#results-q").press("Enter")
    page.wait_for_url(re.compile("q=violence"))
    wait_until_refreshed(page)
    assert total(page) > 0


def test_misspelt_words_are_answered_with_what_was_meant(visit):
    page = visit("/es/search/?q=parentng").page
    assert "parenting" in page.locator(".results-suggestion").inner_text()
    assert total(page) > 0
    assert page.locator(".hit mark").count() > 0


def test_nothing_found_says_how_to_go_on(visit):
    page = visit("/es/search/?q=zzzzqqqq&type=expert").page
    assert works(page) == []
    page.locator(".results-empty a").first.click()
    expect(page.locator(".chip")).to_have_count(0)
    page.locator(".results-empty a").last.click()
    expect(page.locator(".hit")).to_have_count(20)


@both_directions
def test_filters_fold_on_a_phone_and_stand_open_where_there_is_room(visit, locale):
    here = visit(f"/{locale}/search/", width=390)
    page = here.page
    box = facet_box(page, "type", "programme")
    summary = page.locator(".filters > summary")
    assert summary.is_visible()
    assert not box.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert box.is_visible()
    expected = facet_count(page, "type", "programme")
    box.check()
    wait_for_total(page, expected)
    assert box.is_visible(), "ticking one filter must not fold them all away"
    page.locator(".filters-apply button").click()
    expect(page.locator(".filters")).to_have_js_property("open", False)
    here.resize(1280)
    assert not summary.is_visible()
    assert facet_box(page, "type", "programme").is_visible()


def test_filters_fold_on_a_phone_without_scripts(visit):
    page = visit("/es/programas/", width=390, java_script_enabled=False).page
    box = facet_box(page, "strategy", "parent-caregiver-support")
    assert not box.is_visible()
    page.locator(".filters > summary").click()
    assert box.is_visible()
    expected = facet_count(page, "strategy", "parent-caregiver-support")
    box.check()
    page.locator(".filters-apply button").click()
    page.wait_for_url(re.compile("strategy="))
    assert total(page) == expected


def test_all_values_of_a_facet_can_be_reached(visit):
    page = visit("/es/programas/").page
    page.locator('[data-facet="country"] > details').evaluate("box => { box.open = true; }")
    values = page.locator('[data-facet="country"] .facet-value')
    folded = [one for one in values.all() if not one.is_visible()]
    assert folded
    page.locator('[data-facet="country"] .facet-more > summary').click()
    assert all(one.is_visible() for one in folded)
    assert str(values.count()) in page.locator('[data-facet="country"] .facet-more > summary').inner_text()


def test_results_can_be_asked_for_where_the_script_did_not_arrive(visit):
    page = visit("/es/").page
    page.route("**/results*.js", lambda route: route.abort())
    page.goto(page.url + "search/")
    expected = facet_count(page, "type", "programme")
    facet_box(page, "type", "programme").check()
    page.locator(".filters-apply button").click()
    page.wait_for_url(re.compile("type=programme"))
    assert total(page) == expected
