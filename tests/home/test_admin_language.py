"""The admin speaks the five languages: Wagtail's own words and ours."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

pytestmark = pytest.mark.django_db

# A word of Wagtail's catalogue and one of ours, in the menu.
WORDS = {
    "es": ("Páginas", "Vocabularios"),
    "en": ("Pages", "Vocabularies"),
    "fr": ("Pages", "Vocabulaires"),
    "pt": ("Páginas", "Vocabulários"),
    "ar": ("الصفحات", "قوائم المصطلحات"),
}


def menu(client, **headers) -> str:
    response = client.get(reverse("wagtailadmin_home"), headers=headers)
    assert response.status_code == 200
    return response.content.decode().encode().decode("unicode_escape", "ignore") + response.content.decode()


@pytest.mark.parametrize("code", ["es", "en", "fr", "pt", "ar"])
def test_the_browsers_language_is_that_of_the_admin(admin_client, code):
    html = menu(admin_client, **{"accept-language": code})
    assert 'dir="rtl"' in html if code == "ar" else 'dir="rtl"' not in html
    for word in WORDS[code]:
        assert word in html, word


@pytest.mark.parametrize(("chosen", "code"), [("es", "es"), ("pt-br", "pt"), ("ar", "ar")])
def test_the_language_chosen_in_the_account_comes_first(admin_client, admin_user, chosen, code):
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": chosen})
    html = menu(admin_client, **{"accept-language": "en"})
    for word in WORDS[code]:
        assert word in html, word


def test_all_five_can_be_chosen(admin_client):
    html = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    for code in ("es", "en", "fr", "pt-br", "ar"):
        assert f'<option value="{code}"' in html
