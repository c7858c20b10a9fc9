"""Of a translation, nothing is published while pieces of it are missing, whichever button of the admin is pressed."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import WORK_FACTORIES, StandardPageFactory, locale_of
from tests.resources.test_translation_workflow import submit
from tests.tree import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commits(admin_client, django_capture_on_commit_callbacks):
    """Wagtail-localize publishes after the transaction."""
    request = admin_client.request

    def answered(**environ):
        with django_capture_on_commit_callbacks(execute=True):
            return request(**environ)

    admin_client.request = answered


def translate(page, code: str, text: str = "{}", pieces: int | None = None) -> None:
    """Translate the first `pieces` of `page`, all without a number; `text` as it stands where it is "{}"."""
    for segment in TranslationSource.objects.get_for_instance(page).stringsegment_set.order_by("order")[:pieces]:
        segment.string.translations.update_or_create(
            context=segment.context, locale=locale_of(code), defaults={"data": text.format(segment.string.data)}
        )


def submitted(client, *codes: str):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    submit(client, page, *codes)
    return page


def of(page, code: str) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale=locale_of(code))


def press_publish(client, page, language: str = "en") -> str:
    """Press it on the page of the translation; the last message is the answer."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, {"action": "publish"}, follow=True, headers={"accept-language": language})
    return str(list(answer.context["messages"])[-1])


def sync(client, page, **fields) -> list[str]:
    source = TranslationSource.objects.get_for_instance(page)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    answer = client.post(address, fields, follow=True, headers={"accept-language": "en"})
    return [str(message) for message in answer.context["messages"]]


def test_publish_waits_for_all_pieces(admin_client):
    page = submitted(admin_client, "fr")
    assert (
        press_publish(admin_client, of(page, "fr")) == "Not published in French: 2 pieces are still to be translated."
    )
    translate(page, "fr", "Une {}", pieces=1)
    assert press_publish(admin_client, of(page, "fr")) == "Not published in French: 1 piece is still to be translated."
    assert (of(page, "fr").live, of(page, "fr").title) == (False, "Une Una práctica")  # what there is stays the draft
    translate(page, "fr", "Une {}")
    press_publish(admin_client, of(page, "fr"))
    assert (of(page, "fr").live, of(page, "fr").title) == (True, "Une Una práctica")


def test_a_piece_translated_as_it_stands_is_translated(admin_client):
    page = submitted(admin_client, "pt")
    translate(page, "pt")
    press_publish(admin_client, of(page, "pt"))
    assert (of(page, "pt").live, of(page, "pt").title) == (True, "Una práctica")


def test_it_is_said_in_the_language_of_the_admin(admin_client):
    page = submitted(admin_client, "ar")
    said = press_publish(admin_client, of(page, "ar"), language="es")
    assert said == "No se ha publicado en árabe: faltan 2 fragmentos por traducir."


def test_a_plain_page_waits_too(admin_client):
    page = StandardPageFactory(title="Acerca de")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    admin_client.post(url, {"locales": [locale_of("pt").pk]})
    press_publish(admin_client, of(page, "pt"))
    assert not of(page, "pt").live


def test_an_editor_of_pieces_that_outlives_the_original_publishes_nothing(admin_client):
    page = submitted(admin_client, "fr")
    french = of(page, "fr")
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert press_publish(admin_client, french).endswith("Perhaps its original was deleted.")
    assert not of(page, "fr").live


@pytest.fixture
def restriction(admin_client) -> PageViewRestriction:
    """Of a page that is published in French whole, while its original is open to all."""
    page = submitted(admin_client, "fr")
    translate(page, "fr", "Une {}")
    press_publish(admin_client, of(page, "fr"))
    restriction = PageViewRestriction.objects.create(page=of(page, "fr"), restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Reviewers"))
    return restriction


def assert_kept(restriction: PageViewRestriction) -> None:
    kept = PageViewRestriction.objects.get(page=restriction.page_id)
    assert (kept.restriction_type, kept.groups.get().name) == (PageViewRestriction.GROUPS, "Reviewers")


@pytest.mark.parametrize("fields", [{}, {"publish_translations": "on"}], ids=["sync", "sync and publish"])
def test_no_sync_makes_a_private_page_public(admin_client, restriction, fields):
    page = restriction.page.get_translation(locale_of("es"))
    sync(admin_client, page, **fields)
    assert_kept(restriction)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)  # which is weaker
    sync(admin_client, page, **fields)
    assert_kept(restriction)


def test_nor_does_who_publishes_it(admin_client, restriction):
    assert "Published" in press_publish(admin_client, restriction.page)
    assert_kept(restriction)
    StringTranslation.objects.all().delete()
    Page.objects.filter(pk=restriction.page_id).update(live=False)
    assert "2 pieces" in press_publish(admin_client, of(restriction.page, "fr"))
    assert_kept(restriction)


