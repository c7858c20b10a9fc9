"""What a request changes is changed wholly or not at all; a request that changes nothing opens no transaction."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

pytestmark = pytest.mark.django_db(transaction=True)


def view(request):
    get_user_model().objects.create(username=request.GET["name"])
    if "fail" in request.GET:
        raise KeyError
    return HttpResponse(str(connection.in_atomic_block))


urlpatterns = [path("change", view), *import_module(settings.ROOT_URLCONF).urlpatterns]


@pytest.fixture(autouse=True)
def addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def names() -> set[str]:
    return set(get_user_model().objects.values_list("username", flat=True))


def test_a_change_is_one_transaction():
    client = Client(raise_request_exception=False)
    assert client.post("/change?name=one").content == b"True"
    assert client.post("/change?name=two&fail").status_code == 500
    assert "one" in names()
    assert "two" not in names()


def test_a_reader_waits_for_no_writer(client):
    assert client.get("/change?name=one").content == b"False"


def test_a_request_from_elsewhere_is_refused_before():
    assert Client(enforce_csrf_checks=True).post("/change?name=one").status_code == 403
    assert "one" not in names()
