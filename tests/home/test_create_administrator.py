import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.utils import translation

from home.management.commands.create_administrator import random_password

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("create_administrator", stdout=out)
    return out.getvalue()


def test_the_printed_password_opens_the_admin(client):
    password = re.search(r"password: (\S+)", run())[1]
    assert client.login(username="admin", password=password)
    assert get_user_model().objects.get().is_superuser


def test_says_and_changes_nothing_where_somebody_administers_the_hub():
    get_user_model().objects.create_superuser("rosa", password="of her own")
    assert run() == ""
    assert get_user_model().objects.count() == 1


def test_says_the_password_once():
    assert "password" in run()
    assert run() == ""


def test_an_inactive_admin_stays_as_it_is():
    old = get_user_model().objects.create_superuser("admin", password="of old", is_active=False)
    assert "admin-" in run()
    old.refresh_from_db()
    assert not old.is_active


def test_passwords_differ_and_are_strong():
    passwords = {random_password() for _ in range(100)}
    assert len(passwords) == 100
    for password in passwords:
        validate_password(password)
