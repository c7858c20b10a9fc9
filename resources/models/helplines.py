from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources.forms import OfferedTerms
from resources.models.routing import FallbackRouting
from resources.models.sources import more_source_urls
from resources.models.vocabularies import Country, Language
from resources.models.wording import language_of_words
from resources.rich_text import cleaned


class Helpline(models.Model):
    """A telephone number for children or about violence, as its source gave it on `source_read`."""

    class Kind(models.TextChoices):
        CHILD = "child", _("Child helpline")
        VIOLENCE = "violence", _("Helpline on violence")
        MISSING_CHILD = "missing-child", _("Missing-child alert")
        EMERGENCY = "emergency", _("Emergency number")

    class Channel(models.TextChoices):
        CALL = "call", _("Call")
        TEXT = "text", _("Text message")
        WHATSAPP = "whatsapp", _("WhatsApp")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="helplines", verbose_name=_("country"))
    name = models.CharField(_("name"), max_length=200)
    name_language = language_of_words(_("language of the name"))
    number = models.CharField(_("number"), max_length=80)
    channel = models.CharField(
        _("how it is reached"),
        max_length=20,
        choices=Channel.choices,
        default=Channel.CALL,
        help_text=_("Readers get a link for WhatsApp where the number begins with + and the code of its country."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CHILD)
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name=_("languages"))
    free = models.BooleanField(_("free of charge"), null=True, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    coverage = models.CharField(
        _("not nationwide: where"), max_length=120, blank=True, help_text=_("Leave empty when it serves the country.")
    )
    wording_language = language_of_words(_("language of hours and place"))
    url = models.URLField(_("website"), max_length=500, blank=True)
    source_url = models.URLField(_("source"), max_length=800)
    more_source_urls = more_source_urls()
    source_read = models.DateField(_("source read on"), null=True, blank=True)
    read_only_year = models.BooleanField(
        _("only the year is known"), default=False, help_text=_("Readers are shown the year of the date alone.")
    )
    shown = models.BooleanField(
        _("shown to readers"), default=True, help_text=_("Only numbers that a source states plainly.")
    )

    panels = [
        FieldPanel("country"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_language")]),
        FieldRowPanel([FieldPanel("number"), FieldPanel("channel"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("free"), FieldPanel("hours"), FieldPanel("coverage")]),
        FieldPanel("wording_language"),
        FieldPanel("languages", widget=OfferedTerms),
        FieldPanel("url"),
        FieldPanel("source_url"),
        FieldPanel("more_source_urls"),
        FieldRowPanel([FieldPanel("source_read"), FieldPanel("read_only_year")]),
        FieldPanel("shown"),
    ]

    class Meta:
        ordering = ("country__code", "kind", "name")
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        constraints = [models.UniqueConstraint(fields=("country", "name", "number"), name="helpline_once")]

    def __str__(self):
        return f"{self.country}: {self.name} ({self.number})"


class HelplinesPage(FallbackRouting, Page):
    """Where to get help: the helplines by country."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "ul", "link"])

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        TranslatableField("intro"),
        SynchronizedField("slug"),
    ]

    class Meta:
        verbose_name = _("page of helplines")
        verbose_name_plural = _("pages of helplines")

    def get_context(self, request, *args, **kwargs):
        from resources.helplines import helplines_by_country

        context = super().get_context(request, *args, **kwargs)
        context["intro"] = cleaned(self.intro)
        context["countries"] = helplines_by_country()
        return context
