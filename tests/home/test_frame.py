"""Language menu, hreflang, canonical link, navigation and sitemap tell the truth."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from home import sitemaps
from home.sitemaps import PageSitemap
from search.languages import LOCALES
from tests.factories import (
    WORK_FACTORIES,
    OrganisationFactory,
    OrganisationRoleFactory,
    StandardPageFactory,
    helplines_page,
    home_page,
    index_page,
)

pytestmark = [pytest.mark.django_db, pytest.mark.planted]
SITE = "http://testserver"


def soup(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def menu(page: BeautifulSoup) -> dict[str, tuple[str, str]]:
    """Language to (address, note) of the entries that are links."""
    entries = {}
    for link in page.select(".language-menu a[hreflang]"):
        note = link.select_one(".language-menu-note")
        entries[link["hreflang"]] = (link["href"], note.get_text(strip=True) if note else "")
    return entries


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"][hreflang]')}


@pytest.mark.parametrize("type_id", WORK_FACTORIES)
def test_the_menu_says_in_which_language_a_work_will_be_shown(client, type_id):
    page = WORK_FACTORIES[type_id](slug="obra", language="es")
    WORK_FACTORIES[type_id](slug="work", language="en", translation_of=page)
    entries = menu(soup(client, f"/es/{type_id}-list-es/obra/?utm_source=feed"))
    assert entries["en"] == (f"/en/{type_id}-list-en/work/?utm_source=feed", "")
    assert entries["fr"] == (f"/fr/{type_id}-list-fr/work/?utm_source=feed", "se muestra en inglés")
    assert entries["pt"] == (f"/pt/{type_id}-list-pt/obra/?utm_source=feed", "se muestra en español")
    assert "es" not in entries
    for address, _note in entries.values():
        assert client.get(address).status_code == 200


def test_search_keeps_path_query_facets_and_page(client):
    home_page()
    entries = menu(soup(client, "/es/search/?q=ni%C3%B1os&language=pt&language=es&page=2"))
    assert {code: address for code, (address, _note) in entries.items()} == {
        code: f"/{code}/search/?q=ni%C3%B1os&language=pt&language=es&page=2" for code in LOCALES if code != "es"
    }


def test_hreflang_names_true_translations_and_the_default(client):
    page = WORK_FACTORIES["practice"](slug="obra", language="fr")
    alone = f"{SITE}/fr/practice-list-fr/obra/"
    assert alternates(soup(client, "/ar/practice-list-ar/obra/")) == {"fr": alone, "x-default": alone}
    WORK_FACTORIES["practice"](slug="obra", language="ar", translation_of=page)
    draft = WORK_FACTORIES["practice"](slug="obra", language="pt", translation_of=page, live=False)
    hidden = WORK_FACTORIES["practice"](slug="obra", language="en", translation_of=page)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    expected = {
        "fr": f"{SITE}/fr/practice-list-fr/obra/",
        "ar": f"{SITE}/ar/practice-list-ar/obra/",
        "x-default": f"{SITE}/fr/practice-list-fr/obra/",
    }
    for code in ("fr", "ar", "pt"):
        found = soup(client, f"/{code}/practice-list-{code}/obra/")
        assert alternates(found) == expected
        assert not draft.live
    assert soup(client, "/pt/practice-list-pt/obra/").select_one('link[rel="canonical"]')["href"] == expected["fr"]


@pytest.mark.parametrize("path", ["organisations/", "organisations/who/"])
def test_pages_of_organisations_are_found_in_every_language(client, path):
    OrganisationRoleFactory(page=WORK_FACTORIES["programme"](), organisation=OrganisationFactory(key="who"))
    expected = {code: f"{SITE}/{code}/{path}" for code in LOCALES}
    found = soup(client, f"/ar/{path}?page=1")
    assert alternates(found) == expected | {"x-default": expected["es"]}
    assert found.select_one('link[rel="canonical"]')["href"] == expected["ar"]
    assert all(address in client.get("/sitemap.xml").content.decode() for address in expected.values())


def test_the_default_is_spanish_where_there_is_spanish(client):
    index_page("programme")
    assert alternates(soup(client, "/ar/programme-list-ar/"))["x-default"] == f"{SITE}/es/programme-list-es/"


def test_a_plain_page_linked_from_nowhere_is_in_no_footer(client):
    StandardPageFactory(slug="linked")
    StandardPageFactory(slug="unlinked", place="")
    links = {link["href"] for link in soup(client, "/es/unlinked/").select("a")}
    assert "/es/linked/" in links
    assert "/es/unlinked/" not in links


@pytest.mark.parametrize("code", LOCALES)
def test_navigation_and_footer_stand_in_the_readers_language(client, code):
    index_page("programme"), helplines_page()
    StandardPageFactory(title="Acerca de", slug="acerca-de")
    page = soup(client, f"/{code}/programme-list-{code}/")
    current = page.select_one('.navigation [aria-current="page"]')
    assert (current["href"], current.get_text()) == (f"/{code}/programme-list-{code}/", f"Programme list {code}")
    links = {link["href"] for link in page.select(".footer a")}
    assert {f"/{code}/helplines-{code}/", f"/{code}/acerca-de/"} <= links


def test_titles_in_another_language_say_so_and_lists_have_a_name_in_each(client):
    index_page("programme", "ar").unpublish()
    helplines_page("ar").unpublish()
    StandardPageFactory(title="Acerca de", slug="acerca-de")
    links = {link["href"]: link for link in soup(client, "/ar/").select(".navigation a, .footer a")}
    assert str(links["/ar/acerca-de/"]).endswith('<bdi dir="ltr" lang="es">Acerca de</bdi></a>')
    assert links["/ar/helplines-en/"].bdi["lang"] == "en"
    assert links["/ar/programme-list-en/"].decode_contents() == "البرامج"
    assert links["/ar/practice-list-ar/"].decode_contents() == "Practice list ar"


def test_the_frame_costs_the_same_whatever_stands_in_the_hub(client, django_assert_max_num_queries):
    page = WORK_FACTORIES["programme"](slug="obra")
    client.get("/es/programme-list-es/obra/")
    with django_assert_max_num_queries(20) as alone:
        client.get("/es/programme-list-es/obra/")
    for code in LOCALES[1:]:
        WORK_FACTORIES["programme"](slug="obra", language=code, translation_of=page)
    with django_assert_max_num_queries(len(alone)):
        client.get("/es/programme-list-es/obra/")


def test_the_sitemap_has_each_public_page_once_with_its_true_translations(client):
    page = WORK_FACTORIES["programme"](slug="obra")
    WORK_FACTORIES["programme"](slug="work", language="en", translation_of=page)
    WORK_FACTORIES["programme"](slug="draft", live=False)
    hidden = WORK_FACTORIES["programme"](slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - made by the hub itself
    found = root.findall("s:url", names)
    urls = {url.find("s:loc", names).text.removeprefix("http://testserver"): url for url in found}
    works = {url for url in urls if url.count("/") == 4}
    assert works == {"/es/programme-list-es/obra/", "/en/programme-list-en/work/"}
    links = urls["/es/programme-list-es/obra/"].findall("x:link", names)
    assert {link.get("hreflang") for link in links} == {"es", "en", "x-default"}


def test_the_sitemap_asks_once_which_organisations_have_works(client, monkeypatch):
    asked = []
    monkeypatch.setattr(sitemaps, "works_by_organisation", lambda locale: asked.append(locale) or {"who": 1})
    assert b"/es/organisations/who/" in client.get("/sitemap.xml").content
    assert len(asked) == 1


def test_a_large_sitemap_comes_in_parts(client, monkeypatch):
    first = WORK_FACTORIES["programme"](slug="obra")
    WORK_FACTORIES["programme"](slug="work", language="en", translation_of=first)
    first.save_revision().publish()
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

    def locations(url: str, path: str) -> list[str]:
        root = ElementTree.fromstring(client.get(url).content)  # noqa: S314 - made by the hub itself
        return [found.text for found in root.findall(path, names)]

    whole = locations("/sitemap.xml", "s:url/s:loc")
    of_pages = [url for url in whole if not url.endswith("/organisations/")]
    monkeypatch.setattr(PageSitemap, "limit", len(of_pages) - 1)
    parts = locations("/sitemap.xml", "s:sitemap/s:loc")
    assert [part.removeprefix(f"{SITE}/sitemap-") for part in parts] == [
        "pages.xml",
        "pages.xml?p=2",
        "organisations.xml",
    ]
    assert [url for part in parts for url in locations(part, "s:url/s:loc")] == whole
    # The translations of a work are told in both parts, although each has only one of them.
    links = [locations(part, "s:url/x:link") for part in parts[:2]]
    assert all(links)
    assert client.get("/sitemap-pages.xml?p=3").status_code == 404
    assert len(locations("/sitemap.xml", "s:sitemap/s:lastmod")) == 2


def test_the_root_leads_to_the_readers_language(client):
    home_page()
    assert client.get("/", headers={"accept-language": "ar-EG,ar;q=0.9"})["Location"] == "/ar/"
    assert client.get("/", headers={"accept-language": "de"})["Location"] == "/es/"


def test_readers_get_no_cookie(client):
    page = WORK_FACTORIES["programme"]()
    for url in (page.get_url(), "/es/", "/ar/search/?q=x", "/es/nothing/"):
        assert not client.get(url).cookies