def test_nor_does_who_deletes_the_original(admin_client, restriction):
    Page.objects.filter(pk=restriction.page_id).update(live=False)
    page = restriction.page.get_translation(locale_of("es"))
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert_kept(restriction)


def test_a_translation_of_a_private_page_is_private(admin_client):
    page = submitted(admin_client, "fr")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    sync(admin_client, page)
    assert PageViewRestriction.objects.filter(page=of(page, "fr")).exists()


def close(page, *groups: str) -> PageViewRestriction:
    """To all but these groups."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
    return restriction


def groups_of(page, code: str) -> list[str]:
    """Who alone sees the page in this language."""
    restriction = PageViewRestriction.objects.get(page=of(page, code), restriction_type=PageViewRestriction.GROUPS)
    return sorted(restriction.groups.values_list("name", flat=True))


@pytest.mark.parametrize("how", ["sync", "publish", "delete the original"])
def test_who_may_see_the_original_may_see_its_translation(admin_client, how):
    page = submitted(admin_client, "fr")
    close(page, "Editors", "Reviewers")
    if how == "sync":
        sync(admin_client, page)
    elif how == "publish":
        translate(page, "fr")
        press_publish(admin_client, of(page, "fr"))
    else:
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert groups_of(page, "fr") == ["Editors", "Reviewers"]


def test_a_page_that_was_closed_to_all_is_opened_to_those_groups(admin_client):
    page = submitted(admin_client, "fr", "pt")
    for code in ("fr", "pt"):
        close(of(page, code))  # as the hub once left it
    sync(admin_client, page)
    assert (groups_of(page, "fr"), groups_of(page, "pt")) == ([], [])  # open to all it never was
    close(page, "Reviewers")
    sync(admin_client, page)
    assert (groups_of(page, "fr"), groups_of(page, "pt")) == (["Reviewers"], ["Reviewers"])


def test_a_sync_publishes_what_is_whole(admin_client):
    page = submitted(admin_client, "pt", "ar")
    translate(page, "pt", "Em português")
    messages = sync(admin_client, page, publish_translations="on")
    assert messages[-1:] == ["Not published in Arabic: 2 pieces are still to be translated."]
    assert (of(page, "pt").live, of(page, "ar").live) == (True, False)


def test_a_sync_leaves_what_is_published_as_it_was(admin_client):
    page = submitted(admin_client, "ar")
    translate(page, "ar", "نص")
    press_publish(admin_client, of(page, "ar"))
    page.title = "Otro nombre"
    page.save_revision().publish()
    assert "1 piece is still" in sync(admin_client, page, publish_translations="on")[-1]
    press_publish(admin_client, of(page, "ar"))
    assert (of(page, "ar").title, of(page, "ar").live) == ("نص", True)


def test_what_was_emptied_on_the_original_goes_with_the_next_publishing(admin_client):
    page = WORK_FACTORIES["programme"](cost_notes="Mucho", body=[("paragraph", RichText("<p>Un texto</p>"))])
    submit(admin_client, page, "fr")
    translate(page, "fr", "Une {}")
    press_publish(admin_client, of(page, "fr"))
    page.cost_notes, page.body = "", []
    page.save_revision().publish()
    sync(admin_client, page)
    press_publish(admin_client, of(page, "fr"))
    french = of(page, "fr").specific
    assert (french.cost_notes, len(french.body)) == ("", 0)


def test_a_sync_publishes_only_where_one_may_publish(admin_client):
    page = submitted(admin_client, "pt")
    translate(page, "pt", "Em português")
    translator = User.objects.create_user("translator")
    group = Group.objects.create(name="Translators")
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", "submit_translation")))
    for right in Permission.objects.filter(codename__in=("add_page", "change_page")):
        GroupPagePermission.objects.create(group=group, page=home_page("pt"), permission=right)
    translator.groups.add(group)
    admin_client.force_login(translator)

    messages = sync(admin_client, page, publish_translations="on", next="/admin/")
    assert messages[-1:] == ["Not published in Portuguese: that needs the right to publish there."]
    assert not of(page, "pt").live


def test_what_is_chosen_in_a_list_waits_too(admin_client):
    page = submitted(admin_client, "pt")
    draft = of(page, "pt")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{address}?id={draft.pk}&next=/admin/", follow=True, headers={"accept-language": "en"})
    assert "2 pieces are still to be translated" in answer.content.decode()
    assert not of(page, "pt").live
    translate(page, "pt", "Em português")
    admin_client.post(f"{address}?id={draft.pk}&next=/admin/")
    assert of(page, "pt").live


def test_whoever_publishes_a_draft_it_waits(admin_client, caplog):
    page = submitted(admin_client, "pt")
    of(page, "pt").get_latest_revision().publish()
    assert not of(page, "pt").live
    assert "2 pieces of it are not translated" in caplog.text
    Translation.objects.update(enabled=False)  # from now on it is written as any page
    of(page, "pt").get_latest_revision().publish()
    assert of(page, "pt").live
