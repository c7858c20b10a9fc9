"""Who is asked for a password or an account sees the hub, in their language, with the way out."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from search.languages import LOCALES, direction
from tests.factories import WORK_FACTORIES

pytestmark = pytest.mark.django_db
WORDS = {  # of the button
    "password": {"es": "Continuar", "en": "Continue", "fr": "Continuer", "pt": "Continuar", "ar": "متابعة"},
    "login": {"es": "Iniciar sesión", "en": "Log in", "fr": "Se connecter", "pt": "Entrar", "ar": "تسجيل الدخول"},
}


def framed(answer, locale: str) -> BeautifulSoup:
    page = BeautifulSoup(answer.content, "html.parser")
    assert (page.html["lang"], page.html["dir"]) == (locale, direction(locale))
    assert page.select_one("a.leave[href]")
    assert page.select_one("link[rel=stylesheet]")
    assert page.select_one("meta[name=viewport]")
    for field in page.select("main input:not([type=hidden])"):
        assert page.select_one(f'main label[for="{field["id"]}"]').get_text(strip=True)
    return page


def restricted(locale: str, restriction_type: str):
    page = WORK_FACTORIES["practice"](title="Secreto", slug="secreto", language=locale)
    PageViewRestriction.objects.create(page=page, restriction_type=restriction_type, password="palabra")
    return page


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_with_a_password(client, locale):
    work = restricted(locale, PageViewRestriction.PASSWORD)
    page = framed(client.get(work.url), locale)
    assert page.select_one("main button").get_text(strip=True) == WORDS["password"][locale]
    assert "Secreto" not in page.get_text()
    assert {link["hreflang"] for link in page.select(".language-menu a")} == set(LOCALES) - {locale}
    form = page.select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    refused = framed(client.post(form["action"], {**fields, "password": "otra"}), locale)
    field = refused.select_one("input[type=password]")
    assert field["aria-invalid"] == "true"
    assert refused.select_one(f"#{field['aria-describedby']}").get_text(strip=True)
    answer = client.post(form["action"], {**fields, "password": "palabra"}, follow=True)
    assert "Secreto" in answer.content.decode()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_for_accounts(client, locale):
    work = restricted(locale, PageViewRestriction.LOGIN)
    answer = client.get(work.url, follow=True)
    assert answer.redirect_chain
    page = framed(answer, locale)
    assert page.select_one("main button").get_text(strip=True) == WORDS["login"][locale]
    form = page.select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    refused = framed(client.post(form["action"], {**fields, "username": "ana", "password": "x"}), locale)
    assert refused.select_one("[role=alert]").get_text(strip=True)
    User.objects.create_user("ana", password="palabra")
    answer = client.post(form["action"], {**fields, "username": "ana", "password": "palabra"}, follow=True)
    assert "Secreto" in answer.content.decode()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_document_with_a_password(client, locale, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection = root.add_child(name="Editors")
    kind = CollectionViewRestriction.PASSWORD
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password="palabra")
    document = get_document_model()(title="Secreto", collection=collection)
    document.file.save("secreto.txt", ContentFile(b"for some"), save=False)
    document.save()
    page = framed(client.get(document.url, headers={"accept-language": locale}), locale)
    assert page.select_one("main button").get_text(strip=True) == WORDS["password"][locale]
    assert not page.select(".language-menu")  # a document is at one address
    form = page.select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    answer = client.post(form["action"], {**fields, "password": "palabra"}, follow=True)
    assert answer.getvalue() == b"for some"
