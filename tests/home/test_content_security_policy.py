"""Pages of readers run the scripts of the hub only, wherever they are shown; the admin has some within its pages."""

import pytest
from django.urls import reverse

from tests.factories import WORK_FACTORIES

pytestmark = pytest.mark.django_db


def directives(answer) -> dict[str, str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part)


@pytest.mark.parametrize("address", ["/es/search/", "/es/nothing/here/", "/media/images/nothing.png"])
def test_readers_are_sent_a_policy(client, address):
    sent = directives(client.get(address))
    assert sent["default-src"] == "'self'"  # and thereby of scripts
    assert not {"script-src", "script-src-elem", "script-src-attr"} & sent.keys()
    assert (sent["object-src"], sent["base-uri"]) == ("'none'", "'none'")


def test_so_is_whoever_sees_a_preview(admin_client):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    page.save_revision()
    answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert b'class="record"' in answer.content
    assert directives(answer)["default-src"] == "'self'"


def test_the_admin_is_sent_none(admin_client):
    assert directives(admin_client.get(reverse("wagtailadmin_home"))) == {}
