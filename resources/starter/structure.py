"""Locales, the site, and the pages that stand before any work: home, lists, helplines, plain pages."""

from collections.abc import Mapping

from django.apps import apps
from django.db import transaction
from django.utils.html import format_html_join
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from resources.models import CatalogueIndexPage, HelplinesPage
from resources.starter.content import Content
from resources.starter.report import CREATED
from resources.starter.shelf import Shelf
from search.languages import LOCALES

KIND = "pages"
# The app `home` stands above this one, so its models are named, not imported.
HOME_PAGE, STANDARD_PAGE = "home.HomePage", "home.StandardPage"
PLAIN_PAGES = ("about", "accessibility", "privacy")
SITE_NAME = "INSPIRE"
WELCOME = "Welcome to your new Wagtail site!"


def count(content: Content) -> int:
    """How many steps `load` takes."""
    return len(LOCALES) * (2 + len(PLAIN_PAGES) + len(content.structure["pages"]["indexes"]))


def paragraphs(texts: list[str]) -> str:
    """Plain texts as HTML, a paragraph each."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts))


def load(content: Content, shelf: Shelf) -> None:
    """All of it in one transaction."""
    with transaction.atomic():
        _Structure(content.structure["pages"], shelf).load()


class _Structure:
    def __init__(self, texts: Mapping, shelf: Shelf):
        self.texts, self.shelf = texts, shelf
        for code in LOCALES:
            Locale.objects.get_or_create(language_code=code)
        self.home_page, self.standard_page = apps.get_model(HOME_PAGE), apps.get_model(STANDARD_PAGE)
        self.homes: dict[str, Page] = {}

    def load(self) -> None:
        self.load_homes()
        self.load_site()
        for index in self.texts["indexes"]:
            self.load_group(
                f"index-{index['type']}",
                CatalogueIndexPage.objects.filter(type=index["type"]),
                index["slug"],
                lambda code, index=index: CatalogueIndexPage(
                    title=index["title"][code], type=index["type"], intro=index["intro"][code], show_in_menus=True
                ),
            )
        helplines = self.texts["helplines"]
        self.load_group(
            "helplines",
            HelplinesPage.objects.all(),
            helplines["slug"],
            lambda code: HelplinesPage(title=helplines["title"][code], intro=paragraphs(helplines["intro"][code])),
        )
        for name in PLAIN_PAGES:
            text = self.texts[name]
            self.load_group(
                name,
                self.standard_page.objects.filter(slug__in=set(text["slug"].values())),
                text["slug"],
                lambda code, text=text: self.standard_page(
                    title=text["title"][code],
                    body=[("paragraph", RichText(f"<p>{line}</p>")) for line in _escaped(text["body"][code])],
                ),
            )

    def load_homes(self) -> None:
        text = self.texts["home"]
        root = Page.get_first_root_node()
        self.homes = {page.locale.language_code: page for page in self.home_page.objects.select_related("locale")}
        for code in LOCALES:
            if self.shelf.wanted(KIND, f"home-{code}", code in self.homes):
                home = self.home_page(title=text["title"][code], heading=text["heading"][code], lead=text["lead"][code])
                home.slug = code
                self.add(f"home-{code}", root, home, code, self.homes.values())
                self.homes[code] = home
            self.shelf.step()

    def load_site(self) -> None:
        """The site begins at the home page, unless somebody made one already."""
        home = self.homes.get(LOCALES[0])
        welcome = Page.objects.filter(depth=2, title=WELCOME, latest_revision__isnull=True).first()
        site = Site.objects.filter(is_default_site=True).first()
        if home is None or (site is not None and site.root_page_id != getattr(welcome, "pk", None)):
            return
        values = {"hostname": "localhost", "site_name": SITE_NAME, "root_page": home}
        if site is None:
            Site.objects.create(is_default_site=True, **values)
        else:
            for name, value in values.items():
                setattr(site, name, value)
            site.save()
        if welcome is not None and not welcome.get_children().exists():
            welcome.delete()

    def load_group(self, key: str, present, slugs: Mapping[str, str], make) -> None:
        """One page in every locale that has a home page; they are translations of one another."""
        pages = {page.locale.language_code: page for page in present.select_related("locale")}
        for code in LOCALES:
            if self.shelf.wanted(KIND, f"{key}-{code}", code in pages) and code in self.homes:
                page = make(code)
                page.slug = slugs[code]
                self.add(f"{key}-{code}", self.homes[code], page, code, pages.values())
                pages[code] = page
            self.shelf.step()

    def add(self, key: str, parent: Page, page: Page, code: str, translations) -> None:
        page.locale = self.shelf.locales[code]
        sibling = next(iter(translations), None)
        if sibling is not None:
            page.translation_key = sibling.translation_key
        self.shelf.add_page(parent, page)
        self.shelf.remember(KIND, key)
        self.shelf.report.add(KIND, CREATED, key)


def _escaped(texts: list[str]) -> list[str]:
    return [format_html_join("", "{}", [(text,)]) for text in texts]
