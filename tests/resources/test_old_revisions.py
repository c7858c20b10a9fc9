"""An earlier version of a page is looked at again and saved or published, whatever was removed or inherited since."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from resources.models import ProgrammePage
from resources.models.revisions import INHERITED
from tests.factories import (
    WORK_FACTORIES,
    EditionFactory,
    ExpertPageFactory,
    LanguageFactory,
    RatingFactory,
    RelatedWorkFactory,
    SectorFactory,
    SessionFactory,
    SessionMaterialFactory,
    SessionSpeakerFactory,
    StrategyFactory,
)
from tests.resources.admin_form import AdminForm
from tests.resources.test_admin_refusals import new
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db
ACTIONS = ["action-submit-draft", "action-publish"]


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def published(page):
    """The page as a revision that is published; with the rows that it has by now."""
    page = Page.objects.get(pk=page.pk).specific
    revision = page.save_revision()
    revision.publish()
    return revision


def review(client, page, revision) -> AdminForm:
    """The form that “Review this version” opens; it is sent to the page's own address."""
    form = AdminForm(client, reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]))
    form.url = edit_url(page)
    return form


def send(form: AdminForm, action: str = "action-publish"):
    response = form.send(action)
    assert response.status_code == 302, [
        error for error in response.context["form"].formsets.items() if error[1].errors
    ]


