"""What frames every page for readers: navigation, footer, the language menu, canonical link and hreflang.

Three queries a page: the structure of the site in all locales, what of it is restricted, and the translations of the
page.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import StandardPage
from resources import cldr
from resources.models import CatalogueIndexPage, HelplinesPage
from resources.models.routing import reader_locale
from resources.record.shape import Item
from resources.record.texts import website
from resources.structure import SECTION_DEPTH, Section, structure_of
from search.languages import LOCALES, best_locale, direction

# Names of the five languages in themselves, as settings.LANGUAGES has them in the reader's.
ENDONYMS = {code: cldr.language(code, code).capitalize() for code in LOCALES}


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the navigation: `current` is "page" on that very page, "true" below it, else "".

    `lang` is the language of the title, "" for that of the reader.
    """

    title: str
    lang: str
    url: str
    current: str = ""

    @property
    def dir(self) -> str:
        return direction(self.lang)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """An entry of the language menu: `note` says in which other language the text will be shown."""

    code: str
    name: str
    url: str
    note: str
    current: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """A translation of the page for search engines."""

    hreflang: str
    url: str


def site_frame(request: HttpRequest) -> dict:
    """The variables of base.html for the page of `request`."""
    locale = reader_locale()
    structure = structure_of(request)
    shown = [section for section in structure.sections if structure.is_public(section)]
    route = getattr(request, "_wagtail_route_for_request", None)
    page = route.page if route else None
    pages = _translations(request, page) if page else _translated_view(request, locale)
    own_path = pages.get(page.locale.language_code if page else locale, "")
    return {
        "home_url": f"/{locale}/",
        "search_url": f"/{locale}{_search_path()}",
        "nav": _navigation(shown, locale, request.path),
        "footer_links": _footer(shown, locale),
        "contact": _contact(*structure.contact),
        "languages_menu": _language_menu(request, locale, page, pages),
        "canonical_url": request.build_absolute_uri(own_path) if own_path else "",
        "alternates": _alternates(request, pages),
    }


def _search_path() -> str:
    return reverse("search").removeprefix(f"/{reader_locale()}")


def _in_locale(sections: list[Section], locale: str, *models: type[Page]) -> list[Section]:
    """One section a translation key: in `locale` where it exists, else in the first language of the fallback order."""
    found: dict[object, dict[str, Section]] = {}
    for section in sections:
        if section.depth == SECTION_DEPTH and section.model in models:
            found.setdefault(section.translation_key, {})[section.locale] = section
    return [translations[best_locale(translations, locale)] for translations in found.values()]


def _navigation(sections: list[Section], locale: str, path: str) -> list[NavLink]:
    links = []
    for section in _in_locale(sections, locale, CatalogueIndexPage, HelplinesPage):
        url = f"/{locale}/{section.slug}/"
        current = "page" if path == url else "true" if path.startswith(url) else ""
        links.append(NavLink(*_title(section, locale), url, current))
    return links


def _footer(sections: list[Section], locale: str) -> list[NavLink]:
    linked = [section for section in sections if section.place != StandardPage.Place.NONE]
    chosen = _in_locale(linked, locale, HelplinesPage, StandardPage)
    return [NavLink(*_title(section, locale), f"/{locale}/{section.slug}/") for section in chosen]


def _title(section: Section, locale: str) -> tuple[str, str]:
    """The title and its language, "" for `locale`: types of works have a name in every language."""
    if section.locale == locale:
        return section.title, ""
    if section.type:
        return str(CatalogueIndexPage.Type(section.type).label), ""
    return section.title, section.locale


def _contact(email: str, page: str) -> Item | None:
    return Item(email, f"mailto:{quote(email, safe='@')}") if email else website(page)


def _translations(request: HttpRequest, page: Page) -> dict[str, str]:
    """Locale to public path of every page, published and unrestricted, that is a translation of `page`."""
    pages = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    shown = (found for found in pages if structure_of(request).is_public(found))
    return {found.locale.language_code: found.get_url(request) for found in shown}


def paths_of_view(path: str, locale: str) -> dict[str, str]:
    """Locale to the path of a view, no page of Wagtail's, that has `path` in `locale`."""
    return {code: f"/{code}{path.removeprefix(f'/{locale}')}" for code in LOCALES}


def _translated_view(request: HttpRequest, locale: str) -> dict[str, str]:
    """Locale to path of what is no page of Wagtail but in every language, and for search engines to find."""
    match = request.resolver_match
    if match is None or match.view_name not in ("organisation", "organisations"):
        return {}
    return paths_of_view(request.path, locale)


def _language_menu(request: HttpRequest, locale: str, page: Page | None, pages: dict[str, str]) -> list[LanguageLink]:
    query = request.META.get("QUERY_STRING", "")
    links = []
    for code in LOCALES:
        note = ""
        if not page:
            path = paths_of_view(request.path, locale)[code]
        elif code in pages:
            path = pages[code]
        else:
            path = _fallback_path(request, page, code, pages)
            if pages:
                note = _("shown in %(language)s") % {"language": cldr.language(best_locale(pages, code), locale)}
        url = f"{path}?{query}" if query else path
        links.append(LanguageLink(code, ENDONYMS[code], url, note, code == locale))
    return links


def _fallback_path(request: HttpRequest, page: Page, code: str, pages: dict[str, str]) -> str:
    """Where the site of locale `code` shows `page`, which has no translation into it, in the best of `pages`."""
    structure = structure_of(request)
    shown = pages[best_locale(pages, code)] if pages else page.get_url(request)
    slug = shown.rstrip("/").rsplit("/", 1)[-1]
    parent = structure.parent(page)
    return f"{structure.place(parent, code)}{slug}/" if parent else f"/{code}/"


def _alternates(request: HttpRequest, pages: dict[str, str]) -> list[Alternate]:
    """True translations only, plus x-default: the default locale where it has the page, else the best there is."""
    if not pages:
        return []
    alternates = [Alternate(code, request.build_absolute_uri(pages[code])) for code in LOCALES if code in pages]
    default = pages[best_locale(pages, settings.LANGUAGE_CODE)]
    return [*alternates, Alternate("x-default", request.build_absolute_uri(default))]
