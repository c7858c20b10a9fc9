"""Public paths of many pages without a query each."""

from wagtail.models import Page, Site

from resources.structure import Structure


class Tree:
    """The upper levels of the site in all locales as they are when it is made: three queries, at most four."""

    def __init__(self):
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        key = site.root_page.translation_key if site else None
        homes = Page.objects.filter(translation_key=key).select_related("locale")
        self.homes = {home.locale.language_code: home.url_path for home in homes}
        self._structure = Structure()
        self._sections = {section.path: section for section in self._structure.sections}
        self._places: dict[tuple[str, str], str] = {}

    def path(self, page: Page) -> str:
        """The page's own public path: its locale, then its place below the home page of that locale."""
        code = page.locale.language_code
        home = self.homes.get(code, "")
        return f"/{code}/{page.url_path.removeprefix(home)}"

    def path_for(self, page: Page, code: str) -> str:
        """Where a reader of locale `code` sees `page`: if it is of another, below the section that the reader sees."""
        above = page.path[: -Page.steplen]
        if page.locale.language_code == code or above not in self._sections:
            return self.path(page)
        if (above, code) not in self._places:
            self._places[above, code] = self._structure.place(self._sections[above], code)
        return f"{self._places[above, code]}{page.slug}/"
