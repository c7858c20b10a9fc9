"""The admin speaks the five languages: Wagtail's own words and ours."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories import home_page
from tests.resources.admin_form import AdminForm

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


def test_so_does_it_where_somebody_may_not_do_what_they_ask_for(client, django_user_model):
    user = django_user_model.objects.create_user("traductora", password="x")
    user.groups.add(group := Group.objects.create(name="Admin alone"))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="ar")
    client.force_login(user)
    browser = {"accept-language": "es"}
    refused = client.get(
        reverse("wagtail_localize:submit_page_translation", args=[home_page().pk]), headers=browser, follow=True
    )
    messages = BeautifulSoup(refused.content, "html.parser").select_one(".messages").get_text(" ", strip=True)
    assert "ليس لديك صلاحية" in messages
    assert client.get("/es/", headers=browser).headers["content-language"] == "es"


@pytest.mark.parametrize(
    ("code", "label"),
    [("es", "Contraseña"), ("en", "Password"), ("fr", "Mot de passe"), ("pt", "Senha"), ("ar", "رمز المرور")],
)
def test_who_signs_in_is_asked_for_the_password_in_their_language(client, code, label):
    response = client.get(reverse("wagtailadmin_login"), headers={"accept-language": code})
    field = BeautifulSoup(response.content, "html.parser").find("label", attrs={"for": "id_password"})
    assert field.get_text(strip=True).rstrip("*") == label


def test_all_five_can_be_chosen(admin_client):
    html = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    for code in ("es", "en", "fr", "pt-br", "ar"):
        assert f'<option value="{code}"' in html


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("es", ["La página no pudo ser guardada debido a errores de validación.", "Ir al primer error"]),
        ("pt", ["A página não pôde ser salva devido a erros de validação.", "Ir para o primeiro erro"]),
    ],
)
def test_what_wagtail_has_not_translated_is_translated_here(admin_client, code, sentences):
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = code
    form = AdminForm(admin_client, reverse("wagtailadmin_pages:edit", args=[home_page().pk]))
    form.fill(title="")
    html = form.send().content.decode()
    for sentence in sentences:
        assert sentence in html


@pytest.mark.parametrize(("code", "text"), [("es", "Se produjo un error de red."), ("pt", "Ocorreu um erro de rede.")])
def test_so_are_the_words_of_its_javascript(admin_client, code, text):
    script = admin_client.get(reverse("wagtailadmin_javascript_catalog"), headers={"accept-language": code})
    assert f'"A network error occurred.": "{text}"' in script.content.decode()
