from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources.models.routing import FallbackRouting, reader_locale
from search.presentation import results


class CatalogueIndexPage(FallbackRouting, Page):
    """One a type: an intro and the faceted list of the works of that type. Work pages live under it."""

    class Type(models.TextChoices):
        STRATEGY = "strategy", _("Strategies")
        PROGRAMME = "programme", _("Programmes")
        EXPERT = "expert", _("Experts")
        TRAINING = "training", _("Trainings")
        EVALUATION = "evaluation", _("Evaluations")
        PUBLICATION = "publication", _("Publications")
        PRACTICE = "practice", _("Practices")
        COUNTRY = "country", _("Countries")

    type = models.CharField(_("type of works"), max_length=20, choices=Type.choices)
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("type"), FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "resources.StrategyPage",
        "resources.ProgrammePage",
        "resources.ExpertPage",
        "resources.TrainingPage",
        "resources.EvaluationPage",
        "resources.PublicationPage",
        "resources.PracticePage",
        "resources.CountryPage",
    ]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        TranslatableField("intro"),
        SynchronizedField("slug"),
        SynchronizedField("type", overridable=False),
    ]

    class Meta:
        verbose_name = _("catalogue page")
        verbose_name_plural = _("catalogue pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # Where it stands in for another: the name that the type has in every language.
        context["heading"] = self.get_type_display() if hasattr(self, "fallback_for") else self.title
        context["results"] = results(request, reader_locale(), request.path, {"type": (self.type,)})
        return context
