"""Addresses. Pages for readers stand under their locale; the admin and files do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.media import media
from home.sitemaps import SITEMAPS, sitemap

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-part"),
    # Images are few and small; a proxy in front may take their folders over, as docs/deployment.md says.
    re_path(r"^media/(?P<path>.*)$", media),
]

urlpatterns += i18n_patterns(
    path("search/", include("search.urls")),
    path("organisations/", include("resources.urls")),
    path("", include(wagtail_urls)),
)
