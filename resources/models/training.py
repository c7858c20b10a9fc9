from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from resources.forms import OfferedTerms, TrainingPageForm
from resources.models.base import ResourcePage
from resources.models.vocabularies import Country, Language, Strategy
from resources.models.wording import language_of_words
from search.documents import OPEN_END


class TrainingPage(ResourcePage):
    """A course or event. `start_time` is local to `time_zone` (IANA name); without a date it is to be announced."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Course")
        MOOC = "mooc", _("Massive open online course (MOOC)")
        TRAINING_OF_TRAINERS = "training-of-trainers", _("Training of trainers")
        MASTERCLASS = "masterclass", _("Masterclass")
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Conference")
        WEBINAR = "webinar", _("Webinar")
        MEETING = "meeting", _("Meeting")
        SIDE_EVENT = "side-event", _("Side event")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("training", "Planned")
        CONFIRMED = "confirmed", pgettext_lazy("training", "Confirmed")
        HELD = "held", pgettext_lazy("training", "Held")
        CANCELLED = "cancelled", pgettext_lazy("training", "Cancelled")

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")
        SELF_PACED = "self-paced", _("Self-paced")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, blank=True)
    mode = models.CharField(_("mode"), max_length=20, choices=Mode.choices, blank=True)
    date_to_be_announced = models.BooleanField(_("date to be announced"), default=False)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    start_time = models.TimeField(_("start time"), null=True, blank=True)
    end_date = models.DateField(_("end date"), null=True, blank=True)
    only_year = models.BooleanField(
        _("only the year is known"), default=False, help_text=_("Readers see the year of the start date alone.")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, blank=True, help_text=_("For example America/Bogota, for the start time.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    languages = ParentalManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages it is given in")
    )
    interpretation = ParentalManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("interpretation into")
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registration_url = models.URLField(_("registration link"), max_length=800, blank=True)
    website = models.URLField(_("website"), max_length=800, blank=True)
    organisers_text = models.CharField(
        _("organisers as the source names them"),
        max_length=500,
        blank=True,
        help_text=_("Only what the list of organisations does not hold."),
    )
    audience_text = models.CharField(_("who it is for, in the source’s words"), max_length=300, blank=True)
    wording_language = language_of_words(_("language of the source’s words"))

    type_id = "training"
    base_form_class = TrainingPageForm
    work_fields = (
        "kind", "status", "mode", "date_to_be_announced", "start_date", "start_time", "end_date", "only_year",
        "time_zone", "place", "languages", "interpretation", "capacity", "registration_url", "website",
        "organisers_text", "audience_text", "wording_language",
    )  # fmt: skip
    work_rows = ("trainers", "sessions")
    type_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("mode"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldRowPanel([FieldPanel("start_time"), FieldPanel("time_zone")]),
                FieldRowPanel([FieldPanel("date_to_be_announced"), FieldPanel("only_year")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("capacity")]),
                FieldPanel("registration_url"),
                FieldPanel("website"),
                FieldRowPanel([FieldPanel("audience_text"), FieldPanel("wording_language")]),
            ],
            heading=_("When, where and how"),
        ),
        MultiFieldPanel(
            [FieldPanel("languages"), FieldPanel("interpretation")], heading=_("Languages"), classname="collapsed"
        ),
        InlinePanel("sessions", label=_("Session")),
    ]
    link_panels = [InlinePanel("trainers", label=_("Trainer")), FieldPanel("organisers_text")]

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")

    def clean(self):
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": gettext("The training ends before it starts.")})
        if (self.start_date or self.end_date) and self.date_to_be_announced:
            raise ValidationError({"date_to_be_announced": gettext("There is a date already: untick this.")})

    @property
    def last_day(self) -> date | None:
        """The day on which it ends, the last of the year where only that is known; None without a date.

        OPEN_END of one that everybody follows at their own pace from its start on.
        """
        last = self.end_date or self.start_date
        if last and not self.end_date and self.mode == self.Mode.SELF_PACED and self.status != self.Status.HELD:
            return OPEN_END
        return date(last.year, 12, 31) if last and self.only_year else last


class Trainer(Orderable):
    """An expert who trains; the expert's page shows the training."""

    page = ParentalKey(TrainingPage, related_name="trainers", on_delete=models.CASCADE)
    target = models.ForeignKey(
        "resources.ExpertPage", on_delete=models.CASCADE, related_name="trainings_given", verbose_name=_("expert")
    )

    panels = [PageChooserPanel("target", "resources.ExpertPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")

    def __str__(self):
        return str(self.target)


class Session(ClusterableModel, Orderable):
    """A part of an event, in its order. People named are dated credits of that event, not profiles."""

    page = ParentalKey(TrainingPage, related_name="sessions", on_delete=models.CASCADE)
    title = models.CharField(_("title"), max_length=500)
    described_title = models.BooleanField(_("the title is a description"), default=False)
    languages = ParentalManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages it was given in")
    )
    strategies = ParentalManyToManyField(Strategy, blank=True, related_name="+", verbose_name=_("strategies"))
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    more_countries = ParentalManyToManyField(
        Country,
        blank=True,
        related_name="+",
        verbose_name=_("more countries"),
        help_text=_("Where it is about several."),
    )
    speakers_text = models.TextField(
        _("speakers"), blank=True, help_text=_("Public roles at that event, as its programme gives them.")
    )
    wording_language = language_of_words(_("language of title and speakers"))
    source_url = models.CharField(_("source"), max_length=800, blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("described_title")]),
        FieldPanel("more_countries", widget=OfferedTerms),
        FieldRowPanel([FieldPanel("languages", widget=OfferedTerms), FieldPanel("strategies", widget=OfferedTerms)]),
        FieldPanel("speakers_text"),
        FieldPanel("wording_language"),
        InlinePanel("speakers", label=_("Speaker with a profile")),
        InlinePanel("materials", label=_("Slides or recording")),
        FieldPanel("source_url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return self.title


class SessionSpeaker(Orderable):
    """An expert with a profile who spoke in the session."""

    session = ParentalKey(Session, related_name="speakers", on_delete=models.CASCADE)
    target = models.ForeignKey(
        "resources.ExpertPage", on_delete=models.CASCADE, related_name="sessions_spoken", verbose_name=_("expert")
    )

    panels = [PageChooserPanel("target", "resources.ExpertPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self):
        return str(self.target)


class SessionMaterial(Orderable):
    """Slides or a recording of a session, in one language."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Slides")
        RECORDING = "recording", _("Recording")
        FOLDER = "folder", _("Folder of materials")

    session = ParentalKey(Session, related_name="materials", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SLIDES)
    language = models.ForeignKey(
        Language,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("language"),
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=800)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("title"),
        FieldPanel("url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("material of a session")
        verbose_name_plural = _("materials of sessions")

    def __str__(self):
        return self.title or self.url
