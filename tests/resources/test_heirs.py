"""When the original page of a work is deleted, a translation inherits what belongs to the work."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail_localize.models import TranslationSource

from home import clock
from resources.documents import build
from resources.models import EvaluatedProgramme, PracticePage, ProgrammePage, Rating, RelatedWork, TrainingPage
from tests.factories import (
    WORK_FACTORIES,
    CountryFactory,
    EditionFactory,
    LanguageFactory,
    RelatedWorkFactory,
    SectorFactory,
    SessionFactory,
    SessionSpeakerFactory,
    StrategyFactory,
    locale_of,
)
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    original = WORK_FACTORIES["programme"](
        external_id="heritage", sectors=[SectorFactory(key="health")], countries=[CountryFactory()], start_year=2008
    )
    EditionFactory(page=original, language=LanguageFactory(code="pt"))
    Rating.objects.create(page=original, scheme="CEBC", level="3")
    translation = WORK_FACTORIES["programme"](title="Em português", language="pt", translation_of=original)
    return original, translation


def test_the_next_page_inherits_classification_rows_and_identifier(work):
    original, translation = work
    [before] = build([str(original.translation_key)])
    original.delete()
    heir = type(translation).objects.get(pk=translation.pk)
    assert heir.is_original
    assert (heir.external_id, heir.start_year) == ("heritage", 2008)
    assert [rating.scheme for rating in heir.ratings.all()] == ["CEBC"]
    [after] = build([str(heir.translation_key)])
    assert after.facets == before.facets
    assert after.materials == before.materials


@pytest.mark.parametrize(("title", "code"), [("Fica Vivo!", "pt"), ("Fiquem vivos", None)])
def test_the_language_of_a_title_goes_to_a_page_that_keeps_the_title(title, code):
    original = WORK_FACTORIES["programme"](title="Fica Vivo!", title_language=LanguageFactory(code="pt"))
    heir = WORK_FACTORIES["programme"](title=title, language="fr", translation_of=original)
    original.delete()
    heir = type(heir).objects.select_related("title_language").get(pk=heir.pk)
    assert (heir.title_language.code if heir.title_language else None) == code


def test_the_next_edit_does_not_lose_what_was_inherited(work):
    original, translation = work
    original.delete()
    page = type(translation).objects.get(pk=translation.pk).get_latest_revision_as_object()
    page.title = "Outro título"
    page.save_revision().publish()
    [document] = build([str(page.translation_key)])
    assert document.facets["sector"] == ("health",)
    assert document.pages[0].title == "Outro título"


def test_a_draft_of_the_heir_stays_a_draft(work):
    original, translation = work
    translation.title = "Rascunho"
    translation.save_revision()
    original.delete()
    heir = type(translation).objects.get(pk=translation.pk)
    assert heir.title == "Em português"
    draft = heir.get_latest_revision_as_object()
    assert draft.title == "Rascunho"
    draft.get_latest_revision().publish()
    [after] = build([str(heir.translation_key)])
    assert (after.pages[0].title, after.facets["sector"]) == ("Rascunho", ("health",))
    assert [material.language for material in after.materials] == ["pt"]


def test_a_scheduled_revision_of_the_heir_inherits_too(work):
    original, translation = work
    now = timezone.now()
    translation.title = "Daqui a pouco"
    revision = translation.save_revision(approved_go_live_at=now - timedelta(minutes=1))
    translation.title = "Rascunho"
    translation.save_revision()
    original.strategies = [StrategyFactory()]
    original.save()
    [before] = build([str(original.translation_key)])
    original.delete()
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    clock.keep_schedule()
    [after] = build([str(original.translation_key)])
    assert after.pages[0].title == "Daqui a pouco"
    assert (after.facets, after.materials, after.external_id) == (before.facets, before.materials, "heritage")
    assert [rating.scheme for rating in type(translation).objects.get(pk=translation.pk).ratings.all()] == ["CEBC"]


def test_pieces_that_translators_kept_stay_in_their_drafts(admin_client):
    original = WORK_FACTORIES["practice"](title="Título", summary="Resumen")
    submit(admin_client, original, "fr", "pt")
    source = TranslationSource.objects.get()
    for code, text in (("fr", "Titre"), ("pt", "O título")):
        title = source.stringsegment_set.get(context__path="title")
        title.string.translations.create(data=text, context=title.context, locale=locale_of(code))
    original.delete()
    for code, text in (("fr", "Titre"), ("pt", "O título")):
        page = PracticePage.objects.get(locale=locale_of(code))
        draft = page.get_latest_revision_as_object()
        assert (draft.title, draft.summary, page.live) == (text, "Resumen", False)


def test_links_from_other_works_lead_to_the_heir(work):
    original, translation = work
    other = WORK_FACTORIES["publication"]()
    RelatedWorkFactory(page=other, target=original)
    evaluation = WORK_FACTORIES["evaluation"]()
    EvaluatedProgramme.objects.create(page=evaluation, target=original)
    adapted = WORK_FACTORIES["programme"](adapted_from=original)
    practice = WORK_FACTORIES["practice"](adopted_from=original)
    original.delete()
    assert [link.target_id for link in other.related_works.all()] == [translation.pk]
    assert [link.target_id for link in EvaluatedProgramme.objects.filter(page=evaluation)] == [translation.pk]
    assert ProgrammePage.objects.get(pk=adapted.pk).adapted_from_id == translation.pk
    assert PracticePage.objects.get(pk=practice.pk).adopted_from_id == translation.pk


@pytest.mark.parametrize("kind", ["published", "draft", "scheduled"])
def test_links_from_revisions_of_other_works_lead_to_the_heir(work, kind):
    original, translation = work
    other = ProgrammePage.objects.get(pk=WORK_FACTORIES["programme"]().pk)
    plain = ProgrammePage.objects.get(pk=other.pk)
    other.adapted_from = original
    other.related_works.add(RelatedWork(target=original))
    revision = other.save_revision(approved_go_live_at=timezone.now() if kind == "scheduled" else None)
    if kind == "published":
        revision.publish()
    elif kind == "scheduled":
        plain.save_revision(changed=False)
    original.delete()
    revision.refresh_from_db()
    read = revision.as_object()
    assert read.adapted_from_id == translation.pk
    assert [link.target_id for link in read.related_works.all()] == [translation.pk]


def test_speakers_in_drafts_are_led_to_the_heir():
    expert, training = WORK_FACTORIES["expert"](), WORK_FACTORIES["training"]()
    heir = WORK_FACTORIES["expert"](language="fr", translation_of=expert)
    SessionSpeakerFactory(session=SessionFactory(page=training), target=expert)
    revision = TrainingPage.objects.get(pk=training.pk).save_revision()
    expert.delete()
    revision.refresh_from_db()
    [session] = revision.as_object().sessions.all()
    assert [speaker.target_id for speaker in session.speakers.all()] == [heir.pk]


def test_deleting_a_translation_changes_nothing_of_the_work(work):
    original, translation = work
    translation.delete()
    original = type(original).objects.get(pk=original.pk)
    assert original.external_id == "heritage"
    assert original.editions.count() == 1


def test_links_to_a_translation_that_is_deleted_lead_to_the_work(work):
    original, translation = work
    evaluation = WORK_FACTORIES["evaluation"]()
    EvaluatedProgramme.objects.create(page=evaluation, target=translation)
    adapted = WORK_FACTORIES["programme"](adapted_from=translation)
    translation.delete()
    assert EvaluatedProgramme.objects.get(page=evaluation).target_id == original.pk
    adapted.refresh_from_db()
    assert adapted.adapted_from_id == original.pk
    assert type(original).objects.get(pk=original.pk).external_id == "heritage"


def test_the_last_page_takes_the_work_with_it(work):
    original, translation = work
    original.delete()
    type(translation).objects.get(pk=translation.pk).delete()
    assert list(build([str(original.translation_key)])) == []


def test_all_pages_of_a_work_are_deleted_at_once(work):
    original, translation = work
    RelatedWorkFactory(page=WORK_FACTORIES["publication"](), target=original)
    type(original).objects.filter(translation_key=original.translation_key).delete()
    assert not type(original).objects.exists()
    assert not Rating.objects.exists()
    assert list(build([str(translation.translation_key)])) == []


def test_what_two_pages_deleted_at_once_had_goes_to_the_third(work):
    original, translation = work
    third = WORK_FACTORIES["programme"](title="En français", language="fr", translation_of=original)
    adapted = WORK_FACTORIES["programme"](adapted_from=original)
    [before] = build([str(original.translation_key)])
    type(original).objects.filter(pk__in=[original.pk, translation.pk]).delete()
    [after] = build([str(third.translation_key)])
    assert after.facets == before.facets
    assert after.external_id == "heritage"
    assert Rating.objects.get().page_id == third.pk
    assert ProgrammePage.objects.get(pk=adapted.pk).adapted_from_id == third.pk
