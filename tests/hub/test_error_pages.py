"""Errors speak the reader's language; the page for our own faults needs nothing that could fail too."""

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from search.languages import LOCALES, direction


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
def test_not_found_offers_search(client, locale):
    response = client.get(f"/{locale}/nothing/here/")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert (page.html["lang"], page.html["dir"]) == (locale, direction(locale))
    assert page.select_one("main form[role=search]")["action"] == f"/{locale}/search/"
    assert page.select_one("a.leave[href]")


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_without_any_context(name):
    with translation.override("ar"):
        page = BeautifulSoup(render_to_string(name), "html.parser")
    assert page.html["dir"] == "rtl"
    assert page.select_one(".brand")["href"] == "/ar/"
    assert "None" not in page.get_text()


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("address", ["/admin/login/", "/{}/_util/login/"])
def test_a_form_whose_session_changed_is_refused_in_the_frame_of_the_hub(locale, address):
    client = Client(enforce_csrf_checks=True)
    response = client.post(address.format(locale), headers={"accept-language": locale})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 403
    assert (page.html["lang"], page.html["dir"]) == (locale, direction(locale))
    assert page.select_one("main a")["href"] == f"/{locale}/search/"
    assert page.select_one(".brand")["href"] == f"/{locale}/"
    assert page.select_one("a.leave[href]")
    assert locale == "en" or "Go back" not in page.get_text()


@pytest.mark.parametrize("parts", [1_200, 10_001])
@pytest.mark.django_db
def test_an_address_of_too_many_parts_is_told_in_five_languages(client, parts):
    response = client.get(f"/es/search/?{'&'.join(['type=a'] * parts)}")
    page = BeautifulSoup(response.content, "html.parser")
    if parts > 10_000:
        assert response.status_code == 400
        assert [section["lang"] for section in page.select("section")] == list(LOCALES)
    else:
        assert response.status_code == 200
        assert page.select(".notice")


@pytest.mark.parametrize(("name", "place"), [("500.html", ""), ("400.html", "search/")])
def test_faults_are_told_in_five_languages(name, place):
    template = engines["django"].get_template(name)
    page = BeautifulSoup(template.render(), "html.parser")
    sections = [(section["lang"], section["dir"], section.a["href"]) for section in page.select("section")]
    assert sections == [(locale, direction(locale), f"/{locale}/{place}") for locale in LOCALES]
    assert not page.select("link")
    # Without it only the key that leaves is lost; its address is known without asking the storage of static files.
    assert [script["src"] for script in page.select("script")] == [settings.STATIC_URL + "js/leave.js"]
    assert [word["lang"] for word in page.select(".leave [lang]")] == list(LOCALES[1:])
    assert "{" not in page.body.get_text()
    html5lib.HTMLParser(strict=True).parse(template.render())
