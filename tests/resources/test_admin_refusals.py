"""What the forms of the admin give by themselves, offer and refuse: beside the field, with nothing typed lost."""

from datetime import timedelta

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home import clock
from resources.models import CountryPage, ExpertPage, ProgrammePage, PublicationPage, StrategyPage, TrainingPage
from tests.factories import (
    WORK_FACTORIES,
    CountryFactory,
    ExpertPageFactory,
    LanguageFactory,
    ProgrammePageFactory,
    StandardPageFactory,
    StrategyFactory,
    home_page,
    index_page,
    locale_of,
)
from tests.resources.admin_form import AdminForm
from tests.resources.test_copies import copy_of, errors

pytestmark = pytest.mark.django_db


def new(client, model, index=None) -> AdminForm:
    """The empty form of a type, with what every record needs but a slug."""
    parent = index or index_page(model.type_id)
    form = AdminForm(client, reverse("wagtailadmin_pages:add", args=["resources", model._meta.model_name, parent.pk]))
    return form.fill(title="Crianza serena", summary="Un resumen.", strategies=[StrategyFactory().pk])


def edit(client, page) -> AdminForm:
    return AdminForm(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def refused(form: AdminForm, field: str, action: str = "action-publish") -> str:
    """What the admin says beside `field`, the only one that it refuses."""
    response = form.send(action)
    assert list(errors(response)) == [field]
    [error] = errors(response)[field]
    shown = lxml.html.document_fromstring(response.content.decode())
    [beside] = shown.xpath(f'//*[contains(@id, "-{field}-errors")]')
    assert error["message"] in beside.text_content()
    assert form.fields["summary"][0] in response.content.decode()
    return error["message"]


# DOIs


@pytest.mark.parametrize(
    "before",
    ["", "doi:", "DOI: ", "DOI ", "doi.org/", "https://doi.org/", "http://dx.doi.org/", "https://www.doi.org/"],
)
def test_a_doi_is_kept_bare_however_it_was_pasted(admin_client, before):
    form = new(admin_client, PublicationPage)
    row = {"language": LanguageFactory(code="es").pk, "title": "Crianza", "status": "available"}
    form.add_row("editions", **row, doi=f"{before}10.1186/s13063-019-3356-x").send()
    assert PublicationPage.objects.get().editions.get().doi == "10.1186/s13063-019-3356-x"


@pytest.mark.parametrize(
    "text", ["10.1186", "s13063-019-3356-x", "https://example.org/10.1186/a", "10.1186/a b", "10.12/a", "doi:"]
)
def test_what_is_no_doi_is_refused_beside_its_field(admin_client, text):
    form = new(admin_client, PublicationPage)
    row = {"language": LanguageFactory(code="es").pk, "title": "Crianza", "status": "available"}
    answer = form.add_row("editions", **row, doi=text).send()
    shown = lxml.html.document_fromstring(answer.content.decode())
    beside = " ".join(one.text_content() for one in shown.xpath('//*[contains(@id, "-doi-errors")]'))
    assert text in beside and "10.1186/s13063-019-3356-x" in beside
    assert not PublicationPage.objects.exists()


# Slugs


@pytest.mark.parametrize("slug", ["search", "organisations"])
def test_no_page_takes_the_address_of_a_view(admin_client, slug):
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_page().pk])
    response = AdminForm(admin_client, url).fill(title="Buscar", slug=slug).send("action-submit-draft")
    assert [error["message"] for error in errors(response)["slug"]] == [
        "El propio sitio muestra otra cosa en esta dirección: cambie su última parte."
    ]
    page = StandardPageFactory(slug="about")
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    sent = {"new_title": "Copia", "new_slug": slug, "new_parent_page": home_page().pk}
    assert "new_slug" in admin_client.post(copy, sent).context["form"].errors
    assert not Page.objects.filter(slug=slug).exists()


def test_below_a_section_a_record_may_have_such_an_address(admin_client):
    new(admin_client, ProgrammePage).fill(slug="search").send()
    assert admin_client.get(ProgrammePage.objects.get().get_url()).status_code == 200


def test_a_title_without_scripts_gives_the_slug_of_a_record(admin_client):
    new(admin_client, TrainingPage).send()
    page = TrainingPage.objects.get()
    assert (page.slug, page.live) == ("crianza-serena", True)


def test_the_title_gives_the_slug_while_it_is_typed(admin_client):
    url = reverse("wagtailadmin_pages:add", args=["resources", "trainingpage", index_page("training").pk])
    page = lxml.html.document_fromstring(admin_client.get(url).content.decode())
    assert page.get_element_by_id("id_title").get("data-w-sync-target-value") == "#id_slug"
    assert page.get_element_by_id("id_slug").get("required") is None


