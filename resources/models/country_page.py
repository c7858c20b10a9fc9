from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from resources.models.base import ResourcePage
from resources.models.vocabularies import Country
from resources.models.wording import language_of_words
from resources.models.years import YEARS


class CountryPage(ResourcePage):
    """What a country does to end violence against children, and everything of the hub that is linked to it."""

    class Pathfinding(models.TextChoices):
        YES = "yes", _("Pathfinding country")
        CITY = "city", _("One of its cities is a pathfinder")

    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    pathfinding = models.CharField(_("pathfinding"), max_length=10, choices=Pathfinding.choices, blank=True)
    pathfinding_since = models.PositiveSmallIntegerField(
        _("pathfinding since"), null=True, blank=True, validators=YEARS
    )
    pathfinding_note = models.CharField(_("note on pathfinding"), max_length=300, blank=True)
    wording_language = language_of_words(_("language of the note on pathfinding and of surveys’ headlines"))
    national_plan_url = models.URLField(_("address of the national plan"), max_length=800, blank=True)
    national_plan = models.TextField(_("national plan"), blank=True)
    coordination_body = models.TextField(_("coordination body"), blank=True)
    priorities = models.TextField(_("priorities"), blank=True)

    type_id = "country"
    work_fields = (
        "country",
        "pathfinding",
        "pathfinding_since",
        "pathfinding_note",
        "wording_language",
        "national_plan_url",
    )
    work_rows = ("surveys",)
    prose_fields = ("national_plan", "coordination_body", "priorities")
    required_to_publish = ("country",)
    told_by = {"country": "countries"}
    type_panels = [
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldRowPanel([FieldPanel("pathfinding"), FieldPanel("pathfinding_since")]),
                FieldRowPanel([FieldPanel("pathfinding_note"), FieldPanel("wording_language")]),
                FieldPanel("national_plan_url"),
            ],
            heading=_("Country"),
        ),
        InlinePanel("surveys", label=_("Violence against children survey (VACS)")),
    ]

    class Meta:
        verbose_name = _("country page")
        verbose_name_plural = _("country pages")


class Survey(Orderable):
    """A Violence Against Children and Youth Survey (VACS) of the country."""

    page = ParentalKey(CountryPage, related_name="surveys", on_delete=models.CASCADE)
    year = models.CharField(_("when it was made"), max_length=40, blank=True, help_text=_("A year, or two: 2017–2018."))
    report_year = models.CharField(
        _("when the report appeared"),
        max_length=40,
        blank=True,
        help_text=_("Several are separated by the sign |."),
    )
    headline = models.CharField(_("headline or note"), max_length=500, blank=True)
    report_url = models.URLField(_("address of the report"), max_length=800, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("report_year")]),
        FieldPanel("headline"),
        FieldPanel("report_url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self):
        return self.year or self.headline
