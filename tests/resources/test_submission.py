"""A page is sent to translation as it is now."""

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation

from resources.models import CatalogueIndexPage, PracticePage
from tests.factories import WORK_FACTORIES, locale_of
from tests.resources.test_translation_workflow import submit
from tests.resources.test_untranslated import of, translate
from tests.tree import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    """In Spanish, under a list that is in no other language."""
    section = CatalogueIndexPage(type="practice", title="Más prácticas", slug="mas-practicas", locale=locale_of("es"))
    home_page("es").add_child(instance=section)
    page = PracticePage(title="Una práctica", summary="Qué es.", locale=locale_of("es"))
    section.add_child(instance=page)
    return page


def send(client, page, *codes: str, **fields):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    locales = [locale_of(code).pk for code in codes]
    return client.post(address, {"locales": locales, **fields}, headers={"accept-language": "en"})


def test_a_page_is_sent_as_it_is_now(admin_client):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    submit(admin_client, page, "en")
    translate(page, "en")
    page.title = "Otra práctica"
    page.save_revision().publish()
    submit(admin_client, page, "fr")
    assert of(page, "fr").title == "Otra práctica"
    assert Translation.objects.get(target_locale=locale_of("en")).get_progress() == (2, 1)


def test_so_are_the_pages_below_it(admin_client, practice):
    send(admin_client, practice, "en")
    practice.title = "Otra práctica"
    practice.save_revision().publish()
    send(admin_client, practice.get_parent(), "fr", include_subtree="on")
    assert of(practice, "fr").title == "Otra práctica"
