"""The sitemap: every public page once, with its true translations. Fallback addresses are not in it."""

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from resources.tree import Tree
from search.languages import LOCALES, best_locale


class PageSitemap(Sitemap):
    """All pages readers may see, with `hreflang` alternates of true translations and `x-default`. Four queries."""

    def items(self):
        pages = Page.objects.filter(depth__gte=2).live().public().select_related("locale").order_by("path")
        self.tree = Tree()
        self.siblings: dict[object, dict[str, str]] = {}
        pages = list(pages)
        for page in pages:
            self.siblings.setdefault(page.translation_key, {})[page.locale.language_code] = self.tree.path(page)
        return pages

    def location(self, item: Page) -> str:
        return self.tree.path(item)

    def lastmod(self, item: Page):
        return item.last_published_at

    def _urls(self, page, protocol, domain):
        urls = super()._urls(page, protocol, domain)
        for entry in urls:
            entry["alternates"] = self._alternates(entry["item"], f"{protocol}://{domain}")
        return urls

    def _alternates(self, item: Page, site: str) -> list[dict[str, str]]:
        siblings = self.siblings[item.translation_key]
        if len(siblings) < 2:
            return []
        found = [{"lang_code": code, "location": site + siblings[code]} for code in LOCALES if code in siblings]
        return [*found, {"lang_code": "x-default", "location": site + siblings[best_locale(siblings, LOCALES[0])]}]
