"""Translation with wagtail-localize: nothing untranslated is published, what belongs to the work is not copied."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from resources.models import PAGE_MODELS
from tests.factories import (
    WORK_FACTORIES,
    CountryFactory,
    EditionFactory,
    RelatedWorkFactory,
    SectorFactory,
    index_page,
    locale_of,
)

pytestmark = pytest.mark.django_db
TYPES = list(WORK_FACTORIES)


def submit(client, page, *codes: str) -> None:
    """Send `page` to translation into these locales, as the button of the admin does."""
    for code in codes:
        index_page(page.type_id, code)
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client.post(url, {"locales": [locale_of(code).pk for code in codes]})
    assert response.status_code == 302, response.content.decode()[-2000:]


@pytest.mark.parametrize("type_id", TYPES)
def test_submitting_a_live_page_publishes_nothing(admin_client, type_id):
    page = WORK_FACTORIES[type_id](title="Texto sin traducir")
    submit(admin_client, page, "pt", "ar")
    for code in ("pt", "ar"):
        draft = page.get_translation(locale_of(code))
        assert not draft.live
        assert admin_client.get(f"/{code}/{type_id}-list-{code}/{page.slug}/").context["page"].pk == page.pk


@pytest.mark.parametrize("type_id", TYPES)
def test_a_translation_has_no_values_of_the_work_of_its_own(admin_client, type_id):
    page = WORK_FACTORIES[type_id](
        external_id="one-work", sectors=[SectorFactory()], countries=[CountryFactory()], source_urls="https://who.int/"
    )
    EditionFactory(page=page)
    RelatedWorkFactory(page=page, target=WORK_FACTORIES["publication"]())
    submit(admin_client, page, "fr")
    draft = page.get_translation(locale_of("fr")).specific
    assert not draft.sectors.exists()
    assert not draft.countries.exists()
    assert not draft.editions.exists()
    assert not draft.related_works.exists()
    assert (draft.external_id, draft.source_urls) == (None, "")
    assert draft.work.pk == page.pk
    assert list(draft.work.sectors.all()) == list(page.sectors.all())


def test_an_arabic_translation_keeps_the_ascii_slug_and_its_arabic_title(admin_client):
    page = WORK_FACTORIES["programme"](title="Familias", slug="familias")
    submit(admin_client, page, "ar")
    translation = Translation.objects.get()
    source = TranslationSource.objects.get()
    for segment in source.stringsegment_set.all():
        text = "برنامج الأسر" if segment.context.path == "title" else "نص"
        segment.string.translations.create(data=text, context=segment.context, locale=locale_of("ar"))
    translation.save_target(publish=False)
    page = page.get_translation(locale_of("ar"))
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert (page.title, page.slug, page.live) == ("برنامج الأسر", "familias", True)


def test_a_slug_belongs_to_one_work_in_all_locales():
    WORK_FACTORIES["programme"](slug="crianza")
    with pytest.raises(ValidationError, match="slug"):
        WORK_FACTORIES["programme"](slug="crianza", language="pt")


def test_a_slug_that_another_work_has_elsewhere_is_not_given_by_itself():
    WORK_FACTORIES["programme"](title="Crianza", slug="crianza")
    other = WORK_FACTORIES["programme"](title="Crianza", slug="", language="pt")
    assert other.slug == "crianza-2"


def test_a_copy_of_a_record_is_a_work_of_its_own():
    page = WORK_FACTORIES["publication"](external_id="guide", sectors=[SectorFactory()])
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.external_id == "copy"
    assert copy.translation_key != page.translation_key
    assert list(copy.sectors.all()) == list(page.sectors.all())
    assert copy.is_original


@pytest.mark.parametrize("model", PAGE_MODELS, ids=lambda model: model.type_id)
def test_prose_alone_is_sent_to_translators(model):
    sent = {field.field_name for field in model.translatable_fields}
    assert sent == {"title", "seo_title", "search_description", "summary", "body", *model.prose_fields}
    assert not sent & set(model.all_work_fields())


def test_the_editor_of_a_detached_translation_sees_where_the_works_values_are(admin_client):
    page = WORK_FACTORIES["programme"](title="El original")
    draft = WORK_FACTORIES["programme"](title="A tradução", language="pt", translation_of=page)
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    content = response.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in content
    assert 'name="sectors"' not in content
    assert 'name="editions-TOTAL_FORMS"' not in content
    assert 'name="summary"' in content
    assert Page.objects.get(pk=draft.pk).live
