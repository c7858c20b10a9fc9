"""The sitemap: every public page once, with its true translations. Fallback addresses are not in it."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from resources.documents import public_pages
from resources.tree import Tree
from search.languages import LOCALES, best_locale


class PageSitemap(Sitemap):
    """All pages readers may see, with `hreflang` alternates of true translations and `x-default`.

    A fixed number of queries for each part of it, and a part has as many pages as a crawler waits for.
    """

    limit = 5000

    def items(self):
        pages = public_pages().filter(depth__gte=2)
        return pages.select_related("locale").order_by("path")

    def location(self, item: Page) -> str:
        return self.tree.path(item)

    def lastmod(self, item: Page):
        return item.last_published_at

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(latest=Max("last_published_at"))["latest"]

    def _urls(self, page, protocol, domain):
        self.tree = Tree()
        urls = super()._urls(page, protocol, domain)
        paths: dict[object, dict[str, str]] = defaultdict(dict)
        for sibling in self.items().filter(translation_key__in={entry["item"].translation_key for entry in urls}):
            paths[sibling.translation_key][sibling.locale.language_code] = self.tree.path(sibling)
        for entry in urls:
            entry["alternates"] = self._alternates(paths[entry["item"].translation_key], f"{protocol}://{domain}")
        return urls

    def _alternates(self, paths: dict[str, str], site: str) -> list[dict[str, str]]:
        found = [{"lang_code": code, "location": site + paths[code]} for code in LOCALES if code in paths]
        return [*found, {"lang_code": "x-default", "location": site + paths[best_locale(paths, LOCALES[0])]}]


def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap itself while it is small, else an index of its parts."""
    pages = PageSitemap()
    if pages.paginator.num_pages == 1:
        return django_views.sitemap(request, {"pages": pages})
    return django_views.index(request, {"pages": pages}, sitemap_url_name="sitemap-part")
