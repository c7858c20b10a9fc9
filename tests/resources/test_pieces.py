"""What translators enter is taken where a page has room for it."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from tests.factories import WORK_FACTORIES
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(admin_client):
    """Sent to translation into French."""
    page = WORK_FACTORIES["practice"](title="Una práctica", body=[("paragraph", RichText("<p>El trabajo</p>"))])
    submit(admin_client, page, "fr")
    del admin_client.cookies["messages"]  # which says so
    return page


def put(client, path: str, value: str):
    translation = Translation.objects.get()
    piece = translation.source.stringsegment_set.get(context__path__startswith=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, piece.pk])
    return client.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(("path", "most"), [("title", 255), ("summary", 600)])
def test_a_piece_is_no_longer_than_its_field(admin_client, page, path, most):
    refused = put(admin_client, path, "x" * (most + 1))
    assert refused.status_code == 400
    assert str(most) in refused.json()["value"][0]
    assert put(admin_client, path, "&" * 200 + "<!-- -->").status_code == 400  # it is stored as &amp;
    assert not StringTranslation.objects.exists()
    assert put(admin_client, path, "x" * most).status_code == 201


def test_a_piece_of_the_text_is_as_long_as_it_is(admin_client, page):
    assert put(admin_client, "body", "x" * 1000).status_code == 201
