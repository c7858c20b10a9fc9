from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from resources.models.base import ResourcePage
from resources.models.blocks import RICH_TEXT_FEATURES
from resources.models.vocabularies import Strategy


class StrategyPage(ResourcePage):
    """What one of the strategies is, why it matters, how it is done and measured."""

    term = models.ForeignKey(
        Strategy,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("strategy"),
        help_text=_("The term that this page explains: everything classified by it is listed on the page."),
    )
    objective = models.TextField(_("objective"), blank=True)
    why_it_matters = RichTextField(_("why it matters"), blank=True, features=RICH_TEXT_FEATURES)
    interventions_text = RichTextField(_("approaches"), blank=True, features=["h3", *RICH_TEXT_FEATURES])
    indicators = RichTextField(_("indicators"), blank=True, features=RICH_TEXT_FEATURES)

    type_id = "strategy"
    work_fields = ("term",)
    prose_fields = ("objective", "why_it_matters", "interventions_text", "indicators")
    required_to_publish = ("term",)
    told_by = {"term": "strategies"}
    type_panels = [FieldPanel("term")]

    class Meta:
        verbose_name = _("strategy page")
        verbose_name_plural = _("strategy pages")
