"""The home page of a locale and its plain pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources.models import CatalogueIndexPage
from resources.models.blocks import BodyBlock
from resources.models.routing import FallbackRouting

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

        pages = CatalogueIndexPage.objects.child_of(self).live().filter(alias_of=None)
        lists = {page.type: (page.title, page.get_url(request)) for page in pages}
        return {**super().get_context(request, *args, **kwargs), **front_page(lists)}


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
