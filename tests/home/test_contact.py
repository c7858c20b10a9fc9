"""Readers who are told to report an error find out where."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.defaults import permission_denied

from home.models import Contact
from tests.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.planted]


def contacts(content: bytes) -> list[tuple[str, str]]:
    """Text and address of every link to the team, those of the page before that of its foot."""
    return [(link.get_text(), link["href"]) for link in BeautifulSoup(content, "lxml").select(".contact a")]


@pytest.mark.parametrize(
    ("given", "text", "address"),
    [
        ({"email": "hub@example.org", "page": "https://example.org/form"}, "hub@example.org", "mailto:hub@example.org"),
        ({"page": "https://www.example.org/form"}, "example.org", "https://www.example.org/form"),
    ],
)
def test_the_contact_is_at_the_foot_and_on_the_pages_that_name_it(client, rf, given, text, address):
    page = StandardPageFactory(slug="acerca-de")
    Contact.objects.create(**given)
    assert contacts(client.get("/es/search/").content) == [(text, address)]
    assert contacts(client.get(f"/es/{page.slug}/").content) == [(text, address)] * 2
    refused = permission_denied(rf.get("/es/"), PermissionDenied())
    assert contacts(refused.content) == [(text, address)] * 2


def test_without_a_contact_nothing_is_said(client):
    page = StandardPageFactory(slug="acerca-de")
    for _ in range(2):
        assert contacts(client.get(f"/es/{page.slug}/").content) == []
        Contact.objects.get_or_create()


def test_an_editor_fills_it_in(admin_client, client):
    address = reverse("wagtailsettings:edit", args=["home", "contact"])
    address = admin_client.get(address).url
    assert admin_client.post(address, {"email": "not an address", "page": ""}).status_code == 200
    assert admin_client.post(address, {"email": "hub@example.org", "page": ""}).status_code == 302
    assert contacts(client.get("/es/search/").content) == [("hub@example.org", "mailto:hub@example.org")]
