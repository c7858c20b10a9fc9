"""Vocabulary terms: each language its own field, a change reaches the index, a term in use stays."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from resources import vocabulary_cache
from resources.models import (
    Country,
    Edition,
    EvaluationOutcome,
    Language,
    Organisation,
    ProgrammePage,
    Region,
    Sector,
    TrainingPage,
    VocabularyStamp,
)
from resources.vocabulary_cache import vocabularies
from tests.factories import (
    WORK_FACTORIES,
    CountryFactory,
    EditionFactory,
    EvidenceLevelFactory,
    LanguageFactory,
    OrganisationFactory,
    OrganisationRoleFactory,
    RegionFactory,
    SectorFactory,
)
from tests.resources.admin_form import AdminForm

pytestmark = pytest.mark.django_db


def form_of(editor, term) -> AdminForm:
    return AdminForm(editor, reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk]))


def test_spanish_calls_countries_as_latin_america_does_and_regions_by_their_usual_names():
    names = [CountryFactory(code=code).label("es") for code in ("SA", "RO", "CI")]
    assert names == ["Arabia Saudita", "Rumania", "Costa de Marfil"]
    assert RegionFactory(code="018").label("es") == "África meridional"


@pytest.mark.parametrize("language", ["es", "en", "fr", "pt-br", "ar"])
def test_a_name_is_changed_in_its_own_language_whatever_the_language_of_the_admin(editor, admin_user, language):
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": language})
    sector = SectorFactory(key="health")
    form = form_of(editor, sector)
    assert "name" not in form.fields
    form.fill(name_pt="Saúde").send("")
    sector.refresh_from_db()
    names = [getattr(sector, f"name_{code}") for code in ("es", "en", "fr", "pt", "ar")]
    assert names == ["Health (es)", "Health (en)", "Health (fr)", "Saúde", "Health (ar)"]


def test_a_new_name_or_synonym_is_found_without_publishing_anything(editor, found, django_capture_on_commit_callbacks):
    sector = SectorFactory(key="health")
    with django_capture_on_commit_callbacks(execute=True):
        page = WORK_FACTORIES["programme"](title="Programa", sectors=[sector])
        page.save_revision().publish()
    assert found("enfermería") == []
    form_of(editor, sector).fill(synonyms_es="enfermería|hospitales").send("")
    assert found("enfermeria") == found("hospital") == ["Programa"]


def test_a_synonym_of_a_country_is_given_and_found_like_those_of_other_terms(
    editor, found, django_capture_on_commit_callbacks
):
    country = CountryFactory(code="GB")
    with django_capture_on_commit_callbacks(execute=True):
        WORK_FACTORIES["programme"](title="Programa", countries=[country])
    assert found("Albión") == []
    form_of(editor, country).fill(synonyms_es="Albión|pérfida Albión").send("")
    assert found("Albión") == found("Reino Unido") == ["Programa"]


def test_a_term_that_was_rolled_back_is_forgotten_with_the_next_change_of_another_process():
    OrganisationFactory()
    with suppress(InterruptedError), transaction.atomic():
        SectorFactory(key="health")
        assert "health" in vocabularies().by_key["sector"]
        raise InterruptedError
    VocabularyStamp.advance()  # and nothing else in this process
    vocabulary_cache.forget()  # as the next request does
    assert "health" not in vocabularies().by_key["sector"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_processes_may_make_the_first_change_at_once():
    VocabularyStamp.objects.all().delete()
    first = threading.Event()

    def other_process() -> None:
        first.wait(30)
        VocabularyStamp.advance()
        connection.close()

    thread = threading.Thread(target=other_process)
    thread.start()
    with transaction.atomic():
        VocabularyStamp.advance()
        first.set()
        thread.join(1)  # it waits for this transaction
    thread.join(30)
    assert VocabularyStamp.objects.count() == 1


def test_the_new_name_is_on_the_page_at_once(editor):
    sector = SectorFactory(key="health")
    assert vocabularies().labels("sector", "fr")["health"] == "Health (fr)"
    form_of(editor, sector).fill(name_fr="Santé").send("")
    assert vocabularies().labels("sector", "fr")["health"] == "Santé"


@pytest.mark.parametrize(
    "use",
    [
        lambda: WORK_FACTORIES["practice"](sectors=[SectorFactory(key="used")]) and Sector.objects.get(key="used"),
        lambda: OrganisationRoleFactory(page=WORK_FACTORIES["programme"]()).organisation,
        lambda: EditionFactory(page=WORK_FACTORIES["publication"]()).language,
        lambda: CountryFactory().region,
        lambda: OrganisationFactory().countries.add(CountryFactory()) or CountryFactory(),
    ],
    ids=["classification", "organisation", "language of an edition", "region", "country of an organisation"],
)
def test_a_term_in_use_is_not_deleted_and_the_editor_learns_why(editor, use):
    term = use()
    response = editor.post(reverse(term.snippet_viewset.get_url_name("delete"), args=[term.pk]), follow=True)
    assert type(term).objects.filter(pk=term.pk).exists()
    assert "1" in str(next(iter(response.context["messages"])))
    with pytest.raises(ProtectedError):
        type(term).objects.filter(pk=term.pk).delete()


DRAFT_USES = {
    "classification": (SectorFactory, lambda page, term: page.sectors.add(term)),
    "field": (EvidenceLevelFactory, lambda page, term: setattr(page, "evidence_level", term)),
    "row": (
        lambda: LanguageFactory(code="qu"),
        lambda page, term: page.editions.add(Edition(language=term, title="Qhichwa")),
    ),
}


@pytest.mark.parametrize(("factory", "use"), DRAFT_USES.values(), ids=DRAFT_USES)
def test_a_term_that_only_a_draft_uses_is_kept_and_the_editor_learns_where(admin_client, factory, use):
    term, page = factory(), WORK_FACTORIES["programme"](title="Publicada")
    use(draft := ProgrammePage.objects.get(pk=page.pk), term)
    draft.title = "Por publicar"
    draft.save_revision()
    url = reverse(term.snippet_viewset.get_url_name("delete"), args=[term.pk])
    response = admin_client.post(url, follow=True)
    assert type(term).objects.filter(pk=term.pk).exists()
    assert "Por publicar" in str(next(iter(response.context["messages"])))


@pytest.mark.parametrize(("factory", "use"), DRAFT_USES.values(), ids=DRAFT_USES)
def test_an_old_revision_is_read_without_the_terms_deleted_since(admin_client, factory, use):
    term, page = factory(), WORK_FACTORIES["programme"]()
    EditionFactory(page=page, title="Castellano")
    page = ProgrammePage.objects.get(pk=page.pk)
    newer = ProgrammePage.objects.get(pk=page.pk)
    use(page, term)
    old = page.save_revision()
    newer.save_revision().publish()
    admin_client.post(reverse(term.snippet_viewset.get_url_name("delete"), args=[term.pk]))
    assert not type(term).objects.filter(pk=term.pk).exists()
    for name, more in (("revert", []), ("compare", ["live"])):
        url = reverse(f"wagtailadmin_pages:revisions_{name}", args=[page.pk, old.pk, *more])
        assert admin_client.get(url).status_code == 200
    read = old.as_object()
    assert (read.evidence_level, read.sectors.count()) == (None, 0)
    assert [edition.title for edition in read.editions.all()] == ["Castellano"]


def test_several_terms_at_once_are_kept_if_one_is_in_use(editor):
    used, free = SectorFactory(key="used"), SectorFactory(key="free")
    WORK_FACTORIES["practice"](sectors=[used])
    url = reverse("wagtail_bulk_action", args=["resources", "sector", "delete"])
    editor.post(f"{url}?id={used.pk}&id={free.pk}")
    assert set(Sector.objects.values_list("key", flat=True)) == {"used", "free"}


@pytest.mark.parametrize("factory", [SectorFactory, LanguageFactory, OrganisationFactory, RegionFactory])
def test_a_term_nobody_uses_is_deleted(editor, factory):
    term = factory()
    editor.post(reverse(term.snippet_viewset.get_url_name("delete"), args=[term.pk]))
    assert not type(term).objects.filter(pk=term.pk).exists()


def test_a_retired_term_is_offered_only_where_it_is_in_use(editor):
    retired, present = SectorFactory(key="old", retired=True), SectorFactory(key="new")
    with_it = WORK_FACTORIES["practice"](sectors=[retired])
    without = WORK_FACTORIES["practice"](sectors=[present])
    for page, expected in ((with_it, {retired.pk, present.pk}), (without, {present.pk})):
        response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert {value for value, _label in response.context["form"].fields["sectors"].choices} == expected


@pytest.mark.parametrize(
    "factory", [SectorFactory, OrganisationFactory, CountryFactory, RegionFactory, LanguageFactory]
)
def test_the_key_of_a_term_stays_whatever_is_sent(admin_client, factory):
    term = factory()
    name = "code" if hasattr(term, "code") else "key"
    form = form_of(admin_client, term)
    assert form.fields[name] == [term.key]
    assert form.fill(**{name: "015"}).send("").status_code == 302
    assert type(term).objects.get(pk=term.pk).key == term.key


@pytest.mark.parametrize(
    ("model", "bad", "good"),
    [(Country, ["zz", "uy", "ZZ", "EU", "XJ", "12"], "UY"), (Region, ["999", "UY"], "013"), (Language, ["zz"], "kab")],
)
def test_a_new_country_region_or_language_has_a_code_that_cldr_names(admin_client, model, bad, good):
    region = RegionFactory()
    form = AdminForm(admin_client, reverse(model.snippet_viewset.get_url_name("add")))
    for code in bad:
        answer = form.fill(code=code, region=region.pk).send("")
        assert list(answer.context["form"].errors) == ["code"]
    assert form.fill(code=good, region=region.pk).send("").status_code == 302
    assert model.objects.filter(code=good).exists()


def test_a_language_that_cldr_does_not_name_has_a_name_of_its_own(admin_client):
    form = AdminForm(admin_client, reverse(Language.snippet_viewset.get_url_name("add")))
    assert form.fill(code="zsl", name_es="Lengua de señas de Zambia").send("").status_code == 302
    assert Language.objects.get(code="zsl").label("fr") == "Lengua de señas de Zambia"


def test_a_term_needs_a_name_in_some_language(editor):
    response = AdminForm(editor, reverse(Sector.snippet_viewset.get_url_name("add"))).fill(key="nameless").send("")
    assert not Sector.objects.exists()
    assert "name_es" in response.context["form"].errors


@pytest.mark.parametrize("distance", [0, 1, 2])
def test_a_region_is_not_made_part_of_itself(admin_client, distance):
    world, americas, caribbean = (RegionFactory(code=code) for code in ("001", "019", "029"))
    for region, parent in ((americas, world), (caribbean, americas)):
        region.parent = parent
        region.save()
    below = (world, americas, caribbean)[distance]
    response = form_of(admin_client, world).fill(parent=below.pk).send("")
    [error] = response.context["form"].errors["parent"]
    assert error.startswith("Una región no puede ser parte de sí misma")
    world.refresh_from_db()
    assert world.parent is None


def test_regions_that_are_part_of_each_other_all_the_same_are_named_once():
    region = RegionFactory(code="005")
    region.parent = RegionFactory(code="419", parent=region)
    region.save()
    assert vocabularies().regions(CountryFactory(region=region)) == ("005", "419")


@pytest.mark.parametrize(
    ("label", "in_spanish", "in_arabic"),
    [
        (Organisation.Type.GOVERNMENT.label, "Entidad gubernamental", "جهة حكومية"),
        (ProgrammePage.DeliveredBy.GOVERNMENT.label, "Gobierno", "الحكومة"),
        (Organisation.Type.OTHER.label, "Otro tipo de organización", "نوع آخر من المنظمات"),
        (Edition.Format.OTHER.label, "Otro", "غير ذلك"),
        (Edition.Status.PLANNED.label, "Prevista", "مقررة"),
        (ProgrammePage.Status.PLANNED.label, "Previsto", "مقرر"),
        (TrainingPage.Status.PLANNED.label, "Prevista", "مقررة"),
        (Language._meta.get_field("direction").verbose_name, "dirección de escritura", "اتجاه الكتابة"),
        (EvaluationOutcome._meta.get_field("direction").verbose_name, "dirección del efecto", "اتجاه الأثر"),
    ],
)
def test_one_english_word_in_two_senses_has_a_word_for_each(label, in_spanish, in_arabic):
    for locale, expected in (("es", in_spanish), ("ar", in_arabic)):
        with translation.override(locale):
            assert str(label) == expected
