"""The tree that pages of tests hang in: homes and sections in all five locales, made when first asked for."""

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from resources import models
from search.languages import LOCALES

ROOT_DEPTH = 1


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


def _make_translations(make) -> None:
    first = None
    for code in LOCALES:
        page = make(code)
        page.locale = locale_of(code)
        if first:
            page.translation_key = first.translation_key
        home_page(code).add_child(instance=page)
        first = first or page
