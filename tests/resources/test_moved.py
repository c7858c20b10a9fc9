"""A work that is renamed or moved is found at its old address in every locale: also where it has no page of its own."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from resources.models import PracticePage
from search.languages import LOCALES
from tests.factories import WORK_FACTORIES, StandardPageFactory, index_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads_to(client):
    """Where an old address leads for good."""

    def follow(url: str) -> str:
        answer = client.get(url)
        assert answer.status_code == 301, (url, answer.status_code)
        assert client.get(answer["Location"]).status_code == 200
        return answer["Location"]

    return follow


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another slug; redirects are made after the transaction."""

    def rename(page, slug: str) -> None:
        page = page.specific_class.objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


def test_a_renamed_work_is_found_in_every_locale(client, leads_to, rename):
    page = WORK_FACTORIES["practice"](slug="antes")
    for first, then in (("antes", "luego"), ("luego", "ahora")):
        rename(page, then)
        for code in LOCALES:
            assert leads_to(f"/{code}/practice-list-{code}/{first}/") == f"/{code}/practice-list-{code}/{then}/"
    assert leads_to("/ar/practice-list-ar/antes/") == "/ar/practice-list-ar/ahora/"
    assert leads_to("/pt/practice-list-pt/antes/?from=feed") == "/pt/practice-list-pt/ahora/?from=feed"
    assert client.get("/pt/practice-list-pt/nunca/").status_code == 404


def test_its_translation_is_where_it_leads(leads_to, rename):
    page = WORK_FACTORIES["practice"](slug="antes")
    WORK_FACTORIES["practice"](slug="em-portugues", language="pt", translation_of=page)
    rename(page, "ahora")
    assert leads_to("/pt/practice-list-pt/antes/") == "/pt/practice-list-pt/em-portugues/"
    assert leads_to("/fr/practice-list-fr/antes/") == "/fr/practice-list-fr/ahora/"


def test_a_moved_work_is_found_in_every_locale(leads_to):
    page = WORK_FACTORIES["practice"](slug="obra")
    PracticePage.objects.get(pk=page.pk).move(index_page("programme"), "last-child")
    assert leads_to("/ar/practice-list-ar/obra/") == "/ar/programme-list-ar/obra/"


def test_a_work_below_a_renamed_list_is_found(leads_to, rename):
    WORK_FACTORIES["practice"](slug="obra")
    rename(index_page("practice", "pt"), "praticas")
    rename(index_page("practice", "es"), "practicas")
    assert leads_to("/pt/practice-list-pt/obra/?a=b") == "/pt/praticas/obra/?a=b"
    assert leads_to("/pt/practice-list-es/obra/") == "/pt/praticas/obra/"


def test_a_work_below_a_section_of_another_language_is_found(client, leads_to, rename):
    page = WORK_FACTORIES["practice"](slug="antes")
    index_page("practice", "pt").delete()
    rename(page, "ahora")
    assert leads_to("/pt/practice-list-es/antes/") == "/pt/practice-list-es/ahora/"
    rename(index_page("practice", "es"), "practicas")
    assert leads_to("/pt/practice-list-es/ahora/") == "/pt/practicas/ahora/"


def test_a_renamed_plain_page_is_found(leads_to, rename):
    page = StandardPageFactory(slug="acerca-de")
    rename(page, "sobre")
    assert leads_to("/pt/acerca-de/") == "/pt/sobre/"


def test_what_is_not_public_any_more_is_not_found(client, rename):
    page = WORK_FACTORIES["practice"](slug="antes")
    rename(page, "ahora")
    PracticePage.objects.get(pk=page.pk).unpublish()
    assert client.get("/pt/practice-list-pt/antes/").status_code == 404


def test_a_redirect_that_an_editor_made_for_this_very_address_is_followed(client, rename):
    page = WORK_FACTORIES["practice"](slug="antes")
    rename(page, "ahora")
    Redirect.add_redirect("/pt/practice-list-pt/antes", "/pt/search/", is_permanent=False)
    Redirect.add_redirect("/pt/practice-list-xx/antes", "/pt/search/", is_permanent=False)
    for path in ("/pt/practice-list-pt/antes/", "/pt/practice-list-xx/antes/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/pt/search/")


def test_asking_writes_nothing(client, rename):
    rename(WORK_FACTORIES["practice"](slug="antes"), "ahora")
    before = list(Redirect.objects.values())
    client.get("/pt/practice-list-pt/antes/")
    assert list(Redirect.objects.values()) == before
