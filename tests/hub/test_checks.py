"""The guardrails tell what they guard; that nothing is wrong now is told by `make check`."""

import pytest
from django.core.checks import run_checks
from wagtail.admin.panels import FieldPanel, ObjectList

from hub import checks
from resources.models import Sector


def told(deploy: bool = False) -> dict[str, str]:
    """Id to message of what the checks of the hub find."""
    return {one.id: one.msg for one in run_checks(include_deployment_checks=deploy) if one.id.startswith("hub.")}


def test_nothing_is_wrong():
    assert told() == {}


@pytest.mark.parametrize(
    ("name", "value", "id"),
    [
        ("LANGUAGES", [("en", "English"), ("es", "Spanish")], "hub.E001"),
        ("WAGTAIL_CONTENT_LANGUAGES", [("es", "Spanish")], "hub.E001"),
        ("MODELTRANSLATION_LANGUAGES", ("es", "en", "fr", "ar", "pt"), "hub.E001"),
        ("LANGUAGE_CODE", "en", "hub.E001"),
        ("WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True, "hub.E002"),
        ("WAGTAIL_ALLOW_UNICODE_SLUGS", True, "hub.E003"),
        ("SEARCH_URL", "ftp://nowhere", "hub.W001"),
    ],
)
def test_a_setting_that_breaks_a_promise_is_told(settings, name, value, id):
    setattr(settings, name, value)
    assert list(told()) == [id]


def test_a_page_type_that_may_be_an_alias_is_told(monkeypatch):
    monkeypatch.setattr(checks, "TranslatedPage", type("TranslatedPage", (), {}))
    found = [one.obj.__name__ for one in run_checks() if one.id == "hub.E004"]
    assert {"ProgrammePage", "CatalogueIndexPage", "HomePage"} <= set(found)


def test_a_form_with_a_name_in_no_language_is_told(monkeypatch):
    handler = ObjectList([FieldPanel("key"), FieldPanel("name"), FieldPanel("name_es")])
    monkeypatch.setattr(type(Sector.snippet_viewset), "get_edit_handler", lambda viewset: handler)
    assert told() == {"hub.E005": "The form has a panel for “name” in no language."}


@pytest.fixture
def public(settings):
    """A server that has all it needs."""
    settings.ALLOWED_HOSTS, settings.WAGTAILADMIN_BASE_URL = ["hub.example.org"], "https://hub.example.org"
    assert told(deploy=True) == {}


def test_static_files_that_nobody_has_collected_are_told(public, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    assert told(deploy=True) == {"hub.W005": f"HUB_STATIC={tmp_path}/static has no static files."}
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    assert told(deploy=True) == {}


def test_a_port_that_is_none_is_told(public, monkeypatch):
    monkeypatch.setenv("PORT", "x")
    assert told(deploy=True) == {"hub.W006": "PORT=x is no port."}


@pytest.mark.parametrize(
    ("hosts", "https", "address", "ids"),
    [
        (["hub.example.org"], True, "https://hub.example.org", []),
        (["hub.example.org"], False, "http://127.0.0.1:8000", []),
        (["localhost", "127.0.0.1"], True, "https://hub.example.org", ["hub.W002"]),
        (["hub.example.org"], True, "http://127.0.0.1:8000", ["hub.W003"]),
        (["hub.example.org"], False, "hub.example.org", ["hub.W003"]),
        (["*", ".example.org", "[::1]", "HUB.example.org"], True, "https://hub.example.org", []),
        (["https://hub.example.org/"], True, "https://hub.example.org", ["hub.W004"]),
        (["hub.example.org/"], True, "https://hub.example.org", ["hub.W004"]),
        (["hub.example.org www.example.org"], True, "https://hub.example.org", ["hub.W004"]),
    ],
)
def test_a_server_that_the_public_cannot_reach_is_told(settings, hosts, https, address, ids):
    settings.ALLOWED_HOSTS, settings.HUB_HTTPS, settings.WAGTAILADMIN_BASE_URL = hosts, https, address
    assert list(told(deploy=True)) == ids
    assert told() == {}
