from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from resources.models.base import ResourcePage
from resources.models.links import check_is_work
from resources.models.years import YEARS


class PracticePage(ResourcePage):
    """What a country or organisation tried, and what others can learn from it."""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", _("Experience")
        LESSON = "lesson", _("Lesson learnt")
        PROMISING_PRACTICE = "promising-practice", _("Promising practice")
        CHALLENGE = "challenge", _("Challenge")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    adopted_from = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("adopted from"),
        help_text=_("The programme or practice it takes up."),
    )
    what_was_done = models.TextField(_("what was done"), blank=True)
    achieved = models.TextField(_("what was achieved"), blank=True)
    hard = models.TextField(_("what was hard"), blank=True)
    lessons = models.TextField(_("what others can learn"), blank=True)

    type_id = "practice"
    work_fields = ("kind", "year", "adopted_from")
    prose_fields = ("what_was_done", "achieved", "hard", "lessons")
    type_panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("kind"), FieldPanel("year")])], heading=_("Practice")),
    ]
    link_panels = [PageChooserPanel("adopted_from", ["resources.ProgrammePage", "resources.PracticePage"])]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def clean(self):
        super().clean()
        if self.adopted_from:
            check_is_work("adopted_from", self.adopted_from)
