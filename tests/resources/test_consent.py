"""No profile of a person is public without that person's consent, whoever publishes it; drafts need none."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from resources.models import ExpertPage
from tests.factories import ExpertPageFactory, StrategyFactory
from tests.resources.test_admin_refusals import edit, new, refused

pytestmark = pytest.mark.django_db
NEEDS_CONSENT = "Un perfil solo se publica con el consentimiento de la persona: indique la fecha."


def test_a_profile_is_kept_as_a_draft_without_consent_and_published_only_with_it(admin_client):
    form = new(admin_client, ExpertPage)
    assert refused(form, "consent_on") == NEEDS_CONSENT
    form.send("action-submit-draft")
    page = ExpertPage.objects.get()
    assert not page.live
    form = edit(admin_client, page).fill(title="Ana Ruiz")
    form.send("action-submit-draft")
    assert refused(form, "consent_on") == NEEDS_CONSENT
    form.fill(consent_on="2026-01-15").send()
    page.refresh_from_db()
    assert (page.title, page.live) == ("Ana Ruiz", True)


def test_an_invented_profile_needs_no_consent(admin_client):
    new(admin_client, ExpertPage).fill(example="on").send()
    assert ExpertPage.objects.get().live


def test_a_published_profile_keeps_its_text_while_the_draft_is_without_consent(admin_client):
    page = ExpertPageFactory(title="Ana Ruiz", strategies=[StrategyFactory()])
    form = edit(admin_client, page).fill(title="Otro nombre", consent_on="")
    assert form.send("action-submit-draft").status_code == 302
    assert refused(form, "consent_on") == NEEDS_CONSENT
    page.refresh_from_db()
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert (page.title, str(page.consent_on)) == ("Ana Ruiz", "2026-01-15")


@pytest.mark.parametrize("who", ["revision", "schedule", "list"])
def test_whoever_publishes_a_profile_it_waits_for_consent(admin_client, caplog, who):
    new(admin_client, ExpertPage).send("action-submit-draft")
    page = ExpertPage.objects.get()
    if who == "revision":
        page.get_latest_revision().publish()
    elif who == "schedule":
        page.revisions.update(approved_go_live_at=timezone.now() - timedelta(hours=1))
        call_command("publish_scheduled")
    else:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        answer = admin_client.post(f"{address}?id={page.pk}&next=/admin/", follow=True)
        said = [str(message).strip() for message in answer.context["messages"]]
        assert f"«Crianza serena» no se publicó. {NEEDS_CONSENT}" in said
    assert "has not consented" in caplog.text
    page.refresh_from_db()
    assert not page.live


def test_a_translation_is_no_way_around_consent(admin_client):
    original = ExpertPageFactory(live=False, consent_on=None, strategies=[StrategyFactory()])
    page = ExpertPageFactory(translation_of=original, language="pt", live=False, consent_on=None)
    assert NEEDS_CONSENT in edit(admin_client, page).send().context["form"].non_field_errors()
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live


def test_no_program_saves_a_published_profile_without_consent():
    with pytest.raises(ValidationError):
        ExpertPageFactory(consent_on=None)
