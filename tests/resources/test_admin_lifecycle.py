"""Create, edit, publish, unpublish, restrict, move and delete through the admin, for every type, then search."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home import clock
from resources.models import PAGE_MODELS, CatalogueIndexPage
from search.engines import get_engine
from search.models import PendingChange
from search.query import Query
from tests.factories import (
    WORK_FACTORIES,
    CountryFactory,
    LanguageFactory,
    SectorFactory,
    StrategyFactory,
    home_page,
    index_page,
    locale_of,
)
from tests.resources.admin_form import AdminForm

pytestmark = pytest.mark.django_db
TYPES = list(WORK_FACTORIES)
HOUR = timedelta(hours=1)
MODELS = {model.type_id: model for model in PAGE_MODELS}
BLANK: dict[str, AdminForm] = {}  # the empty form of each type, once it was asked for


def new_form(editor, type_id: str, title: str = "Crianza serena") -> AdminForm:
    """The form of a new record, with all that it needs to be published."""
    model = MODELS[type_id]
    url = reverse("wagtailadmin_pages:add", args=["resources", model._meta.model_name, index_page(type_id).pk])
    if type_id not in BLANK:
        BLANK[type_id] = AdminForm(editor, url)
    form = BLANK[type_id].copy(editor, url)
    form.fill(title=title, slug="crianza-serena", summary="Un resumen sencillo.")
    form.fill(strategies=[StrategyFactory(key="parent-caregiver-support").pk])
    if type_id == "expert":
        form.fill(consent_on="2026-01-15")
    if type_id == "country":
        form.fill(country=CountryFactory().pk)
    if type_id == "strategy":
        form.fill(term=StrategyFactory(key="parent-caregiver-support").pk)
    return form


def create(editor, type_id: str, title: str = "Crianza serena") -> Page:
    response = new_form(editor, type_id, title).send()
    page = MODELS[type_id].objects.filter(slug="crianza-serena").first()
    assert page and page.live, response.content.decode()[-3000:]
    return page


def edit_form(editor, page) -> AdminForm:
    return AdminForm(editor, reverse("wagtailadmin_pages:edit", args=[page.pk]))


@pytest.mark.parametrize("type_id", TYPES)
def test_a_new_record_with_title_summary_and_one_strategy_is_found(editor, found, type_id):
    create(editor, type_id)
    assert found("crianza", type=type_id) == ["Crianza serena"]
    assert found("", strategy="parent-caregiver-support") == ["Crianza serena"]


@pytest.mark.parametrize("type_id", TYPES)
def test_an_edit_of_text_classification_and_editions_is_found(editor, found, type_id):
    page = create(editor, type_id)
    portuguese, country, sector = LanguageFactory(code="pt"), CountryFactory(code="BR"), SectorFactory(key="health")
    form = edit_form(editor, page).fill(title="Cuidado atento", countries=[country.pk], sectors=[sector.pk])
    form.add_row("editions", language=portuguese.pk, title="Cuidado com afeto", status="available")
    form.send()
    assert found("crianza") == []
    assert found("atento") == found("afeto") == ["Cuidado atento"]
    assert found("", country="BR", sector="health", language="pt") == ["Cuidado atento"]

    form = edit_form(editor, page).fill(sectors=None)
    form.fill(**{"editions-0-DELETE": "1"}).send()
    assert found("", country="BR") == ["Cuidado atento"]
    assert found("", sector="health") == found("", language="pt") == []


@pytest.mark.parametrize("type_id", TYPES)
def test_a_draft_is_not_found_until_it_is_published(editor, found, type_id):
    page = create(editor, type_id)
    edit_form(editor, page).fill(title="Borrador callado").send("action-submit-draft")
    assert found("borrador") == []
    assert found("crianza") == ["Crianza serena"]
    edit_form(editor, page).send()
    assert found("borrador") == ["Borrador callado"]


@pytest.mark.parametrize("type_id", TYPES)
def test_a_record_is_found_from_and_until_the_times_its_form_says(
    editor, found, type_id, monkeypatch, django_capture_on_commit_callbacks
):
    now = timezone.now()
    times = {"go_live_at": now + HOUR, "expire_at": now + 3 * HOUR}
    new_form(editor, type_id).fill(**{name: f"{at:%Y-%m-%d %H:%M}" for name, at in times.items()}).send()
    [page] = MODELS[type_id].objects.all()
    assert [(page.live, found("crianza"))] == [(False, [])]
    for hours, titles in ((2, ["Crianza serena"]), (4, [])):
        monkeypatch.setattr(timezone, "now", lambda later=hours * HOUR: now + later)
        with django_capture_on_commit_callbacks(execute=True):
            clock.keep_schedule()
        assert found("crianza") == titles


@pytest.mark.parametrize("type_id", TYPES)
def test_an_unpublished_record_is_not_found(editor, found, type_id):
    page = create(editor, type_id)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert found("crianza") == []


@pytest.mark.parametrize("type_id", TYPES)
def test_a_restricted_record_is_not_found_until_it_is_public_again(editor, found, type_id):
    page = create(editor, type_id)
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    editor.post(privacy, {"restriction_type": "login"})
    assert found("crianza") == []
    editor.post(privacy, {"restriction_type": "none"})
    assert found("crianza") == ["Crianza serena"]


@pytest.mark.parametrize("type_id", TYPES)
def test_a_restriction_of_the_list_hides_its_records(editor, found, type_id):
    create(editor, type_id)
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[index_page(type_id).pk])
    editor.post(privacy, {"restriction_type": "login"})
    assert found("crianza") == []


@pytest.mark.parametrize("type_id", TYPES)
def test_a_moved_record_is_found_at_its_new_address(editor, type_id):
    page = create(editor, type_id)
    other, in_french = (
        CatalogueIndexPage(type=type_id, title="x", slug="otra", locale=locale_of(c)) for c in ("es", "fr")
    )
    in_french.translation_key = other.translation_key
    home_page("es").add_child(instance=other)
    home_page("fr").add_child(instance=in_french)
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk]))
    [hit] = get_engine().search(Query(text="crianza")).hits
    assert hit.document.url_for("es") == f"/es/{other.slug}/crianza-serena/"
    assert hit.document.url_for("fr").startswith("/fr/")
    for code in ("es", "fr"):
        assert editor.get(hit.document.url_for(code)).status_code == 200


@pytest.mark.parametrize("type_id", TYPES)
def test_a_deleted_record_is_not_found(editor, found, type_id):
    page = create(editor, type_id)
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    assert found("crianza") == []


@pytest.mark.parametrize("type_id", TYPES)
def test_a_new_slug_is_the_new_address_in_every_locale(editor, type_id):
    page = create(editor, type_id)
    edit_form(editor, page).fill(slug="otro-nombre").send()
    [hit] = get_engine().search(Query(text="crianza")).hits
    assert {code: url.rsplit("/", 2)[1] for code, url in hit.document.urls.items()} == dict.fromkeys(
        hit.document.urls, "otro-nombre"
    )


@pytest.mark.parametrize("type_id", ["strategy", "programme", "country"])
def test_a_form_with_an_error_keeps_what_was_typed(editor, type_id):
    model = MODELS[type_id]
    url = reverse("wagtailadmin_pages:add", args=["resources", model._meta.model_name, index_page(type_id).pk])
    response = AdminForm(editor, url).fill(title="", slug="x", summary="Texto que no se pierde").send()
    assert "Texto que no se pierde" in response.content.decode()
    assert not model.objects.exists()


def test_a_record_needs_a_strategy_to_be_published_but_not_to_be_kept_as_a_draft(editor):
    url = reverse("wagtailadmin_pages:add", args=["resources", "programmepage", index_page("programme").pk])
    form = AdminForm(editor, url).fill(title="Sin estrategia", slug="sin", summary="Texto.")
    assert "strategies" in form.send().context["form"].errors
    form.send("action-submit-draft")
    assert not MODELS["programme"].objects.get(slug="sin").live


def test_the_identifier_of_another_record_is_refused(editor):
    WORK_FACTORIES["publication"](external_id="taken")
    page = create(editor, "programme")
    response = edit_form(editor, page).fill(external_id="taken").send()
    assert "external_id" in response.context["form"].errors


def test_the_home_page_below_which_all_stands_can_be_edited(editor):
    response = edit_form(editor, home_page("ar")).fill(heading="عنوان").send()
    assert response.status_code == 302
    home = home_page("ar")
    assert home.heading == "عنوان"


# A process may be killed between any two transactions: what is saved must be noted in the same one.


def noted(page) -> bool:
    found = PendingChange.objects.filter(document_id=str(page.translation_key))
    there = found.exists()
    found.delete()
    return there


def test_a_page_that_is_saved_and_not_yet_published_is_noted():
    page = WORK_FACTORIES["programme"](live=True)
    assert noted(page)
    page.save()
    assert noted(page)
    page.live = False
    page.save(update_fields=["live"])
    assert noted(page)


def test_drafts_are_not_noted():
    page = WORK_FACTORIES["programme"](live=False)
    assert not noted(page)
    published = WORK_FACTORIES["programme"](live=True)
    noted(published)
    published.title = "Borrador"
    published.save_revision()
    assert not noted(published)
