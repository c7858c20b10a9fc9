"""Links to pages within texts."""

from django.db.models import Q
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from resources.models.routing import reader_locale


class PageLinks(PageLinkHandler):
    """As Wagtail's, which leads to the published page in the reader's language, else to the page that was chosen.

    It takes one statement for all links of a text, not several for each.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        locale = reader_locale()
        chosen = Q(pk__in=[attrs.get("id") for attrs in attrs_list])
        keys = Page.objects.filter(chosen).values("translation_key")
        translated = Q(live=True, locale__language_code=locale, translation_key__in=keys)
        pages = {str(page.pk): page for page in Page.objects.filter(chosen | translated).select_related("locale")}
        own = {
            page.translation_key: page for page in pages.values() if page.live and page.locale.language_code == locale
        }
        linked = (pages.get(attrs.get("id")) for attrs in attrs_list)
        return [f'<a href="{escape(own.get(page.translation_key, page).url)}">' if page else "<a>" for page in linked]