def test_a_made_slug_is_the_record_s_own_in_every_locale(admin_client):
    ProgrammePageFactory(slug="crianza-serena", language="pt")
    new(admin_client, ProgrammePage).send("action-submit-draft")
    assert ProgrammePage.objects.get(locale=locale_of("es")).slug == "crianza-serena-2"


# The second: as the browser makes it while the title is typed.
@pytest.mark.parametrize("slug", ["", "ana-rho-tel-70123456"])
def test_the_address_of_a_profile_holds_no_number_that_stands_in_its_title(admin_client, slug):
    form = new(admin_client, ExpertPage).fill(title="Ana Rho (tel 70123456)", slug=slug, consent_on="2026-01-15")
    form.send()
    page = ExpertPage.objects.get()
    assert (page.slug, page.external_id, page.live) == ("ana-rho-tel", "ana-rho-tel", True)
    edit(admin_client, page).fill(summary="Otro resumen.").send()
    page.refresh_from_db()
    assert (page.slug, page.summary) == ("ana-rho-tel", "Otro resumen.")


def test_a_slug_made_by_a_program_holds_no_number_of_a_person_either():
    page = ExpertPage(title="Ana Rho (ana@example.org)", summary="x", example=True, locale=locale_of("es"))
    index_page("expert").add_child(instance=page)
    assert page.slug == "ana-rho"


@pytest.mark.parametrize("external_id", ["", "ABC.7"])
def test_a_title_in_arabic_gets_a_slug_in_ascii(admin_client, external_id):
    form = new(admin_client, ProgrammePage, index_page("programme", "ar"))
    form.fill(title="برنامج الأسرة", external_id=external_id).send()
    page = ProgrammePage.objects.get()
    assert page.live
    assert page.slug == ("abc7" if external_id else f"programme-{page.translation_key.hex[:8]}")


def test_a_page_made_by_a_program_gets_such_a_slug_too():
    page = ProgrammePage(title="برنامج الأسرة", summary="x", locale=locale_of("ar"))
    index_page("programme", "ar").add_child(instance=page)
    assert page.slug == f"programme-{page.translation_key.hex[:8]}"


def test_an_emptied_slug_leaves_a_page_its_address(admin_client):
    page = ProgrammePageFactory(slug="kiva", strategies=[StrategyFactory()])
    edit(admin_client, page).fill(slug="", title="Otro título").send()
    page.refresh_from_db()
    assert (page.slug, page.title) == ("kiva", "Otro título")


@pytest.mark.parametrize("action", ["action-publish", "action-submit-draft"])
def test_the_slug_of_another_work_in_another_locale_is_refused(admin_client, action):
    ProgrammePageFactory(slug="familias-fuertes", language="pt")
    form = new(admin_client, ProgrammePage).fill(slug="familias-fuertes")
    assert refused(form, "slug", action).startswith("Otra página ya tiene esta dirección")
    assert ProgrammePage.objects.count() == 1


def test_the_slug_of_another_work_is_refused_to_a_page_that_is_there(admin_client):
    ProgrammePageFactory(slug="familias-fuertes", language="pt")
    page = ProgrammePageFactory(slug="kiva", strategies=[StrategyFactory()])
    form = edit(admin_client, page).fill(slug="familias-fuertes")
    assert refused(form, "slug").startswith("Otra página ya tiene esta dirección")


@pytest.mark.parametrize("slug", ["niño", "طفل", "dos palabras"])
@pytest.mark.parametrize("kind", ["work", "list"])
def test_a_slug_that_is_not_ascii_is_refused(admin_client, slug, kind):
    if kind == "work":
        form = new(admin_client, ProgrammePage)
    else:
        form = edit(admin_client, index_page("programme"))
        form.fields["summary"] = [""]
    assert refused(form.fill(slug=slug), "slug").startswith("Use solo letras de la a a la z (sin acentos)")


# Identifiers


def test_a_published_record_gets_an_identifier_of_its_own(admin_client):
    WORK_FACTORIES["training"](external_id="crianza-serena")
    new(admin_client, ProgrammePage).send()
    page = ProgrammePage.objects.get()
    assert page.external_id == "crianza-serena-2"
    edit(admin_client, page).fill(slug="otra").send()
    page.refresh_from_db()
    assert (page.slug, page.external_id) == ("otra", "crianza-serena-2")


