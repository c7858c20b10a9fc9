from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from resources.models.base import ResourcePage
from resources.models.years import YEARS


class PublicationPage(ResourcePage):
    """A text, film or data set on the matter. Its editions, one a language, are its heart."""

    class Kind(models.TextChoices):
        TECHNICAL_PACKAGE = "technical-package", _("Technical package")
        HANDBOOK = "handbook", _("Handbook")
        GUIDE = "guide", _("Guide")
        TOOL = "tool", _("Tool")
        BRIEF = "brief", _("Brief")
        FACTSHEET = "factsheet", _("Factsheet")
        FAQ = "faq", _("Questions and answers")
        REPORT = "report", _("Report")
        EXECUTIVE_SUMMARY = "executive-summary", _("Executive summary")
        SURVEY_REPORT = "survey-report", _("Survey report")
        EVIDENCE_REVIEW = "evidence-review", _("Evidence review")
        EVIDENCE_MAP = "evidence-map", _("Evidence map")
        JOURNAL_ARTICLE = "journal-article", _("Journal article")
        WORKING_PAPER = "working-paper", _("Working paper")
        MEETING_REPORT = "meeting-report", _("Meeting report")
        TRAINING_MATERIAL = "training-material", _("Training material")
        ONLINE_COURSE = "online-course", _("Online course")
        NEWS_NOTE = "news-note", _("News note")
        WEB_PAGE = "web-page", _("Web page or website")
        ENCYCLOPEDIA_ARTICLE = "encyclopedia-article", _("Encyclopedia article")
        SLIDE_DECK = "slide-deck", _("Slide deck")
        VIDEO = "video", _("Video")
        CAMPAIGN = "campaign", _("Campaign")
        DATASET = "dataset", _("Dataset")
        LAW = "law", _("Law")
        NATIONAL_PLAN = "national-plan", _("National plan")
        PLAN_OF_ACTION = "plan-of-action", _("Plan of action")
        POLICY = "policy", _("Policy")
        STANDARDS = "standards", _("Standards")
        FRAMEWORK = "framework", _("Framework")
        DECLARATION = "declaration", _("Declaration")
        TERMS_OF_REFERENCE = "terms-of-reference", _("Terms of reference")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("When it first appeared; each edition has a year of its own."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    type_id = "publication"
    work_fields = ("kind", "year", "valid_from", "valid_until")
    type_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            ],
            heading=_("Publication"),
        )
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": gettext("It ends before it begins.")})