def latest(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def titles(rows) -> list[str]:
    return [row.title for row in rows.all()]


@pytest.mark.parametrize("removal", ACTIONS)
@pytest.mark.parametrize("action", ACTIONS)
def test_an_edition_that_was_removed_since_comes_back(admin_client, action, removal):
    page = WORK_FACTORIES["publication"](strategies=[StrategyFactory()])
    kept = EditionFactory(page=page, title="Manual", sort_order=1)
    gone = EditionFactory(page=page, title="Guía", sort_order=2)
    revision = published(page)
    send(AdminForm(admin_client, edit_url(page)).fill(**{"editions-1-DELETE": "1"}), removal)
    assert titles(latest(page).editions) == ["Manual"]
    send(review(admin_client, page, revision), action)
    assert titles(latest(page).editions) == ["Manual", "Guía"]
    send(AdminForm(admin_client, edit_url(page)))
    editions = type(page).objects.get(pk=page.pk).editions
    assert titles(editions) == ["Manual", "Guía"]
    assert kept.pk in editions.values_list("pk", flat=True)
    assert type(gone).objects.count() == 2


@pytest.mark.parametrize("action", ACTIONS)
def test_a_session_that_was_removed_since_comes_back_with_its_own_rows(admin_client, action):
    page = WORK_FACTORIES["training"](strategies=[StrategyFactory()])
    french = LanguageFactory(code="fr")
    SessionFactory(page=page, title="Apertura", sort_order=1)
    session = SessionFactory(page=page, title="Cierre", sort_order=2, languages=[french])
    SessionSpeakerFactory(session=session, target=(expert := ExpertPageFactory()))
    SessionMaterialFactory(session=session, title="Diapositivas")
    revision = published(page)
    send(AdminForm(admin_client, edit_url(page)).fill(**{"sessions-1-DELETE": "1"}))
    assert titles(type(page).objects.get(pk=page.pk).sessions) == ["Apertura"]
    send(review(admin_client, page, revision), action)
    send(AdminForm(admin_client, edit_url(page)))
    [first, second] = type(page).objects.get(pk=page.pk).sessions.all()
    assert (first.title, second.title, [one.code for one in second.languages.all()]) == ("Apertura", "Cierre", ["fr"])
    assert [speaker.target_id for speaker in second.speakers.all()] == [expert.pk]
    assert titles(second.materials) == ["Diapositivas"]


def test_so_do_the_materials_of_a_session_ratings_and_links(admin_client):
    training = WORK_FACTORIES["training"](strategies=[StrategyFactory()])
    SessionMaterialFactory(session=SessionFactory(page=training), title="Diapositivas")
    revision = published(training)
    send(AdminForm(admin_client, edit_url(training)).fill(**{"sessions-0-materials-0-DELETE": "1"}))
    send(review(admin_client, training, revision))
    [session] = type(training).objects.get(pk=training.pk).sessions.all()
    assert titles(session.materials) == ["Diapositivas"]

    programme = WORK_FACTORIES["programme"](strategies=[StrategyFactory()])
    RatingFactory(page=programme)
    RelatedWorkFactory(page=programme, target=training)
    revision = published(programme)
    removed = {"ratings-0-DELETE": "1", "related_works-0-DELETE": "1"}
    send(AdminForm(admin_client, edit_url(programme)).fill(**removed))
    send(review(admin_client, programme, revision))
    programme = type(programme).objects.get(pk=programme.pk)
    assert [rating.scheme for rating in programme.ratings.all()] == ["CEBC"]
    assert [link.target_id for link in programme.related_works.all()] == [training.pk]


def test_a_version_from_before_the_page_inherited_the_work_has_what_belongs_to_the_work(admin_client):
    original = WORK_FACTORIES["programme"](
        external_id="heritage", strategies=[StrategyFactory()], sectors=[SectorFactory()], start_year=2008
    )
    EditionFactory(page=original, title="Manual")
    RatingFactory(page=original)
    heir = WORK_FACTORIES["programme"](title="Em português", language="pt", translation_of=original)
    revision = published(heir)
    type(original).objects.get(pk=original.pk).delete()
    send(AdminForm(admin_client, edit_url(heir)).fill(title="Outro título", start_year="2009"))
    form = review(admin_client, heir, revision)
    assert form.fields["title"] == ["Em português"]
    send(form)
    page = type(heir).objects.get(pk=heir.pk)
    assert (page.title, page.external_id, page.start_year) == ("Em português", "heritage", 2009)
    assert titles(page.editions) == ["Manual"]
    assert [rating.scheme for rating in page.ratings.all()] == ["CEBC"]
    assert (page.strategies.count(), page.sectors.count()) == (1, 1)


def test_a_first_draft_without_facts_has_none_of_a_later_one(admin_client):
    new(admin_client, ProgrammePage).fill(strategies=[]).send("action-submit-draft")
    page = ProgrammePage.objects.get()
    first = page.latest_revision
    form = AdminForm(admin_client, edit_url(page)).fill(strategies=[StrategyFactory().pk], start_year="2009")
    send(form, "action-submit-draft")
    form = review(admin_client, page, first)
    assert ("strategies" in form.fields, form.fields["start_year"]) == (False, [""])
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, "latest"])
    assert "2009" in admin_client.get(compared).content.decode()


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "inherited before that was noted"])
def test_a_version_of_an_heir_has_what_belongs_to_the_work_whenever_it_inherited(admin_client, noted):
    original = WORK_FACTORIES["programme"](external_id="heritage", strategies=[StrategyFactory()], start_year=2008)
    submit(admin_client, original, "pt")
    heir = ProgrammePage.objects.get(locale__language_code="pt")
    before = heir.latest_revision
    original.delete()
    said = admin_client.get(reverse("wagtailadmin_pages:history", args=[heir.pk])).content.decode()
    assert "Pasó a ser el original al eliminarse el anterior" in said
    if not noted:
        PageLogEntry.objects.filter(action=INHERITED).delete()
    emptied = {"strategies": [], "start_year": "", "external_id": ""}
    send(AdminForm(admin_client, edit_url(heir)).fill(**emptied), "action-submit-draft")
    since = latest(heir).latest_revision
    send(AdminForm(admin_client, edit_url(heir)).fill(start_year="2009"), "action-submit-draft")
    assert review(admin_client, heir, before).fields["start_year"] == ["2009"]
    assert review(admin_client, heir, since).fields["start_year"] == ([""] if noted else ["2009"])
