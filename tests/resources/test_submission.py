"""A page is sent to translation as it is now, by people who may see it, into languages in which they may add pages."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import Translation

from resources import submission
from resources.models import CatalogueIndexPage, PracticePage
from tests.factories import WORK_FACTORIES, locale_of
from tests.resources.test_translation_workflow import submit
from tests.resources.test_untranslated import close, groups_of, of, translate
from tests.tree import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    """In Spanish, under a list that is in no other language."""
    section = CatalogueIndexPage(type="practice", title="Más prácticas", slug="mas-practicas", locale=locale_of("es"))
    home_page("es").add_child(instance=section)
    page = PracticePage(title="Una práctica", summary="Qué es.", locale=locale_of("es"))
    section.add_child(instance=page)
    return page


def send(client, page, *codes: str, **fields):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    locales = [locale_of(code).pk for code in codes]
    return client.post(address, {"locales": locales, **fields}, headers={"accept-language": "en"})


def offered(client, page) -> set[str]:
    """Codes of the languages that the form offers."""
    answer = client.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    return {locale.language_code for locale in answer.context["form"].fields["locales"].queryset}


def exists(page, code: str) -> bool:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale_of(code)).exists()


def sign_in(client, rights: dict[Page, tuple[str, ...]]) -> None:
    """As somebody who can submit translations and has these rights to the pages and those below them."""
    group = Group.objects.create(name="Translators")
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", "submit_translation")))
    for page, codenames in rights.items():
        for right in Permission.objects.filter(codename__in=codenames):
            GroupPagePermission.objects.create(group=group, page=page, permission=right)
    user = User.objects.create_user("translator")
    user.groups.add(group)
    client.force_login(user)


def test_a_page_is_sent_as_it_is_now(admin_client):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    submit(admin_client, page, "en")
    translate(page, "en")
    page.title = "Otra práctica"
    page.save_revision().publish()
    submit(admin_client, page, "fr")
    assert of(page, "fr").title == "Otra práctica"
    assert Translation.objects.get(target_locale=locale_of("en")).get_progress() == (2, 1)


def test_so_are_the_pages_below_it(admin_client, practice):
    send(admin_client, practice, "en")
    practice.title = "Otra práctica"
    practice.save_revision().publish()
    send(admin_client, practice.get_parent(), "fr", include_subtree="on")
    assert of(practice, "fr").title == "Otra práctica"


def test_a_page_below_a_private_list_is_as_private_as_its_original(admin_client, practice):
    send(admin_client, practice.get_parent(), "pt")
    close(of(practice.get_parent(), "pt"), "Translators")
    close(practice, "Editors")
    send(admin_client, practice, "pt")
    assert groups_of(practice, "pt") == ["Editors"]


def test_a_page_that_is_private_stays_so_when_it_is_sent_with_its_new_list(admin_client, practice):
    send(admin_client, practice, "fr")
    close(of(practice, "fr"), "Reviewers")
    section = CatalogueIndexPage(type="practice", title="Otras prácticas", locale=locale_of("es"))
    home_page("es").add_child(instance=section)
    practice.move(section, pos="last-child")
    send(admin_client, section, "fr", include_subtree="on")
    assert exists(section, "fr")
    assert groups_of(practice, "fr") == ["Reviewers"]


def test_many_pages_are_not_sent_at_once(admin_client, practice, monkeypatch):
    monkeypatch.setattr(submission, "MOST_BELOW", 0)
    section = practice.get_parent()
    address = reverse("wagtail_localize:submit_page_translation", args=[section.pk])
    assert "At most 0 pages" in admin_client.get(address, headers={"accept-language": "en"}).content.decode()
    send(admin_client, section, "fr", include_subtree="on")
    assert exists(section, "fr")
    assert not exists(practice, "fr")


def test_a_translator_sends_pages_into_their_own_language(client, practice):
    sign_in(client, {home_page("es"): ("change_page",), home_page("pt"): ("add_page", "change_page")})
    for page in (practice, WORK_FACTORIES["programme"]()):  # without a list in Portuguese, and with one
        assert offered(client, page) == {"pt"}
        assert send(client, page, "fr").status_code == 200
        assert not exists(page, "fr")
        assert send(client, page, "pt").status_code == 302
        assert exists(page, "pt")


def test_nobody_sends_pages_that_they_may_not_see(client, practice):
    sign_in(client, {home_page("pt"): ("add_page", "change_page")})
    send(client, practice, "pt")
    assert not exists(practice, "pt")


def test_nor_with_a_list_that_they_only_pass_through(client, practice):
    section = practice.get_parent()
    other = PracticePage(title="Otra práctica", summary="Qué es.", locale=locale_of("es"))
    section.add_child(instance=other)
    sign_in(client, {practice: ("change_page",), home_page("pt"): ("add_page", "change_page")})
    address = reverse("wagtail_localize:submit_page_translation", args=[section.pk])
    assert client.get(address).context["form"]["include_subtree"].is_hidden
    send(client, section, "pt", include_subtree="on")
    assert (exists(section, "pt"), exists(practice, "pt"), exists(other, "pt")) == (True, False, False)


def test_who_may_change_a_list_sends_what_is_below(client, practice):
    sign_in(client, {practice.get_parent(): ("change_page",), home_page("pt"): ("add_page", "change_page")})
    send(client, practice.get_parent(), "pt", include_subtree="on")
    assert exists(practice, "pt")


def test_whoever_may_add_pages_in_all_trees_sends_into_all_languages(client, practice):
    sign_in(client, {home_page("es").get_parent(): ("add_page",)})
    assert offered(client, practice) == {"en", "fr", "pt", "ar"}
