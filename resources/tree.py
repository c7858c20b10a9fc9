"""Public paths of many pages without a query each."""

from wagtail.models import Page, Site

from resources.models.index_page import CatalogueIndexPage


class Tree:
    """The home and catalogue pages of all locales as they are when it is made: three queries."""

    def __init__(self):
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        key = site.root_page.translation_key if site else None
        homes = Page.objects.filter(translation_key=key).select_related("locale")
        self.homes = {home.locale.language_code: home.url_path for home in homes}
        indexes = CatalogueIndexPage.objects.live().filter(alias_of=None).select_related("locale")
        self._index_keys = {index.path: index.translation_key for index in indexes}
        self._indexes = {(index.translation_key, index.locale.language_code): index for index in indexes}

    def path(self, page: Page) -> str:
        """The page's own public path: its locale, then its place below the home page of that locale."""
        code = page.locale.language_code
        home = self.homes.get(code, "")
        return f"/{code}/{page.url_path.removeprefix(home)}"

    def path_for(self, page: Page, code: str) -> str:
        """Where a reader of locale `code` sees `page`: under the catalogue page of that locale if there is one."""
        key = self._index_keys.get(page.path[: -Page.steplen])
        index = self._indexes.get((key, code))
        return f"{self.path(index)}{page.slug}/" if index else self.path(page)
