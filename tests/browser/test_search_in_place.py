"""What readers are told, and what stays in the form, while results refresh in place."""

import contextlib
import re
import time

import pytest
from playwright.sync_api import Error, expect

from tests.browser.test_search_page import facet_box, facet_count, total, wait_for_total, wait_until_refreshed, works

AGAIN = re.compile(r"/es/search/\?")


def in_view(page, selector: str) -> bool:
    return page.locator(selector).first.evaluate(
        "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_what_is_no_year_is_told_and_kept(visit):
    page = visit("/es/search/").page
    page.locator('[data-facet="year"] > details > summary').click()
    field = page.locator("#year-from")
    field.fill("20155")
    field.press("Tab")
    page.wait_for_url(AGAIN)
    expect(page.locator("[data-status]")).to_contain_text("«20155» no es un año y se ignoró.")
    expect(page.locator("[data-status]")).to_contain_text(page.locator("#results-count").inner_text())
    expect(field).to_have_value("20155")
    assert field.get_attribute("aria-invalid") == "true"
    assert in_view(page, "#" + field.get_attribute("aria-describedby"))
    expect(page.locator("#year-to")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_enter_after_what_is_no_year_keeps_it(visit, scripts):
    page = visit("/ar/search/", width=390, java_script_enabled=scripts).page
    page.locator("#filters > summary").click()
    page.locator('[data-facet="year"] > details > summary').click()
    page.locator("#year-from").fill("20155")
    page.locator("#year-from").press("Enter")
    page.wait_for_url(re.compile("year_from=20155"))
    wait_until_refreshed(page)
    assert page.locator("#year-from").input_value() == "20155"
    if scripts:
        expect(page.locator("#results-count")).to_be_focused()
        assert in_view(page, ".results-page .notice")


def test_another_spelling_and_another_order_are_told(visit):
    page = visit("/es/search/").page
    page.locator("#results-sort").select_option("title")
    expect(page.locator("[data-status]")).to_contain_text("Ordenar por Título")
    page.locator("#results-q").fill("parentng")
    page.locator("#results-q").press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("parenting")


def test_boxes_are_those_of_the_address_after_coming_back(visit):
    page = visit("/es/search/").page
    everything = total(page)
    page.route(AGAIN, lambda route: None)  # no answer comes
    facet_box(page, "type", "programme").check()
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    page.locator(".hit a").first.click()
    page.wait_for_url(re.compile(r"/es/(?!search)"))
    page.unroute(AGAIN)
    page.go_back()
    page.wait_for_url(re.compile("/es/search/$"))
    expect(facet_box(page, "type", "programme")).not_to_be_checked()
    assert total(page) == everything


def test_asking_the_same_again_is_no_further_step_to_go_back(visit):
    page = visit("/es/").page
    page.goto(page.url + "search/")
    page.locator("#results-q").fill("violencia y niños")
    page.locator("#results-q").press("Enter")
    page.wait_for_url(re.compile("q="))
    wait_until_refreshed(page)
    steps = page.evaluate("history.length")
    for _ in range(3):
        page.locator(".results-search button").click()
        wait_until_refreshed(page)
    assert page.evaluate("history.length") == steps
    page.go_back()
    page.wait_for_url(re.compile("/es/search/$"))


def test_back_and_forward_at_once_ends_where_the_address_says(visit):
    here = visit("/es/search/")
    page = here.page
    facet_box(page, "type", "programme").check()
    page.wait_for_url(re.compile("type=programme$"))
    wait_until_refreshed(page)
    expected = works(page)
    held = []
    page.route(re.compile("/es/search/$"), lambda route: held.append(route))
    page.evaluate("history.back()")
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    page.evaluate("history.forward()")
    page.wait_for_url(re.compile("type=programme$"))
    with contextlib.suppress(Error):  # it was given up
        held[0].continue_()
    page.wait_for_timeout(300)
    wait_until_refreshed(page)
    assert (here.address, works(page)) == ("/es/search/?type=programme", expected)
    assert facet_box(page, "type", "programme").is_checked()


def test_going_back_takes_back_what_was_ticked_a_moment_ago(visit):
    here = visit("/es/search/")
    page = here.page
    everything = total(page)
    facet_box(page, "type", "programme").check()
    page.wait_for_url(re.compile("type=programme$"))
    wait_until_refreshed(page)
    page.route(re.compile("/es/search/$"), lambda route: (time.sleep(0.5), route.continue_()))
    facet_box(page, "type", "training").evaluate("box => { box.click(); history.back(); }")
    wait_for_total(page, everything)
    page.wait_for_timeout(300)
    assert (here.address, total(page)) == ("/es/search/", everything)


def test_the_form_is_refreshed_once_search_is_back(visit):
    here = visit("/es/")
    page = here.page

    def away(route):
        text = route.fetch().text()
        kept = '<input type="hidden" name="sort" value="title">'
        route.fulfill(
            body=re.sub('<div class="results-sort">.*?</div>', kept, text, flags=re.DOTALL), content_type="text/html"
        )

    page.route(AGAIN, away, times=1)
    here.go("/es/search/?sort=title")
    assert page.locator("[name=sort]").get_attribute("type") == "hidden"
    page.locator(".results-search button").click()
    expect(page.locator("select[name=sort]")).to_have_value("title")
    assert here.complaints == []


def test_a_lost_connection_keeps_the_page_and_says_so(visit):
    here = visit("/es/search/")
    page = here.page
    shown, expected = works(page), facet_count(page, "type", "programme")
    here.context.set_offline(True)
    facet_box(page, "type", "programme").check()
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Falló la conexión")
    assert in_view(page, "[data-status]"), "whoever looks at the page sees it too"
    assert (here.address, works(page)) == ("/es/search/", shown)
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(facet_box(page, "type", "programme")).to_be_checked()
    here.context.set_offline(False)
    page.locator(".results-search button").click()
    wait_for_total(page, expected)
    expect(status).not_to_contain_text("Falló")
    expect(status).to_have_class("visually-hidden")
