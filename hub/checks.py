"""Guardrails: what every process looks at when it starts, so that a slip of settings or code is told, not met.

Errors stop a command, as they would break what the hub promises; warnings name what an operator has to mend.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.http.request import split_domain_port
from modeltranslation.translator import translator
from wagtail.models import get_page_models

from resources.models.translated import TranslatedPage
from search.engines import get_engine
from search.engines.base import EngineError
from search.languages import LOCALES

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


@register(Tags.translation)
def languages_agree(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Pages, terms and search have the same languages in the same order, and translations are drafts at first."""
    found: list[CheckMessage] = []
    lists = {
        "LANGUAGES": [code for code, _name in settings.LANGUAGES],
        "WAGTAIL_CONTENT_LANGUAGES": [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES],
        "MODELTRANSLATION_LANGUAGES": list(settings.MODELTRANSLATION_LANGUAGES),
    }
    for name, codes in lists.items():
        if codes != list(LOCALES):
            found.append(Error(f"{name} is not {', '.join(LOCALES)}, as search/languages.py has it.", id="hub.E001"))
    if LOCALES[0] != settings.LANGUAGE_CODE:
        found.append(Error(f"LANGUAGE_CODE is not {LOCALES[0]}.", id="hub.E001"))
    if getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        hint = "Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False."
        found.append(Error("Submitting a page for translation would publish it untranslated.", hint, id="hub.E002"))
    if getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True):
        hint = "Set WAGTAIL_ALLOW_UNICODE_SLUGS = False: wagtail-localize discards slugs in Arabic."
        found.append(Error("Addresses of pages could have other letters than those of ASCII.", hint, id="hub.E003"))
    return found


@register(Tags.models)
def pages_are_no_aliases(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Every page type refuses aliases and untranslated pieces."""
    hint = "Let it inherit from resources.models.translated.TranslatedPage."
    ours = (model for model in get_page_models() if model._meta.app_label in ("home", "resources"))
    return [
        Error("This page type could show text as if it were in a language it is not in.", hint, model, id="hub.E004")
        for model in ours
        if not issubclass(model, TranslatedPage)
    ]


@register(Tags.models)
def terms_are_edited_by_language(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """No form has the field "name" of a term beside "name_es": it would overwrite that of the editor's language."""
    found: list[CheckMessage] = []
    for model in translator.get_registered_models(abstract=False):
        viewset = getattr(model, "snippet_viewset", None)
        if viewset is None:
            continue
        translated = set(translator.get_options_for_model(model).all_fields)
        for name in sorted(translated & set(_fields_of(viewset.get_edit_handler()))):
            hint = f"Name its panels {', '.join(f'{name}_{code}' for code in LOCALES)}."
            found.append(Error(f"The form has a panel for “{name}” in no language.", hint, model, id="hub.E005"))
    return found


def _fields_of(panel: object) -> Iterator[str]:
    """Names of the fields that have a panel in `panel`."""
    if name := getattr(panel, "field_name", ""):
        yield name
    for child in getattr(panel, "children", ()):
        yield from _fields_of(child)


@register("search")
def search_has_an_address(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """SEARCH_URL can be read. No more than a warning: the hub lists works by title without its search."""
    try:
        get_engine()
    except EngineError as error:
        return [Warning(str(error), id="hub.W001")]
    return []


@register(Tags.security, deploy=True)
def the_public_can_reach_it(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """A public server knows its name, and the address that mails to editors and sitemaps give."""
    found: list[CheckMessage] = []
    if not set(settings.ALLOWED_HOSTS) - LOOPBACK:
        hint = "Set HUB_HOSTS to the names by which readers reach the hub, separated by commas."
        found.append(Warning("Only this machine can reach the hub.", hint, id="hub.W002"))
    # Django's own reading of a Host header: what differs from it is the name of no request.
    for host in settings.ALLOWED_HOSTS:
        if host != "*" and split_domain_port(host) != (host.lower(), ""):
            hint = "Write names alone in HUB_HOSTS, without https://, port or slash: hub.example.org,www.example.org"
            found.append(Warning(f"“{host}” is not the name of a host.", hint, id="hub.W004"))
    address = settings.WAGTAILADMIN_BASE_URL
    schemes = ("https://",) if settings.HUB_HTTPS else ("https://", "http://")
    if not address.startswith(schemes):
        hint = "Set HUB_BASE_URL, for example https://hub.example.org."
        found.append(Warning("Mails to editors would have links that lead nowhere.", hint, id="hub.W003"))
    static = Path(settings.STATIC_ROOT)
    if not static.is_relative_to(settings.HUB_DATA) and not (static / "staticfiles.json").is_file():
        hint = "Run manage.py collectstatic --noinput, or leave HUB_STATIC empty."
        found.append(Warning(f"HUB_STATIC={static} has no static files.", hint, id="hub.W005"))
    from home.serving import port_from_environment  # not above: it loads the web server

    try:
        port_from_environment()
    except ValueError:
        hint = "Take a number from 1024 to 65535."
        found.append(Warning(f"PORT={os.environ['PORT']} is no port.", hint, id="hub.W006"))
    return found
