"""What is copied in the admin, and what is not: a copy is a record like any other."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from resources.models import ProgrammePage
from tests.factories import WORK_FACTORIES, ProgrammePageFactory, StandardPageFactory, home_page, index_page

pytestmark = pytest.mark.django_db


def copy_of(client, page, **values):
    """What the admin answers when `page` is copied with these values of the form."""
    filled = {"new_title": "Copia", "new_parent_page": page.get_parent().pk, "new_slug": "copia", **values}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), filled)


def errors(response) -> dict:
    assert response.status_code == 200
    return response.context["form"].errors.get_json_data()


def test_a_copy_is_refused_the_slug_that_another_work_has_in_another_locale(admin_client):
    ProgrammePageFactory(slug="familias-fuertes", language="pt")
    page = ProgrammePageFactory(slug="kiva")
    [error] = errors(copy_of(admin_client, page, new_slug="familias-fuertes"))["new_slug"]
    assert error["message"].startswith("Otra página ya tiene esta dirección")
    assert ProgrammePage.objects.count() == 2


@pytest.mark.parametrize("kind", ["work", "list", "plain page"])
def test_a_copy_is_refused_a_parent_in_another_language(admin_client, kind):
    page = {"work": ProgrammePageFactory, "list": lambda: index_page("programme"), "plain page": StandardPageFactory}[
        kind
    ]()
    parent = index_page("programme", "en") if kind == "work" else home_page("en")
    [error] = errors(copy_of(admin_client, page, new_parent_page=parent.pk))["new_parent_page"]
    assert error["message"] == "Una copia se queda en el idioma de su página: elija una página padre en ese idioma."
    assert not Page.objects.filter(slug="copia").exists()


@pytest.mark.parametrize("type_id", ["strategy", "expert"])
def test_a_translation_is_not_copied_and_the_editor_learns_what_is(admin_client, type_id):
    page = WORK_FACTORIES[type_id](title="Original")
    translation = WORK_FACTORIES[type_id](title="Traduction", language="fr", translation_of=page)
    answer = copy_of(admin_client, translation, publish_copies="on")
    assert not Page.objects.filter(slug="copia").exists()
    answer = admin_client.get(answer.url)
    told = [str(message).strip() for message in answer.context["messages"]]
    assert told == ["Una traducción no se copia: copie el original, «Original» (español)."]


def test_a_copy_needs_as_much_as_its_form_asks_for_to_be_published(admin_client):
    page = ProgrammePageFactory(summary="Un resumen.")
    [error] = errors(copy_of(admin_client, page, publish_copies="on"))["publish_copies"]
    assert error["message"] == "La copia no puede publicarse. Falta completar: estrategias."
    assert not Page.objects.filter(slug="copia").exists()
    copy_of(admin_client, page)
    assert not Page.objects.get(slug="copia").live


def test_copies_of_what_is_below_a_list_are_drafts(admin_client):
    page = ProgrammePageFactory()
    chosen = {"copy_subpages": "on"}
    [error] = errors(copy_of(admin_client, page.get_parent(), publish_copies="on", **chosen))["publish_copies"]
    assert error["message"].startswith("Las copias de las subpáginas se publican una por una")
    copy_of(admin_client, page.get_parent(), **chosen)
    assert [one.live for one in Page.objects.get(slug="copia").get_descendants(inclusive=True)] == [False, False]


def test_a_copy_made_in_the_admin_does_not_take_the_identifier(admin_client):
    page = ProgrammePageFactory(external_id="kiva")
    copy_of(admin_client, page)
    copied = ProgrammePage.objects.get(slug="copia")
    assert copied.external_id is copied.get_latest_revision_as_object().external_id is None
