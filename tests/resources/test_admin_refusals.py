"""What the forms of the admin give by themselves, offer and refuse: beside the field, with nothing typed lost."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from resources.models import ProgrammePage
from tests.factories import (
    CountryFactory,
    EvidenceLevelFactory,
    ProgrammePageFactory,
    StrategyFactory,
    TrainingPageFactory,
    index_page,
)
from tests.resources.admin_form import AdminForm

pytestmark = pytest.mark.django_db


def new(client, model, index=None) -> AdminForm:
    """The empty form of a type, with what every record needs."""
    parent = index or index_page(model.type_id)
    form = AdminForm(client, reverse("wagtailadmin_pages:add", args=["resources", model._meta.model_name, parent.pk]))
    return form.fill(
        title="Crianza serena", slug="crianza-serena", summary="Un resumen.", strategies=[StrategyFactory().pk]
    )


def edit(client, page) -> AdminForm:
    return AdminForm(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))


# Copies


# Terms


def test_choosers_do_not_offer_retired_terms(admin_client):
    EvidenceLevelFactory(key="retired", name_es="Nivel retirado", retired=True)
    EvidenceLevelFactory(key="offered", name_es="Nivel vigente")
    CountryFactory(code="AN", retired=True)
    CountryFactory(code="BR")
    for part in ("choose", "choose_results"):
        shown = admin_client.get(reverse(f"wagtailsnippetchoosers_resources_evidencelevel:{part}")).content.decode()
        assert "Nivel vigente" in shown
        assert "Nivel retirado" not in shown
    shown = admin_client.get(reverse("wagtailsnippetchoosers_resources_country:choose")).content.decode()
    assert "Brasil" in shown
    assert "Antillas" not in shown


def test_a_retired_term_stays_on_the_record_that_has_it(admin_client):
    level = EvidenceLevelFactory(key="retired", retired=True)
    page = ProgrammePageFactory(evidence_level=level, strategies=[StrategyFactory()])
    edit(admin_client, page).fill(title="Otro título").send()
    page.refresh_from_db()
    assert (page.title, page.evidence_level) == ("Otro título", level)


def test_a_session_keeps_a_retired_term_that_others_are_not_offered(admin_client):
    term, page = StrategyFactory(), TrainingPageFactory(strategies=[StrategyFactory()])
    form = edit(admin_client, page).add_row("sessions", title="Apertura", strategies=[term.pk])
    for rows in ("speakers", "materials"):
        form.fill(**{f"sessions-0-{rows}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")})
    assert form.send().status_code == 302
    StrategyFactory(key="offered")
    type(term).objects.filter(pk=term.pk).update(retired=True)
    sessions = admin_client.get(form.url).context["form"].formsets["sessions"]
    kept, offered = sessions.forms[0]["strategies"].as_widget(), sessions.empty_form["strategies"].as_widget()
    assert f'value="{term.pk}" selected' in kept
    assert "<option" in offered
    assert f'value="{term.pk}"' not in offered


def test_countries_are_sorted_as_readers_of_the_language_sort(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="pt")
    for code in ("AT", "ZA", "ZM", "BR"):
        CountryFactory(code=code)
    form = admin_client.get(new(admin_client, ProgrammePage).url).context["form"]
    names = [name for _pk, name in form.fields["countries"].choices]
    assert names == ["África do Sul", "Áustria", "Brasil", "Zâmbia"]
