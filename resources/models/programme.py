from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from resources.models.base import ResourcePage
from resources.models.sources import more_source_urls
from resources.models.vocabularies import EvaluationStatus, EvidenceLevel
from resources.models.wording import language_of_words
from resources.models.years import YEARS_OF_PROGRAMMES
from resources.partial_dates import check_partial_date


class ProgrammePage(ResourcePage):
    """A programme that is or was run somewhere. Ages are in years."""

    class Status(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("programme", "Active")
        CLOSED = "closed", pgettext_lazy("programme", "Closed")
        PLANNED = "planned", pgettext_lazy("programme", "Planned")

    class Scale(models.TextChoices):
        PILOT = "pilot", _("Pilot")
        SUBNATIONAL = "subnational", _("Subnational")
        NATIONAL = "national", _("National")

    class DeliveredBy(models.TextChoices):
        GOVERNMENT = "government", pgettext_lazy("who delivers a programme", "Government")
        CIVIL_SOCIETY = "civil-society", _("Civil society")
        BOTH = "both", _("Government and civil society")

    class CostBand(models.TextChoices):
        LOW = "low", _("Low cost")
        MEDIUM = "medium", _("Medium cost")
        HIGH = "high", _("High cost")

    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(99)], help_text=_("In years.")
    )
    age_to = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(99)], help_text=_("In years, included.")
    )
    start_year = models.PositiveSmallIntegerField(
        _("start year"), null=True, blank=True, validators=YEARS_OF_PROGRAMMES
    )
    end_year = models.PositiveSmallIntegerField(_("end year"), null=True, blank=True, validators=YEARS_OF_PROGRAMMES)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, blank=True)
    scale = models.CharField(_("scale"), max_length=20, choices=Scale.choices, blank=True)
    delivered_by = models.CharField(_("delivered by"), max_length=20, choices=DeliveredBy.choices, blank=True)
    organisations_text = models.CharField(
        _("organisations as the source names them"),
        max_length=300,
        blank=True,
        help_text=_("Only what the list of organisations does not hold."),
    )
    cost_band = models.CharField(_("cost"), max_length=20, choices=CostBand.choices, blank=True)
    evidence_level = models.ForeignKey(
        EvidenceLevel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("evidence"),
        help_text=_("On INSPIRE’s own scale, where a source says so. Leave empty when it was not rated."),
    )
    evaluation_status = models.ForeignKey(
        EvaluationStatus,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("evaluation status"),
    )
    adapted_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("adapted from")
    )
    website = models.URLField(_("website"), max_length=800, blank=True)
    reach = models.TextField(_("reach"), blank=True, help_text=_("How many people or places, and when."))
    cost_notes = models.TextField(_("notes on cost"), blank=True)
    needs = models.TextField(_("what it needs to work"), blank=True)
    adaptation = models.TextField(_("adaptation and scale-up"), blank=True)

    type_id = "programme"
    work_fields = (
        "age_from", "age_to", "start_year", "end_year", "status", "scale", "delivered_by", "organisations_text",
        "cost_band", "evidence_level", "evaluation_status", "adapted_from", "website",
    )  # fmt: skip
    work_rows = ("ratings",)
    prose_fields = ("reach", "cost_notes", "needs", "adaptation")
    type_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("scale"), FieldPanel("delivered_by"), FieldPanel("cost_band")]),
                FieldPanel("website"),
            ],
            heading=_("Programme"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("evidence_level"), FieldPanel("evaluation_status")]),
                InlinePanel("ratings", label=_("Rating")),
            ],
            heading=_("Evidence"),
        ),
    ]
    link_panels = [PageChooserPanel("adapted_from"), FieldPanel("organisations_text")]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def clean(self):
        super().clean()
        pairs = (("age_from", "age_to", gettext("The last age is below the first.")),
                 ("start_year", "end_year", gettext("The programme ends before it starts.")))  # fmt: skip
        for first, last, message in pairs:
            start, end = getattr(self, first), getattr(self, last)
            if start is not None and end is not None and end < start:
                raise ValidationError({last: message})


class Rating(Orderable):
    """How one scheme rates a programme, in that scheme's own words. Schemes are never merged into one score."""

    page = ParentalKey(ProgrammePage, related_name="ratings", on_delete=models.CASCADE)
    scheme = models.CharField(_("scheme"), max_length=120, help_text=_("For example CEBC, Blueprints or Xchange."))
    topic_area = models.CharField(
        _("topic area"), max_length=200, blank=True, help_text=_("Several are separated by the sign |.")
    )
    level = models.CharField(_("level"), max_length=200, help_text=_("Exactly as the scheme says it."))
    wording_language = language_of_words(_("language of topic area and level"))
    rated_on = models.CharField(
        _("rated on"), max_length=10, blank=True, help_text=_("As far as known: 2019, 2019-06 or 2019-06-30.")
    )
    reviewed_on = models.CharField(
        _("last reviewed on"), max_length=10, blank=True, help_text=_("As far as known: 2019, 2019-06 or 2019-06-30.")
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    population = models.CharField(_("population studied"), max_length=500, blank=True)
    harm_noted = models.BooleanField(_("harm noted"), default=False)
    harm_reason = models.TextField(_("what harm"), blank=True, help_text=_("Needed when harm was noted."))
    description_language = language_of_words(_("language of population and harm"))
    source_url = models.URLField(_("source"), max_length=800, blank=True)
    more_source_urls = more_source_urls()
    may_be_outdated = models.BooleanField(
        _("may be out of date"),
        default=False,
        help_text=_("Tick when the rating was read in a list on another site than that of the scheme."),
    )
    scheme_ended = models.BooleanField(_("the scheme no longer operates"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("scheme"), FieldPanel("topic_area")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("wording_language")]),
        FieldRowPanel([FieldPanel("rated_on"), FieldPanel("reviewed_on"), FieldPanel("valid_until")]),
        FieldPanel("population"),
        FieldPanel("harm_noted"),
        FieldPanel("harm_reason"),
        FieldPanel("description_language"),
        FieldPanel("source_url"),
        FieldPanel("more_source_urls"),
        FieldRowPanel([FieldPanel("may_be_outdated"), FieldPanel("scheme_ended")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")

    def __str__(self):
        return f"{self.scheme}: {self.level}"

    def clean(self):
        super().clean()
        errors = {}
        for name in ("rated_on", "reviewed_on"):
            try:
                if text := getattr(self, name):
                    check_partial_date(text)
            except ValueError as error:
                errors[name] = str(error)
        if self.harm_noted and not self.harm_reason:
            errors["harm_reason"] = gettext("Say what harm was noted.")
        if errors:
            raise ValidationError(errors)
