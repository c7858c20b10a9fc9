"""No page is made an alias, and one that is there anyway is not shown to readers: its text is in another language."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from resources.documents import build
from tests.factories import WORK_FACTORIES, PublicationPageFactory, RelatedWorkFactory, index_page, locale_of
from tests.resources.record_page import show
from tests.resources.test_translation_workflow import submit
from tests.tree import home_page

pytestmark = pytest.mark.django_db


def aliases():
    return Page.objects.filter(alias_of__isnull=False)


def alias_of(page, code: str) -> Page:
    """A published alias, as wagtail-localize makes it of a draft."""
    alias = WORK_FACTORIES[page.type_id](title=page.title, language=code, translation_of=page)
    alias.alias_of_id = page.pk
    alias.save()
    return alias


def test_a_draft_translation_is_not_converted(admin_client, client):
    page = WORK_FACTORIES["practice"]()
    submit(admin_client, page, "pt")
    draft = page.get_translation(locale_of("pt"))
    address = reverse("wagtail_localize:convert_to_alias", args=[draft.pk])

    answer = admin_client.post(address, follow=True, headers={"accept-language": "en"})
    assert not aliases().exists()
    assert "A page is not made an alias" in answer.content.decode()
    assert show(client, page, "pt").record.notice


def test_no_form_offers_it(admin_client):
    page = WORK_FACTORIES["practice"]()
    submit(admin_client, page, "pt")
    draft = page.get_translation(locale_of("pt"))
    for each in (page, draft, page.get_parent(), home_page()):
        assert (
            'name="alias"' not in admin_client.get(reverse("wagtailadmin_pages:copy", args=[each.pk])).content.decode()
        )

    stopped = Translation.objects.get()
    admin_client.post(reverse("wagtail_localize:stop_translation", args=[stopped.pk]))
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "localize-restart-translation" in answer.content.decode()
    assert "localize-convert-to-alias" not in answer.content.decode()


def test_a_copy_is_no_alias_whatever_the_form_is_sent(admin_client):
    page = WORK_FACTORIES["practice"]()
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "alias": "on"}
    admin_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent)
    assert not aliases().exists()
    assert not Page.objects.get(slug="copy").live


@pytest.mark.parametrize("kind", ["work", "list"])
def test_neither_does_code_make_one(kind):
    page = WORK_FACTORIES["practice"]() if kind == "work" else index_page("practice")
    with pytest.raises(ValidationError):
        page.create_alias()
    WORK_FACTORIES["practice"](slug="other").copy_for_translation(locale_of("fr"), alias=True)
    assert not aliases().exists()


def test_an_alias_that_is_there_is_not_public(client):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    alias = alias_of(page, "pt")
    publication = PublicationPageFactory()
    RelatedWorkFactory(page=publication, target=page)

    shown = show(client, page, "pt")
    assert shown.record.notice
    assert shown.record.lang == "es"
    assert [translation.code for translation in shown.record.translations] == ["es"]
    html = shown.html
    assert 'hreflang="pt"' not in html.split("</head>")[0]
    assert alias.get_url() not in client.get("/sitemap.xml").content.decode()
    (document,) = build([str(page.translation_key)])
    assert [text.locale for text in document.pages] == ["es"]
    (group,) = show(client, publication, "pt").record.related
    assert [item.lang for item in group.items] == ["es"]


def test_an_alias_of_a_list_is_not_shown(client):
    page = WORK_FACTORIES["practice"]()
    section = index_page("practice", "pt")
    Page.objects.filter(pk=section.pk).update(alias_of=page.get_parent())

    html = client.get("/pt/").content.decode()
    assert section.get_url() not in html
    assert client.get(section.get_url()).context["page"].locale.language_code == "es"
