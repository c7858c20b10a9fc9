"""Links to pages within texts."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from resources.documents import without_withdrawn
from resources.models.routing import reader_locale
from resources.structure import Structure, is_shown
from search.languages import best_locale

_structure: ContextVar[Structure | None] = ContextVar("structure", default=None)


@contextmanager
def links_within(structure: Structure) -> Iterator[None]:
    """Let links lead into `structure`, which the request has read already; Wagtail tells them nothing of a request."""
    before = _structure.set(structure)
    try:
        yield
    finally:
        _structure.reset(before)


class PageLinks(PageLinkHandler):
    """As Wagtail's, which leads to where a reader of this language finds the page, and nowhere if it is not published.

    All links of a text take one statement; outside of links_within a second, if one leads to an untranslated page.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        reader, structure = reader_locale(), _structure.get() or Structure()
        chosen = Page.objects.filter(pk__in=[attrs.get("id") for attrs in attrs_list]).values("translation_key")
        pages = Page.objects.filter(translation_key__in=chosen).select_related("locale")
        keys: dict[str, UUID] = {}
        shown: dict[UUID, dict[str, Page]] = defaultdict(dict)
        for page in without_withdrawn(pages):
            keys[str(page.pk)] = page.translation_key
            if is_shown(page):
                shown[page.translation_key][page.locale.language_code] = page
        urls = {}
        for key, translations in shown.items():
            page = translations[best_locale(translations, reader)]
            urls[key] = page.url if page.locale.language_code == reader else structure.address(page, reader)
        linked = (urls.get(keys.get(attrs.get("id"))) for attrs in attrs_list)
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in linked]
