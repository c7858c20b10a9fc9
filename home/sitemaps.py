"""The sitemap: each public page and organisation once, with its true translations. Fallback addresses are not in it."""

from collections import defaultdict
from functools import cached_property

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from home.frame import paths_of_view
from resources.documents import public_pages
from resources.tree import Tree
from resources.views import works_by_organisation
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
            entry["alternates"] = _alternates(paths[entry["item"].translation_key], f"{protocol}://{domain}")
        return urls


class OrganisationSitemap(Sitemap):
    """The list of organisations, and all that are in it; an item is a locale and the paths in every locale."""

    limit = 5000

    def items(self) -> list[tuple[str, dict[str, str]]]:
        return self._listed

    @cached_property
    def _listed(self) -> list[tuple[str, dict[str, str]]]:
        first = LOCALES[0]
        with override(first):
            paths = [reverse("organisation", args=[key]) for key in sorted(works_by_organisation(first))]
            paths.append(reverse("organisations"))
        by_locale = [paths_of_view(path, first) for path in paths]
        return [(code, paths) for paths in by_locale for code in LOCALES]

    def location(self, item: tuple[str, dict[str, str]]) -> str:
        code, paths = item
        return paths[code]

    def _urls(self, page, protocol, domain):
        urls = super()._urls(page, protocol, domain)
        for entry in urls:
            _code, paths = entry["item"]
            entry["alternates"] = _alternates(paths, f"{protocol}://{domain}")
        return urls


SITEMAPS = {"pages": PageSitemap, "organisations": OrganisationSitemap}


def _alternates(paths: dict[str, str], site: str) -> list[dict[str, str]]:
    found = [{"lang_code": code, "location": site + paths[code]} for code in LOCALES if code in paths]
    return [*found, {"lang_code": "x-default", "location": site + paths[best_locale(paths, LOCALES[0])]}]


def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap itself while it is small, else an index of its parts."""
    parts = {name: made() for name, made in SITEMAPS.items()}
    if all(part.paginator.num_pages == 1 for part in parts.values()):
        return django_views.sitemap(request, parts)
    return django_views.index(request, parts, sitemap_url_name="sitemap-part")