def test_a_draft_gets_an_identifier_when_it_is_published(admin_client):
    new(admin_client, ProgrammePage).send("action-submit-draft")
    page = ProgrammePage.objects.get()
    assert page.external_id is None
    edit(admin_client, page).fill(slug="crianza").send()
    page.refresh_from_db()
    assert page.external_id == "crianza"


def copied(client) -> ProgrammePage:
    page = ProgrammePageFactory(external_id="kiva", strategies=[StrategyFactory()])
    page.save_revision().publish()
    copy_of(client, page, publish_copies="on")
    return ProgrammePage.objects.get(slug="copia")


def chosen_in_a_list(client) -> ProgrammePage:
    new(client, ProgrammePage).fill(slug="copia").send("action-submit-draft")
    page = ProgrammePage.objects.get()
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")
    return page


def due(client) -> ProgrammePage:
    page = ProgrammePageFactory(slug="copia", live=False, strategies=[StrategyFactory()])
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    clock.keep_schedule()
    assert not page.external_id
    return revision.content_object


@pytest.mark.parametrize("published", [copied, chosen_in_a_list, due])
def test_a_record_that_no_form_publishes_gets_an_identifier_too(admin_client, published):
    WORK_FACTORIES["training"](external_id="copia")
    page = published(admin_client)
    page.refresh_from_db()
    assert (page.live, page.external_id) == (True, "copia-2")
    edit(admin_client, page).fill(slug="otra").send()
    page.refresh_from_db()
    assert (page.slug, page.external_id) == ("otra", "copia-2")


def test_a_translation_gets_no_identifier(admin_client):
    original = ProgrammePageFactory(external_id="kiva", strategies=[StrategyFactory()])
    page = ProgrammePageFactory(translation_of=original, language="pt")
    edit(admin_client, page).fill(title="Em português").send()
    page.refresh_from_db()
    assert (page.title, page.external_id) == ("Em português", None)


@pytest.mark.parametrize("external_id", ['x y"z‹á>/../?q=1', "a/b", "niño"])
def test_an_identifier_that_addresses_and_files_cannot_carry_is_refused(admin_client, external_id):
    form = new(admin_client, ProgrammePage).fill(external_id=external_id)
    assert refused(form, "external_id").startswith("Use solo letras de la a a la z (sin acentos)")


# Values


@pytest.mark.parametrize("field", ["rated_on", "reviewed_on"])
@pytest.mark.parametrize("text", ["banana", "2019-13", "2019-02-30", "19-06"])
def test_a_date_of_a_rating_that_is_none_is_refused(admin_client, field, text):
    form = new(admin_client, ProgrammePage)
    form.add_row("ratings", scheme="CEBC", level="1", **{field: text})
    response = form.send()
    [row] = response.context["form"].formsets["ratings"].forms
    assert row.errors == {field: [f"«{text}» no es una fecha como 2019, 2019-06 o 2019-06-30."]}


@pytest.mark.parametrize("text", ["", "2019", "2019-06", "2020-02-29"])
def test_a_date_of_a_rating_is_as_exact_as_known(admin_client, text):
    new(admin_client, ProgrammePage).add_row("ratings", scheme="CEBC", level="1", rated_on=text).send()
    assert ProgrammePage.objects.get().ratings.get().rated_on == text


def test_a_review_is_due_after_the_last_one(admin_client):
    form = new(admin_client, ProgrammePage).fill(reviewed_on="2026-03-01", review_due="2026-02-28")
    assert refused(form, "review_due") == "La próxima revisión vence antes de la última."


@pytest.mark.parametrize("action", ["action-publish", "action-submit-draft"])
def test_a_time_zone_that_does_not_exist_is_refused(admin_client, action):
    form = new(admin_client, TrainingPage).fill(start_date="2027-03-01", start_time="10:00", time_zone="Bogota/Nowhere")
    assert "Bogota/Nowhere" in refused(form, "time_zone", action)
    assert form.fill(time_zone="America/Bogota").send(action).status_code == 302
    assert TrainingPage.objects.get().time_zone == "America/Bogota"


def test_a_training_that_has_such_a_time_zone_is_locked_and_published_when_it_is_due(admin_client):
    page = WORK_FACTORIES["training"](title="Curso", strategies=[StrategyFactory()])
    TrainingPage.objects.filter(pk=page.pk).update(time_zone="Bogota")
    for action in "lock", "unlock":
        answer = admin_client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), {"next": "/admin/"})
        assert answer.status_code == 302
    page = TrainingPage.objects.get()
    page.title = "Otro curso"
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    clock.keep_schedule()
    assert TrainingPage.objects.get().title == "Otro curso"
    assert "Bogota" in refused(edit(admin_client, page), "time_zone")


