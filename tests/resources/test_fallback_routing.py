"""A work answers in every locale: fallback without aliases, redirects once translated, nothing of what is hidden."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, PageViewRestriction

from resources.documents import build
from resources.models import CatalogueIndexPage, ProgrammePage
from search.languages import FALLBACK_ORDER, LOCALES
from search.models import PendingChange
from tests.factories import (
    WORK_FACTORIES,
    RelatedWorkFactory,
    StandardPageFactory,
    helplines_page,
    home_page,
    index_page,
    locale_of,
)
from tests.search.sources import pending

pytestmark = pytest.mark.django_db
TYPES = list(WORK_FACTORIES)


def shown(client, url: str) -> Page:
    """The page that answers at `url` with 200."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.context["page"]


@pytest.mark.parametrize("type_id", TYPES)
@pytest.mark.parametrize("written", LOCALES)
def test_every_locale_shows_a_work_that_has_one_language(client, type_id, written):
    page = WORK_FACTORIES[type_id](language=written)
    for reader in LOCALES:
        answer = client.get(f"/{reader}/{type_id}-list-{reader}/{page.slug}/")
        assert answer.status_code == 200
        assert answer.context["page"].pk == page.pk
        assert f'<html lang="{reader}" dir="{"rtl" if reader == "ar" else "ltr"}"' in answer.content.decode()
    assert Page.objects.filter(alias_of__isnull=False).count() == 0


@pytest.mark.parametrize("type_id", TYPES)
def test_the_old_address_redirects_once_the_work_is_translated(client, type_id):
    page = WORK_FACTORIES[type_id](slug="obra")
    translation = WORK_FACTORIES[type_id](slug="work", language="en", translation_of=page)
    answer = client.get(f"/en/{type_id}-list-en/obra/?from=feed")
    assert (answer.status_code, answer["Location"]) == (301, f"{translation.get_url()}?from=feed")
    assert shown(client, f"/fr/{type_id}-list-fr/work/").pk == translation.pk


@pytest.mark.parametrize("reader", LOCALES)
def test_the_first_language_of_the_readers_order_is_shown(client, reader):
    order = FALLBACK_ORDER[reader][1:]
    page = WORK_FACTORIES["programme"](slug="obra", language=order[-1])
    address = f"/{reader}/programme-list-{reader}/obra/"
    for code in reversed(order):
        if code != page.locale.language_code:
            WORK_FACTORIES["programme"](slug="obra", language=code, translation_of=page)
        assert shown(client, address).locale.language_code == code


def test_a_draft_translation_does_not_stand_in_the_way_of_the_fallback(client):
    page = WORK_FACTORIES["programme"](slug="obra")
    WORK_FACTORIES["programme"](slug="obra", language="pt", translation_of=page, live=False)
    assert shown(client, "/pt/programme-list-pt/obra/").pk == page.pk


def test_what_is_unpublished_everywhere_is_nowhere(client):
    page = WORK_FACTORIES["programme"](slug="obra")
    page.unpublish()
    for code in LOCALES:
        assert client.get(f"/{code}/programme-list-{code}/obra/").status_code == 404


