"""The upper levels of the tree — homes and what lies right below them, in all locales — read once a request."""

from functools import cached_property
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Subquery
from django.http import HttpRequest
from wagtail.models import Locale, Page, PageViewRestriction

from search.languages import best_locale

HOME_DEPTH = 2
SECTION_DEPTH = 3

# What is read of each, in the order of the model; a page made of it reads the rest when asked.
_READ = {
    "id", "path", "depth", "numchild", "url_path", "slug", "title", "live", "alias_of_id", "translation_key",
    "content_type_id",
}  # fmt: skip
_COLUMNS = [field.attname for field in Page._meta.concrete_fields if field.attname in _READ | {"locale_id"}]


class Section:
    """A home or section: what most readers' pages need of it, its `page` where more is needed.

    `place` is where a plain page is linked from, `type` that of the works of a list; None of all others.
    There are some sixty; making each a page would take a fifth of the time of a search page.
    """

    def __init__(self, values: tuple, locale: str, place: str | None, type_id: str | None) -> None:
        self._values = values
        column = dict(zip(_COLUMNS, values, strict=True))
        self.locale = locale
        self.path: str = column["path"]
        self.depth: int = column["depth"]
        self.slug: str = column["slug"]
        self.title: str = column["title"]
        self.live: bool = column["live"]
        self.alias_of_id: int | None = column["alias_of_id"]
        self.translation_key: UUID = column["translation_key"]
        self.place = place
        self.type = type_id
        self._content_type_id: int = column["content_type_id"]

    @property
    def model(self) -> type[Page] | None:
        """The class of the page; None where the code does not know it any more."""
        return ContentType.objects.get_for_id(self._content_type_id).model_class()

    @cached_property
    def page(self) -> Page:
        """The page, of the class Page."""
        page = Page.from_db(DEFAULT_DB_ALIAS, _COLUMNS, self._values)
        page.content_type = ContentType.objects.get_for_id(self._content_type_id)
        page.locale = Locale(pk=page.locale_id, language_code=self.locale)
        return page


def is_shown(page: Page | Section) -> bool:
    """Whether `page` is published. An alias never is: it holds the text of another page, in whatever language."""
    return page.live and not page.alias_of_id


class Structure:
    """Homes and sections of the site as they are when first asked for: one query, and one for the restrictions."""

    @cached_property
    def _rows(self) -> list[tuple]:
        found = Page.objects.filter(depth__in=(HOME_DEPTH, SECTION_DEPTH)).order_by("path")
        contact = apps.get_model("home.Contact").objects.order_by("pk")
        contacts = (Subquery(contact.values(field)[:1]) for field in ("email", "page"))
        own = ("locale__language_code", "standardpage__place", "catalogueindexpage__type")
        return list(found.values_list(*_COLUMNS, *own, *contacts))

    @cached_property
    def sections(self) -> list[Section]:
        """All homes and sections, drafts too, in the order of the tree."""
        return [
            Section(values, locale, place, type_id) for *values, locale, place, type_id, _email, _page in self._rows
        ]

    @property
    def contact(self) -> tuple[str, str]:
        """Address of mail and page of the contact for readers, "" where there is none: read with the sections."""
        return next(((email or "", page or "") for *_values, email, page in self._rows), ("", ""))

    @cached_property
    def restricted(self) -> tuple[str, ...]:
        """Tree paths of pages that not everyone may see."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def is_public(self, page: Page | Section) -> bool:
        """Whether everyone may see `page`, of any level: it is published and no page above it is restricted."""
        return is_shown(page) and not page.path.startswith(self.restricted)

    def child(self, parent: Page, slug: str) -> Page | None:
        """The section with this slug below the home page `parent`; drafts too."""
        depth = parent.depth + 1
        below = (one for one in self.sections if one.depth == depth and one.path.startswith(parent.path))
        return next((one.page for one in below if one.slug == slug), None)

    def translations(self, key: UUID) -> list[Section]:
        """The homes or sections with this translation key, in the order of the tree."""
        return [section for section in self.sections if section.translation_key == key]

    def parent(self, page: Page) -> Section | None:
        """The home or section right above `page`."""
        path = page.path[: -Page.steplen]
        return next((section for section in self.sections if section.path == path), None)

    def in_locale(self, section: Section, code: str) -> Section | None:
        """The published translation of the home or section into the locale `code`."""
        found = (one for one in self.translations(section.translation_key) if one.locale == code)
        return next((one for one in found if is_shown(one)), None)

    def shown_in(self, key: UUID, code: str) -> Section | None:
        """What readers of locale `code` see of the homes or sections with this key: if need be another translation."""
        shown = {one.locale: one for one in reversed(self.translations(key)) if is_shown(one)}
        # Restricted ones stand in only where there is no other: they ask the reader to log in.
        open_to_all = {locale: one for locale, one in shown.items() if locale == code or self.is_public(one)}
        found = open_to_all or shown
        return found[best_locale(found, code)] if found else None

    def place(self, section: Section, code: str) -> str:
        """The address of the home or section for readers of locale `code`."""
        if section.depth == HOME_DEPTH:
            return f"/{code}/"
        return f"/{code}/{(self.shown_in(section.translation_key, code) or section).slug}/"

    def address(self, page: Page, code: str) -> str:
        """Where readers of locale `code` see `page`, which is of another locale: below the section that they see."""
        above = self.parent(page)
        return f"{self.place(above, code)}{page.slug}/" if above else f"/{code}/"


def structure_of(request: HttpRequest | None) -> Structure:
    """The structure as this request sees it; a new one where there is no request."""
    if request is None:
        return Structure()
    if not hasattr(request, "_hub_structure"):
        request._hub_structure = Structure()
    return request._hub_structure