def test_consent_ends_after_it_was_given(admin_client):
    page = ExpertPageFactory(strategies=[StrategyFactory()])
    form = edit(admin_client, page).fill(consent_on="2026-03-01", consent_until="2025-03-01")
    assert refused(form, "consent_until") == "Termina antes de empezar."


@pytest.mark.parametrize("action", ["action-publish", "action-submit-draft"])
@pytest.mark.parametrize(("model", "field"), [(CountryPage, "country"), (StrategyPage, "term")])
def test_the_only_term_chosen_tells_what_a_page_is_about(admin_client, model, field, action):
    term, country = StrategyFactory(key="laws"), CountryFactory(code="BR")
    new(admin_client, model).fill(strategies=[term.pk], countries=[country.pk]).send(action)
    page = model.objects.get()
    assert getattr(page, field) == (country if field == "country" else term)
    assert page.live == (action == "action-publish")


@pytest.mark.parametrize(("model", "field"), [(CountryPage, "country"), (StrategyPage, "term")])
def test_what_was_chosen_for_it_goes_before_that(admin_client, model, field):
    chosen = CountryFactory(code="CO") if field == "country" else StrategyFactory(key="norms")
    form = new(admin_client, model).fill(countries=[CountryFactory(code="BR").pk], **{field: chosen.pk})
    form.send()
    assert getattr(model.objects.get(), field) == chosen


@pytest.mark.parametrize(("model", "field"), [(CountryPage, "country"), (StrategyPage, "term")])
def test_what_a_page_is_about_is_needed_to_publish_it_not_to_keep_a_draft(admin_client, model, field):
    form = new(admin_client, model)
    several = {
        "strategies": [StrategyFactory(key=key).pk for key in ("laws", "norms")],
        "countries": [CountryFactory(code=code).pk for code in ("BR", "CO")],
    }
    form.fill(**several)  # which of them?
    assert refused(form, field) == "Este campo es necesario."
    form.send("action-submit-draft")
    assert not model.objects.get().live


# Where records are


def publish_chosen(client, *pages, **fields) -> list[str]:
    """Publish them from a list; what the admin says."""
    chosen = "".join(f"id={page.pk}&" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{address}?{chosen}next=/admin/", fields, follow=True)
    return [str(message).strip() for message in answer.context["messages"]]


@pytest.mark.parametrize("below", [False, True], ids=["chosen", "below what is chosen"])
def test_what_is_chosen_in_a_list_needs_as_much(admin_client, below):
    empty, whole = (new(admin_client, ProgrammePage) for _draft in range(2))
    empty.fill(title="Sin nada", summary="", strategies=[]).send("action-submit-draft")
    whole.send("action-submit-draft")
    pages = ProgrammePage.objects.all()
    told = (
        publish_chosen(admin_client, index_page("programme"), include_descendants="on")
        if below
        else publish_chosen(admin_client, *pages)
    )
    assert told[-2] == "«Sin nada» no se publicó. Falta completar: resumen, estrategias."
    assert told[-1] == ("Se han publicado 2 páginas" if below else "Se ha publicado 1 página")
    assert {page.title: page.live for page in pages.all()} == {"Sin nada": False, "Crianza serena": True}


def test_a_published_record_keeps_what_its_draft_left_empty(admin_client):
    page = ProgrammePageFactory(title="Crianza", summary="Un resumen.", strategies=[StrategyFactory()])
    edit(admin_client, page).fill(summary="", strategies=[]).send("action-submit-draft")
    told = publish_chosen(admin_client, page)
    assert told[-1] == "«Crianza» no se publicó. Falta completar: resumen, estrategias."
    page = ProgrammePage.objects.get()
    assert (page.live, page.summary, page.strategies.count()) == (True, "Un resumen.", 1)


def test_a_list_offers_records_of_its_own_type_only(admin_client):
    index = index_page("programme")
    response = admin_client.get(reverse("wagtailadmin_pages:add_subpage", args=[index.pk]))
    assert response.url == reverse("wagtailadmin_pages:add", args=["resources", "programmepage", index.pk])
    refusal = admin_client.get(reverse("wagtailadmin_pages:add", args=["resources", "trainingpage", index.pk]))
    assert refusal.status_code == 302
    assert refusal.url == reverse("wagtailadmin_home")


def test_a_record_is_not_moved_below_the_list_of_another_type(admin_client):
    page = ProgrammePageFactory()
    admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, index_page("training").pk]))
    assert Page.objects.get(pk=page.pk).get_parent().pk == index_page("programme").pk
