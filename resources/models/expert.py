import logging
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from resources import cldr
from resources.contacts import without_contacts
from resources.forms import ExpertPageForm
from resources.models.base import ResourcePage
from resources.models.blocks import RICH_TEXT_FEATURES
from resources.models.routing import reader_locale
from resources.models.vocabularies import Language, Organisation
from resources.models.years import YEARS
from resources.refusals import NO_CONSENT

logger = logging.getLogger(__name__)


class ExpertRole(models.TextChoices):
    SPEAKER = "speaker", _("Speaker")
    TRAINER = "trainer", _("Trainer")
    EVALUATOR = "evaluator", _("Evaluator")
    ADVISER = "adviser", _("Adviser")


class ExpertPage(ResourcePage):
    """A person who agreed to be listed. No e-mail address and no telephone number is held or shown."""

    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    is_speaker = models.BooleanField(_("speaker"), default=False)
    is_trainer = models.BooleanField(_("trainer"), default=False)
    is_evaluator = models.BooleanField(_("evaluator"), default=False)
    is_adviser = models.BooleanField(_("adviser"), default=False)
    open_to_invitations = models.BooleanField(_("open to invitations"), default=False)
    photo = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("photo"),
    )  # fmt: skip
    consent_on = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("When the person agreed to be listed here.")
    )
    consent_until = models.DateField(_("consent valid until"), null=True, blank=True, db_index=True)
    example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Not a person: shows what a profile holds.")
    )
    bio = RichTextField(_("about the person"), blank=True, features=RICH_TEXT_FEATURES)

    type_id = "expert"
    base_form_class = ExpertPageForm
    work_fields = (
        "organisation", "is_speaker", "is_trainer", "is_evaluator", "is_adviser", "open_to_invitations", "photo",
        "consent_on", "consent_until", "example",
    )  # fmt: skip
    work_rows = ("languages", "trained_at")
    prose_fields = ("bio",)
    type_panels = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldRowPanel(
                    [
                        FieldPanel("is_speaker"),
                        FieldPanel("is_trainer"),
                        FieldPanel("is_evaluator"),
                        FieldPanel("is_adviser"),
                    ]
                ),
                FieldPanel("open_to_invitations"),
                FieldPanel("photo"),
            ],
            heading=_("Profile"),
        ),
        InlinePanel("languages", label=_("Language")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("consent_on"), FieldPanel("consent_until")]), FieldPanel("example")],
            heading=_("Consent"),
        ),
    ]
    link_panels = [InlinePanel("trained_at", label=_("Trained at"))]

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def free_slug(self, parent, title, external_id=None):
        """As the other pages'; an address gives away no number that the title hides."""
        return super().free_slug(parent, without_contacts(title, mark=""), external_id)

    def clean(self):
        super().clean()
        if self.consent_on and self.consent_until and self.consent_until < self.consent_on:
            raise ValidationError({"consent_until": gettext("It ends before it begins.")})

    def left_empty(self):
        return [*super().left_empty(), *([] if self.has_consent else ["consent_on"])]

    def save(self, clean=True, **kwargs):
        # Not in clean(): the admin's form runs that of drafts too, and an unsaved page says of itself that it is live.
        if clean and self.live and not self.has_consent:
            raise ValidationError({"consent_on": NO_CONSENT})
        super().save(clean=clean, **kwargs)

    def refusal(self, revision) -> dict:
        """As the other pages'; without consent nothing becomes public, whoever publishes it."""
        draft = revision.as_object() if revision else self
        if not draft.has_consent:
            logger.warning("Page %s is not published: the person has not consented", self.pk)
            return {"consent": False}
        return super().refusal(revision)

    @property
    def has_consent(self) -> bool:
        """Whether the person ever agreed to be listed; an invented one need not."""
        return self.work.example or self.work.consent_on is not None

    def hides_translations(self, without: Collection[int] = ()) -> bool:
        """With the original the profile is not shown in any language."""
        return self.work.pk in (self.pk, *without)

    def public_translations(self, without: Collection[int] = ()) -> str:
        """As the other pages'; of a profile that is withdrawn none is public."""
        return "" if self.is_withdrawn else super().public_translations(without)

    def heir_that_hides(self, without: Collection[int] = ()) -> str:
        """The next original hides them, as this one would, until it is published."""
        heir = self.get_translations().exclude(pk__in=without).order_by("pk").first()
        if not self.hides_translations(without) or heir is None or heir.live:
            return ""
        return cldr.language(heir.locale.language_code, reader_locale())

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody but editors sees the profile, in whatever language; see `withdrawn`."""
        until = self.work.consent_until
        ended = until is not None and until < timezone.localdate()
        return ended or not self.work.live or not self.has_consent

    def serve(self, request, *args, **kwargs):
        if self.is_withdrawn and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    @property
    def roles(self) -> list[ExpertRole]:
        """The roles the person takes, in the order of the vocabulary."""
        return [role for role in ExpertRole if getattr(self, f"is_{role.value}")]


def withdrawn(of: str = "") -> Q:
    """Of original profiles, reached by the path `of`: those whose person has not consented, or not any more.

    `consent_until` is the last day on which they may be seen. An original that is unpublished hides its translations.
    """
    missing = Q(**{f"{of}example": False, f"{of}consent_on": None})
    return missing | Q(**{f"{of}consent_until__lt": timezone.localdate()}) | Q(**{f"{of}live": False})


class ExpertLanguage(Orderable):
    """A language the person works in."""

    class Level(models.TextChoices):
        NATIVE = "native", _("Native or bilingual")
        WORKING = "working", _("Working knowledge")
        BASIC = "basic", _("Basic")

    page = ParentalKey(ExpertPage, related_name="languages", on_delete=models.CASCADE)
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.WORKING)

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("level")])]

    class Meta(Orderable.Meta):
        verbose_name = _("language of an expert")
        verbose_name_plural = _("languages of experts")

    def __str__(self):
        return f"{self.language} ({self.get_level_display()})"


class TrainedAt(Orderable):
    """A training the person went through."""

    page = ParentalKey(ExpertPage, related_name="trained_at", on_delete=models.CASCADE)
    target = models.ForeignKey(
        "resources.TrainingPage", on_delete=models.CASCADE, related_name="alumni", verbose_name=_("training")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)

    panels = [PageChooserPanel("target", "resources.TrainingPage"), FieldPanel("year")]

    class Meta(Orderable.Meta):
        verbose_name = _("training of an expert")
        verbose_name_plural = _("trainings of experts")

    def __str__(self):
        return str(self.target)
