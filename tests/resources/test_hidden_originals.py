"""Readers see nothing of an original that is not public, neither on its translations nor when these are published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home import clock
from resources.documents import build
from resources.models import ExpertPage, PublicationPage
from resources.models.translated import REFUSED
from tests.factories import ExpertPageFactory, LanguageFactory, PublicationPageFactory, StrategyFactory
from tests.resources.test_admin_refusals import edit, new, publish_chosen
from tests.resources.test_translation_workflow import submit
from tests.resources.test_untranslated import commits as commits
from tests.resources.test_untranslated import of, press_publish, sync, translate

pytestmark = pytest.mark.django_db
WAITS = "Its original, “Crianza serena” (Spanish), is not published: publish that first."


@pytest.fixture
def draft(admin_client):
    """A draft that is translated into Arabic whole."""
    new(admin_client, PublicationPage).send("action-submit-draft")
    page = PublicationPage.objects.get()
    submit(admin_client, page, "ar")
    translate(page, "ar", "نص")
    return page


def test_a_translation_waits_for_its_original(admin_client, draft):
    assert press_publish(admin_client, of(draft, "ar")).strip() == f"“نص” was not published. {WAITS}"
    assert (of(draft, "ar").live, of(draft, "ar").title) == (False, "نص")
    assert WAITS in sync(admin_client, draft, publish_translations="on")[-1]
    assert "no está publicado: publíquelo primero" in publish_chosen(admin_client, of(draft, "ar"))[0]
    of(draft, "ar").get_latest_revision().publish()
    assert not of(draft, "ar").live
    edit(admin_client, draft).send()
    press_publish(admin_client, of(draft, "ar"))
    assert of(draft, "ar").live


@pytest.mark.parametrize("lacks", ["nothing", "summary", "its day"])
def test_a_translation_that_is_chosen_with_its_original_waits_for_nothing_else(admin_client, draft, lacks):
    if lacks == "summary":
        edit(admin_client, draft).fill(summary="").send("action-submit-draft")
    elif lacks == "its day":
        due = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        edit(admin_client, draft).fill(go_live_at=due).send("action-submit-draft")
    told = publish_chosen(admin_client, of(draft, "ar"), draft)
    whole = lacks == "nothing"
    assert [of(draft, code).live for code in ("es", "ar")] == [whole, whole]
    assert any("no está publicado: publíquelo primero" in one for one in told) != whole
    assert whole == (told[-1] == "Se han publicado 2 páginas")


def test_a_translation_that_is_due_waits_for_its_original(draft):
    arabic = of(draft, "ar")
    arabic.specific.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    clock.keep_schedule()
    assert not of(draft, "ar").live
    assert PageLogEntry.objects.get(action=REFUSED).data == {"original": ["Crianza serena", "es"]}


def test_the_history_of_the_site_says_why_of_pages_that_are_gone_too(admin_client, draft):
    now = timezone.now()
    arabic, empty = of(draft, "ar").specific, PublicationPageFactory(live=False)
    for page in arabic, empty:
        page.save_revision(approved_go_live_at=now - timedelta(hours=1))
    clock.keep_schedule()
    for page in arabic, empty:
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    said = admin_client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    label = "No se ha publicado en la fecha prevista."
    assert f"{label} Su original, «Crianza serena» (español), no está publicado" in said
    assert f"{label} Falta completar: estrategias." in said


def test_the_form_of_a_translation_waits_for_the_original_too(admin_client, draft):
    page = PublicationPageFactory(translation_of=draft, language="fr", live=False)
    answer = edit(admin_client, page).send()
    assert [error.startswith("Su original") for error in answer.context["form"].non_field_errors()] == [True]
    edit(admin_client, page).fill(title="Un brouillon").send("action-submit-draft")
    assert Page.objects.get(pk=page.pk).draft_title == "Un brouillon"


@pytest.mark.parametrize("hidden", ["unpublished", "heir"])
def test_translations_show_what_was_published_last(admin_client, hidden):
    first, second = StrategyFactory(key="laws"), StrategyFactory(key="norms")
    page = PublicationPageFactory(strategies=[first], year=2020)
    if hidden == "heir":
        heir = PublicationPageFactory(translation_of=page, language="fr", live=False)
    arabic = PublicationPageFactory(translation_of=page, language="ar")
    if hidden == "heir":
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        page = heir
    else:
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    form = edit(admin_client, page).fill(strategies=[second.pk], year="2011")
    form.add_row("editions", language=LanguageFactory(code="pt").pk, title="Borrador", status="available")
    form.send("action-submit-draft")
    [document] = build([str(arabic.translation_key)])
    assert (document.facets["strategy"], document.years, document.materials) == (("laws",), (2020,), ())
    form = edit(admin_client, page)
    assert (form.fields["year"], form.fields["strategies"]) == (["2011"], [str(second.pk)])
    form.send()
    [document] = build([str(arabic.translation_key)])
    assert (document.facets["strategy"], document.years) == (("norms",), (2011,))
    assert [material.title for material in document.materials] == ["Borrador"]


def test_translations_show_what_is_scheduled_when_it_is_due(admin_client, monkeypatch):
    page = PublicationPageFactory(strategies=[StrategyFactory()], year=2020)
    PublicationPageFactory(translation_of=page, language="ar")
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    hour, now = timedelta(hours=1), timezone.now
    due = timezone.localtime(now() + hour).strftime("%Y-%m-%d %H:%M")
    edit(admin_client, page).fill(year="2011", go_live_at=due).send()
    page.refresh_from_db()
    assert page.approved_schedule
    assert [one.years for one in build([str(page.translation_key)])] == [(2020,)]
    monkeypatch.setattr(timezone, "now", lambda: now() + 2 * hour)
    clock.keep_schedule()
    page.refresh_from_db()
    assert (page.live, [one.years for one in build([str(page.translation_key)])]) == (True, [(2011,)])


# Experts


@pytest.mark.parametrize("how", ["unpublished", "no consent"])
def test_an_expert_is_withdrawn_in_all_languages(admin_client, client, how):
    page = ExpertPageFactory(slug="ana", strategies=[StrategyFactory()])
    arabic = ExpertPageFactory(translation_of=page, language="ar")
    if how == "unpublished":
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        edit(admin_client, page).fill(consent_on="").send("action-submit-draft")
    else:
        ExpertPage.objects.filter(pk=page.pk).update(consent_on=None)
    client.logout()
    assert client.get(arabic.get_url()).status_code == 404
    assert list(build([str(page.translation_key)])) == []
    assert "/ana/" not in client.get("/sitemap.xml").content.decode()


def test_deleting_the_original_of_a_withdrawn_expert_makes_no_translation_public(admin_client, client):
    page = ExpertPageFactory(slug="ana", strategies=[StrategyFactory()])
    arabic = ExpertPageFactory(translation_of=page, language="ar")
    ExpertPageFactory(translation_of=page, language="fr")
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    edit(admin_client, page).fill(consent_on="").send("action-submit-draft")
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    for address in delete, reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}":
        assert "Sigue siendo público" not in admin_client.get(address).content.decode()
    admin_client.post(delete)
    client.logout()
    assert client.get(arabic.get_url()).status_code == 404
    assert list(build([str(page.translation_key)])) == []
    assert "/ana/" not in client.get("/sitemap.xml").content.decode()
    heir = ExpertPage.objects.get(pk=arabic.pk)
    assert (heir.is_original, heir.live, heir.consent_on) == (True, False, None)
    assert heir.get_latest_revision_as_object().consent_on is None


def test_nor_does_a_translation_of_one_become_public_on_a_day_that_was_set_before(admin_client):
    page = ExpertPageFactory(strategies=[StrategyFactory()])
    arabic = ExpertPageFactory(translation_of=page, language="ar", live=False)
    arabic.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    for action in "unpublish", "delete":
        admin_client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    clock.keep_schedule()
    assert not ExpertPage.objects.get().live


def test_an_invented_expert_needs_no_consent_to_be_seen(client):
    page = ExpertPageFactory(consent_on=None, example=True)
    arabic = ExpertPageFactory(translation_of=page, language="ar")
    assert client.get(arabic.get_url()).status_code == 200
    [document] = build([str(page.translation_key)])
    assert [one.locale for one in document.pages] == ["ar", "es"]


def test_a_draft_of_an_expert_has_a_preview(admin_client):
    page = ExpertPageFactory(live=False, title="Ana Ruiz", strategies=[StrategyFactory()])
    page.save_revision()
    answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Ana Ruiz" in answer.content.decode()


# What is asked before a page is unpublished or deleted


@pytest.mark.parametrize("question", ["unpublish", "delete", "unpublish chosen", "delete chosen"])
def test_the_question_names_the_languages_that_stay_public(admin_client, question):
    page = PublicationPageFactory()
    PublicationPageFactory(translation_of=page, language="pt", live=False)
    action, *chosen = question.split()
    address = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
    if chosen:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
    stays = "Sigue siendo público en otros idiomas"
    assert stays not in admin_client.get(address).content.decode()
    for code in ("ar", "fr"):
        PublicationPageFactory(translation_of=page, language=code)
    assert f"{stays}, y quienes leen en este verán esos: árabe, francés." in admin_client.get(address).content.decode()


def test_the_question_says_that_an_expert_goes_in_all_languages(admin_client):
    page = ExpertPageFactory()
    arabic = ExpertPageFactory(translation_of=page, language="ar")
    chosen = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    for one, told in (page, "el perfil tampoco se muestra en otros idiomas: árabe."), (arabic, "verán esos: español."):
        for address in reverse("wagtailadmin_pages:unpublish", args=[one.pk]), f"{chosen}?id={one.pk}":
            assert told in admin_client.get(address).content.decode()


def test_the_question_says_that_an_expert_waits_for_the_draft_that_becomes_the_original(admin_client, client):
    page = ExpertPageFactory()
    ExpertPageFactory(translation_of=page, language="pt", live=False)
    arabic = ExpertPageFactory(translation_of=page, language="ar")
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    told = "Hasta que se publique su página en portugués, el perfil tampoco se muestra en otros idiomas: árabe."
    for address in delete, reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}":
        assert told in admin_client.get(address).content.decode()
    admin_client.post(delete)
    assert client.get(arabic.get_url()).status_code == 404


def ask(client, action: str, *pages) -> str:
    """What the admin asks before these pages are unpublished or deleted together."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.get(address, {"id": [page.pk for page in pages]}).content.decode()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_question_names_no_language_that_goes_too(admin_client, action):
    page = PublicationPageFactory()
    french = PublicationPageFactory(translation_of=page, language="fr")
    assert "Sigue siendo público" not in ask(admin_client, action, page, french)
    PublicationPageFactory(translation_of=page, language="ar")
    asked = ask(admin_client, action, page, french)
    assert asked.count("Sigue siendo público") == asked.count("verán esos: árabe.") == 2


def test_nor_an_heir_that_goes_too(admin_client):
    page = ExpertPageFactory()
    portuguese = ExpertPageFactory(translation_of=page, language="pt", live=False)
    french = ExpertPageFactory(translation_of=page, language="fr")
    ExpertPageFactory(translation_of=page, language="ar")
    assert ask(admin_client, "delete", page, portuguese).count("verán esos: francés, árabe.") == 2
    told = "Hasta que se publique su página en portugués, el perfil tampoco se muestra en otros idiomas: árabe."
    assert ask(admin_client, "delete", page, french).count(told) == 2
    assert "Hasta" not in ask(admin_client, "delete", portuguese, french)
    asked = ask(admin_client, "unpublish", page, french)
    assert asked.count("el perfil tampoco se muestra en otros idiomas: árabe.") == 1  # said of the original
    assert "Sigue siendo público" not in asked
