"""Approve publishes what may be published, and says of all else why not, which stays in moderation."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from wagtail.models import WorkflowState

from resources.models import ExpertPage, ProgrammePage, PublicationPage
from tests.factories import WORK_FACTORIES, PublicationPageFactory
from tests.resources.test_admin_refusals import edit, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def approve(client, page, **headers):
    """Approve as from a list of what waits; what the admin says."""
    page = type(page).objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = client.post(address, {"next": "/admin/", "comment": ""}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    return [str(message).strip() for message in client.get("/admin/").context["messages"]]


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}], ids=["list", "dialog"])
@pytest.mark.parametrize(
    ("model", "emptied", "said"),
    [
        (ProgrammePage, {"summary": ""}, "Falta completar: resumen."),
        (ProgrammePage, {"strategies": []}, "Falta completar: estrategias."),
        (ExpertPage, {"consent_on": ""}, "Un perfil solo se publica con el consentimiento de la persona"),
    ],
)
def test_what_lacks_something_stays_in_moderation(editor, admin_user, django_user_model, model, emptied, said, headers):
    form = new(editor, model)
    if model is ExpertPage:
        form.fill(consent_on="2026-01-15")
    form.send("action-submit")
    page = model.objects.get()
    assert page.workflow_in_progress
    client = type(editor)()
    client.force_login(admin_user)
    edit(client, page).fill(**emptied).send("action-submit-draft")
    *_saved, message = approve(client, page, **headers)
    assert message.startswith(f"«Crianza serena» no se publicó. {said}")
    page = model.objects.get()
    assert (page.live, page.workflow_in_progress) == (False, True)
    whole = {"summary": "Un resumen.", "strategies": form.fields["strategies"]}
    whole |= {"consent_on": "2026-01-15"} if model is ExpertPage else {}
    edit(client, page).fill(**whole).send("action-submit-draft")
    approve(client, page, **headers)
    page = model.objects.get()
    assert (page.live, page.workflow_in_progress) == (True, False)


@pytest.mark.parametrize("emptied", ["summary", "strategies"])
def test_approval_in_the_form_asks_for_as_much(editor, admin_user, emptied):
    new(editor, ProgrammePage).send("action-submit")
    client = type(editor)()
    client.force_login(admin_user)
    page = ProgrammePage.objects.get()
    form = edit(client, page).fill(**{"workflow-action-name": "approve", emptied: []})
    assert emptied in form.send("action-workflow-action").context["form"].errors
    page = ProgrammePage.objects.get()
    assert (page.live, page.workflow_in_progress) == (False, True)


@pytest.mark.parametrize("kind", ["publication", "expert"])
def test_a_translation_is_handed_in_and_sent_back_while_its_original_is_not_public(editor, admin_user, kind):
    original = WORK_FACTORIES[kind](live=False, **({"consent_on": None} if kind == "expert" else {}))
    page = WORK_FACTORIES[kind](translation_of=original, language="fr", live=False)
    moderator = type(editor)()
    moderator.force_login(admin_user)
    for _time in range(2):
        assert edit(editor, page).send("action-submit").status_code == 302
        form = edit(moderator, page).fill(**{"workflow-action-name": "approve"})
        assert form.send("action-workflow-action").context["form"].non_field_errors()
        form = edit(moderator, page).fill(title="À revoir", **{"workflow-action-name": "reject"})
        assert form.send("action-workflow-action").status_code == 302
        state = WorkflowState.objects.get()
        assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert edit(editor, page).send("action-restart-workflow").status_code == 302
    page = type(page).objects.get(pk=page.pk)
    assert (page.draft_title, page.live, page.workflow_in_progress) == ("À revoir", False, True)


def test_what_is_not_valid_any_more_stays_in_moderation(editor, admin_user):
    new(editor, PublicationPage).fill(external_id="kiva").send("action-submit")
    page = PublicationPage.objects.get()
    PublicationPage.objects.filter(pk=page.pk).update(external_id=None)
    PublicationPageFactory(external_id="kiva")
    client = type(editor)()
    client.force_login(admin_user)
    [message] = approve(client, page)
    assert "publique a mano para ver qué" in message
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert not PublicationPage.objects.get(pk=page.pk).live