def test_a_restricted_work_asks_to_log_in_at_its_fallback_address_too(client):
    page = WORK_FACTORIES["programme"](slug="obra")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for code in LOCALES:
        answer = client.get(f"/{code}/programme-list-{code}/obra/")
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_of_two_pages_the_public_one_stands_in(client):
    page = WORK_FACTORIES["programme"](slug="obra", language="es")
    french = WORK_FACTORIES["programme"](slug="obra", language="fr", translation_of=page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert shown(client, "/pt/programme-list-pt/obra/").pk == french.pk


def test_the_section_name_of_another_locale_leads_to_the_section(client):
    page = WORK_FACTORIES["programme"](slug="obra")
    answer = client.get("/pt/programme-list-es/obra/?q=1")
    assert (answer.status_code, answer["Location"]) == (301, "/pt/programme-list-pt/obra/?q=1")
    assert shown(client, answer["Location"]).pk == page.pk
    assert client.get("/pt/programme-list-es/")["Location"] == "/pt/programme-list-pt/"


def languages_menu(client, url: str) -> dict[str, str]:
    """Language to address of the entries of the menu."""
    response = client.get(url)
    assert response.status_code == 200
    return {link.code: link.url for link in response.context["languages_menu"]}


def related_urls(client, url: str) -> list[str]:
    return [item.url for group in client.get(url).context["record"].related for item in group.items]


def test_a_section_of_one_language_is_in_every_locale_with_all_that_is_below_it(client):
    section = CatalogueIndexPage(type="programme", title="Dos", slug="dos", locale=locale_of("es"))
    home_page("es").add_child(instance=section)
    page = ProgrammePage(title="Obra", slug="obra", summary="Un resumen.", locale=locale_of("es"))
    section.add_child(instance=page)
    practice = WORK_FACTORIES["practice"](slug="otra")
    RelatedWorkFactory(page=practice, target=page)

    expected = {code: f"/{code}/dos/obra/" for code in LOCALES}
    for code in LOCALES:
        answer = client.get(expected[code])
        assert answer.status_code == 200, code
        assert answer.context["record"].type_url == f"/{code}/dos/"
        assert languages_menu(client, expected[code]) == expected
        assert related_urls(client, f"/{code}/practice-list-{code}/otra/") == [expected[code]]
    assert client.get("/en/dos/nada/").status_code == client.get("/en/dos/obra/nada/").status_code == 404
    (document,) = build([str(page.translation_key)])
    assert {code: document.url_for(code) for code in LOCALES} == expected


@pytest.mark.parametrize("gone", ["unpublished", "deleted"])
def test_the_best_section_stands_in_for_one_that_is_gone(client, gone):
    page = WORK_FACTORIES["practice"](slug="obra")
    RelatedWorkFactory(page=WORK_FACTORIES["programme"](slug="otra"), target=page)
    section = index_page("practice", "ar")
    PendingChange.objects.all().delete()
    section.unpublish() if gone == "unpublished" else section.delete()
    assert pending() == {str(page.translation_key)}

    address = "/ar/practice-list-en/obra/"
    assert shown(client, address).pk == page.pk
    assert client.get(address).context["record"].type_label == "ممارسة"
    for code in ("es", "en", "fr", "pt"):
        menu = languages_menu(client, f"/{code}/practice-list-{code}/obra/")
        assert menu == {one: f"/{one}/practice-list-{one}/obra/" for one in LOCALES} | {"ar": address}
    assert related_urls(client, "/ar/programme-list-ar/otra/") == [address]
    (document,) = build([str(page.translation_key)])
    assert document.url_for("ar") == address


def test_a_translation_below_a_section_that_is_gone_is_where_its_work_leads(client):
    page = WORK_FACTORIES["practice"](slug="obra")
    WORK_FACTORIES["practice"](slug="work", language="ar", translation_of=page)
    index_page("practice", "ar").unpublish()
    assert client.get("/ar/practice-list-en/obra/")["Location"] == "/ar/practice-list-ar/work/"
    assert shown(client, "/ar/practice-list-ar/work/").locale.language_code == "ar"
    (document,) = build([str(page.translation_key)])
    assert document.url_for("ar") == "/ar/practice-list-ar/work/"


def test_the_slug_of_a_page_that_is_not_published_any_more_leads_to_its_translation(client):
    page = WORK_FACTORIES["strategy"](slug="obra")
    translation = WORK_FACTORIES["strategy"](slug="traducao", language="pt", translation_of=page)
    page.unpublish()
    answer = client.get("/pt/strategy-list-pt/obra/")
    assert (answer.status_code, answer["Location"]) == (301, "/pt/strategy-list-pt/traducao/")
    assert shown(client, "/fr/strategy-list-fr/obra/").pk == translation.pk


def test_plain_pages_and_helplines_fall_back_as_well(client):
    plain = StandardPageFactory(slug="acerca-de")
    helplines = helplines_page("es")
    for code in LOCALES:
        assert shown(client, f"/{code}/acerca-de/").pk == plain.pk
    assert shown(client, helplines.get_url()).pk == helplines.pk


def own_text(client, url: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Notices of the page at `url` that name Spanish, and what of the page says its language and direction."""
    page = BeautifulSoup(client.get(url).content, "html5lib")
    notices = [text for one in page.main.select(".notice") if "الإسبانية" in (text := one.get_text(strip=True))]
    passages = page.select("title, h1, .lead, .prose > div:not(.notice)")
    return notices, [(one.get("lang"), one.get("dir"), one.get_text(strip=True)) for one in passages]


def test_a_plain_page_by_fallback_says_its_language(client):
    StandardPageFactory(title="Acerca de", slug="acerca-de", body=[("paragraph", "<p>Somos un portal.</p>")])
    [notice], passages = own_text(client, "/ar/acerca-de/")
    assert "العربية" in notice
    assert passages[0] == ("es", "ltr", "Acerca de · بوابة INSPIRE")
    assert passages[1:] == [("es", "ltr", "Acerca de"), ("es", "ltr", "Somos un portal.")]
    assert own_text(client, "/es/acerca-de/")[0] == []


def test_helplines_by_fallback_say_the_language_of_their_own_text(client):
    spanish = helplines_page("es")
    spanish.intro = "<p>Llame.</p>"
    spanish.save()
    for code in set(LOCALES) - {"es"}:
        helplines_page(code).unpublish()
    [notice], passages = own_text(client, "/ar/helplines-es/")
    assert "العربية" in notice
    assert passages[0] == ("es", "ltr", "Helplines es · بوابة INSPIRE")
    assert passages[1:] == [("es", "ltr", "Helplines es"), ("es", "ltr", "Llame.")]
    assert own_text(client, "/es/helplines-es/")[0] == []


def test_a_list_by_fallback_has_the_name_of_its_type_in_the_readers_language(client):
    section = CatalogueIndexPage(type="programme", title="Dos", slug="dos", seo_title="Los dos", intro="Aquí hay dos.")
    section.locale = locale_of("es")
    home_page("es").add_child(instance=section)
    [notice], passages = own_text(client, "/ar/dos/")
    assert "العربية" in notice
    assert passages[:2] == [(None, None, "البرامج · بوابة INSPIRE"), (None, None, "البرامج")]
    assert passages[2:] == [("es", "ltr", "Aquí hay dos.")]
    notices, passages = own_text(client, "/es/dos/")
    assert ([text.split(" · ")[0] for *_lang, text in passages], notices) == (["Los dos", "Dos", "Aquí hay dos."], [])


def test_nothing_is_a_404_in_the_readers_language(client):
    home_page("ar")
    answer = client.get("/ar/nothing/at/all/")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl"' in answer.content.decode()
    assert 'action="/ar/search/"' in answer.content.decode()


def test_the_list_itself_is_not_reached_below_another(client):
    index_page("programme", "es")
    assert client.get("/es/programme-list-es/programme-list-es/").status_code == 404
