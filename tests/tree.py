"""The tree that pages of tests hang in: homes and sections in all five locales, made when first asked for.

Making it takes longer than most tests that need it. Those marked `planted` share one: it stands in a transaction around
theirs, which ends before any other test.
"""

from contextlib import ExitStack

import pytest
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from resources import models
from search.languages import LOCALES

ROOT_DEPTH = 1
INDEXED = tuple(model.type_id for model in models.PAGE_MODELS)  # types of works, each with a list


def locale_of(code: str) -> Locale:
    """The content locale with this language code."""
    return Locale.objects.get_or_create(language_code=code)[0]


def home_page(code: str = "es") -> HomePage:
    """The home page of a locale; the first call makes all five and the site."""
    if not HomePage.objects.exists():
        _make_homes()
    return HomePage.objects.get(locale__language_code=code)


def _make_homes() -> None:
    # A test that really commits is followed by empty tables, without the root that Wagtail's migrations made.
    root = Page.objects.filter(depth=ROOT_DEPTH).first() or Page.add_root(
        title="Root", slug="root", locale=locale_of(LOCALES[0])
    )
    for welcome in root.get_children():
        welcome.delete()
    first = None
    for code in LOCALES:
        page = HomePage(title=f"INSPIRE {code}", slug=f"home-{code}", locale=locale_of(code))
        if first:
            page.translation_key = first.translation_key
        Page.objects.get(depth=ROOT_DEPTH).add_child(instance=page)
        first = first or page
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", site_name="INSPIRE", root_page=first, is_default_site=True)


def index_page(type_id: str, code: str = "es") -> models.CatalogueIndexPage:
    """The index page of a type in a locale, at /<code>/<type>-list-<code>/; the first call makes all five."""
    found = models.CatalogueIndexPage.objects.filter(type=type_id)
    if not found.exists():
        _make_translations(
            lambda locale: models.CatalogueIndexPage(
                type=type_id, title=f"{type_id.title()} list {locale}", slug=f"{type_id}-list-{locale}"
            )
        )
    return found.get(locale__language_code=code)


def helplines_page(code: str = "es") -> models.HelplinesPage:
    """The page of helplines in a locale; the first call makes all five."""
    if not models.HelplinesPage.objects.exists():
        _make_translations(lambda locale: models.HelplinesPage(title=f"Helplines {locale}", slug=f"helplines-{locale}"))
    return models.HelplinesPage.objects.get(locale__language_code=code)


class Plantation:
    """The tree that the tests marked `planted` share; `blocker` gives access to the database of this process."""

    def __init__(self, blocker) -> None:
        self._blocker = blocker
        self._around: ExitStack | None = None

    def fit(self, test: pytest.Item) -> None:
        """Let the tree stand for `test`, or not."""
        if test.get_closest_marker("planted"):
            self.plant()
        else:
            self.clear()

    def plant(self) -> None:
        if self._around is None:
            self._around = ExitStack()
            with self._blocker.unblock():
                self._around.enter_context(transaction.atomic())
                for type_id in INDEXED:
                    index_page(type_id)
                helplines_page()

    def clear(self) -> None:
        if self._around is not None:
            around, self._around = self._around, None
            with self._blocker.unblock():
                transaction.set_rollback(True)
                around.close()


def _make_translations(make) -> None:
    first = None
    for code in LOCALES:
        page = make(code)
        page.locale = locale_of(code)
        if first:
            page.translation_key = first.translation_key
        home_page(code).add_child(instance=page)
        first = first or page
