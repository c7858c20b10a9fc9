"""The upper levels of the tree — homes and what lies right below them, in all locales — read once a request."""

from functools import cached_property
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

HOME_DEPTH = 2
SECTION_DEPTH = 3


class Structure:
    """Homes and sections of the site as they are when first asked for: one query, and one for the restrictions."""

    @cached_property
    def pages(self) -> list[Page]:
        """All homes and sections, drafts too, in the order of the tree."""
        pages = Page.objects.filter(depth__in=(HOME_DEPTH, SECTION_DEPTH))
        pages = list(pages.select_related("locale").order_by("path"))
        for page in pages:
            # Known to the process: reading it with each page would take as long again as the page.
            page.content_type = ContentType.objects.get_for_id(page.content_type_id)
        return pages

    @cached_property
    def restricted(self) -> tuple[str, ...]:
        """Tree paths of pages that not everyone may see."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def is_public(self, page: Page) -> bool:
        """Whether everyone may see `page`, of any level: it is published and no page above it is restricted."""
        return page.live and not page.path.startswith(self.restricted)

    def child(self, parent: Page, slug: str) -> Page | None:
        """The section with this slug below the home page `parent`; drafts too."""
        return next((page for page in self._below(parent) if page.slug == slug), None)

    def translations(self, key: UUID) -> list[Page]:
        """The homes or sections with this translation key, in the order of the tree."""
        return [page for page in self.pages if page.translation_key == key]

    def parent(self, page: Page) -> Page | None:
        """The home or section right above `page`."""
        path = page.path[: -Page.steplen]
        return next((found for found in self.pages if found.path == path), None)

    def in_locale(self, page: Page, code: str) -> Page | None:
        """The published translation of the home or section `page` into the locale `code`."""
        found = (one for one in self.translations(page.translation_key) if one.locale.language_code == code)
        return next((one for one in found if one.live), None)

    def _below(self, parent: Page) -> list[Page]:
        depth = parent.depth + 1
        return [page for page in self.pages if page.depth == depth and page.path.startswith(parent.path)]


def structure_of(request: HttpRequest | None) -> Structure:
    """The structure as this request sees it; a new one where there is no request."""
    if request is None:
        return Structure()
    if not hasattr(request, "_hub_structure"):
        request._hub_structure = Structure()
    return request._hub_structure
