"""The home page of a locale, its plain pages, and how readers reach the team of the hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources.models import CatalogueIndexPage
from resources.models.blocks import BodyBlock
from resources.models.routing import FallbackRouting
from resources.structure import structure_of

PAGE_TEXT = [TranslatableField("title"), TranslatableField("seo_title"), TranslatableField("search_description")]


class HomePage(FallbackRouting, Page):
    """The first page of a locale."""

    heading = models.CharField(_("heading"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("What the hub is for, in one or two sentences."))

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["resources.CatalogueIndexPage", "resources.HelplinesPage", "home.StandardPage"]
    translatable_fields = [*PAGE_TEXT, TranslatableField("heading"), TranslatableField("lead")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        from home.front import front_page

        return {**super().get_context(request, *args, **kwargs), **front_page(self._lists(request))}

    def _lists(self, request) -> dict[str, tuple[str, str]]:
        """Title and address of the catalogue page of each type; one of this locale goes before what stands in."""
        structure, code = structure_of(request), self.locale.language_code
        types = CatalogueIndexPage.objects.order_by("path").values_list("translation_key", "type")
        found = [(structure.shown_in(key, code), kind) for key, kind in types]
        shown = [(section, CatalogueIndexPage.Type(kind)) for section, kind in found if section]
        lists: dict[str, tuple[str, str]] = {}
        for section, kind in sorted(shown, key=lambda one: one[0].locale != code):
            title = section.title if section.locale == code else str(kind.label)
            lists.setdefault(kind.value, (title, structure.place(section, code)))
        return lists


class StandardPage(FallbackRouting, Page):
    """A plain page: about the hub, accessibility, privacy."""

    class Place(models.TextChoices):
        NONE = "", _("nowhere")
        FOOTER = "footer", _("foot of every page")

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    place = models.CharField(_("linked from"), max_length=10, choices=Place.choices, blank=True, default=Place.FOOTER)

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("place")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    translatable_fields = [
        *PAGE_TEXT,
        TranslatableField("body"),
        SynchronizedField("slug"),
        SynchronizedField("place", overridable=False),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


@register_setting(icon="mail")
class Contact(BaseGenericSetting):
    """Where readers tell of errors: an address of mail goes before a page."""

    email = models.EmailField(_("e-mail address"), blank=True)
    page = models.URLField(_("page with a form"), blank=True, help_text=_("Shown where there is no e-mail address."))

    class Meta:
        verbose_name = _("contact for readers")
