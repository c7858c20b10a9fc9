"""Every type, in its own language and in those it is not translated into."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import WORK_FACTORIES, StandardPageFactory, helplines_page, home_page, index_page
from tests.resources.record_page import address, show

pytestmark = pytest.mark.django_db

NAMES = {("es", "ar"): ("العربية", "الإسبانية"), ("ar", "es"): ("español", "árabe")}


@pytest.mark.parametrize("type_id", WORK_FACTORIES)
@pytest.mark.parametrize(("written", "reader"), [("es", "ar"), ("ar", "es")])
def test_a_work_is_shown_in_its_own_language_and_by_fallback(client, type_id, written, reader):
    page = WORK_FACTORIES[type_id](title="The title", summary="The summary.", language=written)
    directions = {"es": "ltr", "ar": "rtl"}

    own = show(client, page, written)
    assert own.record.notice == ""
    assert own.soup.html["lang"] == written
    assert own.soup.h1["lang"] == written
    assert "The summary." in own.main

    fallback = show(client, page, reader)
    assert (fallback.soup.html["lang"], fallback.soup.html["dir"]) == (reader, directions[reader])
    for passage in (fallback.soup.title, fallback.soup.h1):
        assert (passage["lang"], passage["dir"]) == (written, directions[written])
    lead = fallback.soup.find(class_="lead")
    assert (lead["lang"], lead["dir"], lead.get_text()) == (written, directions[written], "The summary.")
    assert all(name in fallback.record.notice for name in NAMES[written, reader])
    assert fallback.record.notice in fallback.main
    canonical = fallback.soup.find("link", rel="canonical")["href"]
    assert canonical == f"http://testserver{address(page, written)}"
    assert fallback.record.type_url == index_page(type_id, reader).get_url()
    assert [(one.code, one.url) for one in fallback.record.translations] == [(written, address(page, written))]


def test_search_engines_are_told_what_an_editor_wrote_for_them(client):
    work = WORK_FACTORIES["programme"](
        title="Crianza", summary="El resumen.", seo_title="Crianza con ternura", search_description="De qué trata."
    )
    pages = [
        index_page("programme"),
        StandardPageFactory(),
        helplines_page(),
        home_page(),
    ]
    for page in pages:
        page.seo_title, page.search_description = "Crianza con ternura", "De qué trata."
        page.save_revision().publish()
    for url in (address(work, "es"), address(work, "fr"), *(page.get_url() for page in pages)):
        head = BeautifulSoup(client.get(url).content, "html5lib").head
        assert head.title.get_text().startswith("Crianza con ternura")
        assert [one["content"] for one in head.find_all("meta", {"name": "description"})] == ["De qué trata."]

    work.seo_title = work.search_description = ""
    work.save_revision().publish()
    head = show(client, work, "es").soup.head
    assert head.title.get_text().startswith("Crianza ·")
    assert head.find("meta", {"name": "description"})["content"] == "El resumen."


def test_a_translated_work_is_shown_in_each_language_without_notice(client):
    original = WORK_FACTORIES["programme"](title="El título")
    translated = WORK_FACTORIES["programme"](title="العنوان", translation_of=original, language="ar")

    shown = show(client, translated, "ar")

    assert shown.record.notice == ""
    assert shown.soup.h1.get_text() == "العنوان"
    assert [(one.code, one.current) for one in shown.record.translations] == [("es", False), ("ar", True)]
    assert shown.record.translations[0].name == "Español"
    assert show(client, original, "en").soup.h1.get_text() == "El título"
