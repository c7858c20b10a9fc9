from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from resources.models.base import ResourcePage
from resources.models.programme import ProgrammePage
from resources.models.vocabularies import Intervention, Outcome, StudyDesign
from resources.models.wording import language_of_words
from resources.models.years import YEARS


class EvaluationPage(ResourcePage):
    """A study of one or more programmes or approaches."""

    authors = models.TextField(_("authors"), blank=True, help_text=_("Surname and initials, separated by semicolons."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    design = models.ForeignKey(
        StudyDesign, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("study design")
    )
    design_as_stated = models.CharField(_("design in the study’s own words"), max_length=200, blank=True)
    wording_language = language_of_words(_("language of the study’s own words"))
    open_access = models.BooleanField(_("open access"), null=True, blank=True)
    citation = models.TextField(
        _("citation"), blank=True, help_text=_("Leave empty to have it made from authors, year and title.")
    )
    sample = models.TextField(_("sample"), blank=True, help_text=_("Who took part, how many, where."))

    type_id = "evaluation"
    work_fields = ("authors", "year", "design", "design_as_stated", "wording_language", "open_access", "citation")
    work_rows = ("evaluated_programmes", "outcomes")
    prose_fields = ("sample",)
    type_panels = [
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("open_access")]),
                FieldPanel("design"),
                FieldRowPanel([FieldPanel("design_as_stated"), FieldPanel("wording_language")]),
                FieldPanel("citation"),
            ],
            heading=_("Study"),
        ),
        InlinePanel("outcomes", label=pgettext_lazy("one of an evaluation", "Outcome")),
    ]
    link_panels = [InlinePanel("evaluated_programmes", label=_("Programme evaluated"))]

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")


class EvaluatedProgramme(Orderable):
    """A programme that the evaluation studies; the programme's page shows the evaluation."""

    page = ParentalKey(EvaluationPage, related_name="evaluated_programmes", on_delete=models.CASCADE)
    target = models.ForeignKey(
        ProgrammePage, on_delete=models.CASCADE, related_name="evaluations", verbose_name=_("programme")
    )

    panels = [PageChooserPanel("target", "resources.ProgrammePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("programme evaluated")
        verbose_name_plural = _("programmes evaluated")

    def __str__(self):
        return str(self.target)


class EvaluationOutcome(Orderable):
    """What was measured and which way it went."""

    class Direction(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        MIXED = "mixed", _("Mixed")
        NULL = "null", _("No effect")
        NEGATIVE = "negative", _("Negative")

    page = ParentalKey(EvaluationPage, related_name="outcomes", on_delete=models.CASCADE)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+", verbose_name=_("outcome"))
    direction = models.CharField(
        pgettext_lazy("effect", "direction"),
        max_length=10,
        choices=Direction.choices,
        blank=True,
        help_text=_("Leave empty where the study does not say."),
    )
    intervention = models.ForeignKey(
        Intervention,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("approach"),
    )
    measured = models.CharField(
        _("as the study names it"), max_length=500, blank=True, help_text=_("Several are separated by the sign |.")
    )
    wording_language = language_of_words(_("language of what was measured"))

    panels = [
        FieldRowPanel([FieldPanel("outcome"), FieldPanel("direction")]),
        FieldPanel("intervention"),
        FieldRowPanel([FieldPanel("measured"), FieldPanel("wording_language")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("outcome of an evaluation")
        verbose_name_plural = _("outcomes of evaluations")

    def __str__(self):
        return f"{self.outcome}: {self.get_direction_display()}"
