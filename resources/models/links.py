"""Rows that belong to a work: editions, organisations in their roles, related works.

They hang on wagtailcore.Page so that one table serves every page type; only rows of the
original page of a work are ever read (see base.py).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, Page

from resources.doi import bare_doi
from resources.models.base import ResourcePage
from resources.models.index_page import CatalogueIndexPage
from resources.models.vocabularies import Language, Organisation
from resources.models.wording import language_of_words
from resources.models.years import YEARS
from resources.panels import FileProblemPanel


def check_is_work(field: str, page: Page) -> None:
    """ValidationError of `field` where `page` is no work, but for example a list: no chooser prevents that alone."""
    if not issubclass(page.specific_class or Page, ResourcePage):
        raise ValidationError({field: gettext("Choose the record of a work: this page is not one.")})


class Edition(Orderable):
    """A copy of the work's material in one language. Years are of publication; `minutes` for video and audio."""

    class Status(models.TextChoices):
        AVAILABLE = "available", _("Available")
        IN_TRANSLATION = "in-translation", _("In translation")
        PLANNED = "planned", pgettext_lazy("edition", "Planned")

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF document")
        WORD = "word", _("Word document")
        WEB = "web", _("Web page")
        SLIDES = "slides", _("Slides")
        SPREADSHEET = "spreadsheet", _("Spreadsheet or data")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        PRINT = "print", _("Printed")
        OTHER = "other", pgettext_lazy("format", "Other")

    page = ParentalKey("wagtailcore.Page", related_name="editions", on_delete=models.CASCADE)
    language = models.ForeignKey(
        Language,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("language"),
        help_text=_("The language of this copy of the material, not of this page."),
    )
    title = models.CharField(
        _("title in that language"), max_length=500, help_text=_("As printed on this copy, in its own language.")
    )
    title_language = language_of_words(
        _("language of the title"), _("Only for a title that is in another language than the material.")
    )
    described_title = models.BooleanField(
        _("the title is a description"),
        default=False,
        help_text=_("Tick when the published title was not seen and the title above only describes the material."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.AVAILABLE)
    url = models.URLField(
        _("link"), max_length=800, blank=True, help_text=_("Where readers get it, at its publisher if possible.")
    )
    document = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="editions",
        verbose_name=_("uploaded document"),
        help_text=_("PDF and Word files are searched as well."),
    )
    unofficial_url = models.URLField(
        _("address of an unofficial copy"),
        max_length=800,
        blank=True,
        help_text=_("For editors only, never shown to readers: replace it by the publisher’s own link."),
    )
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    isbn = models.CharField(_("ISBN"), max_length=40, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True, help_text=_("For example 10.1186/s13063-019-3356-x."))
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True, help_text=_("For video and audio."))
    unofficial_translation = models.BooleanField(_("unofficial translation"), default=False)
    captions = models.BooleanField(_("has captions"), default=False, help_text=_("For video."))
    transcript = models.BooleanField(_("has a transcript"), default=False, help_text=_("For video and audio."))

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("status")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("title_language"), FieldPanel("described_title")]),
        FieldPanel("url"),
        FieldPanel("document"),
        FileProblemPanel(),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("format"), FieldPanel("pages"), FieldPanel("minutes")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("isbn"), FieldPanel("doi")]),
                FieldPanel("unofficial_translation"),
                FieldRowPanel([FieldPanel("captions"), FieldPanel("transcript")]),
                FieldPanel("unofficial_url"),
            ],
            heading=_("More about this edition"),
            classname="collapsed",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return f"{self.title} ({self.language_id and self.language.code})"

    def clean(self):
        super().clean()
        if self.url and self.document_id:
            raise ValidationError({"url": _("Give a link or an uploaded document, not both.")})
        if self.doi:
            try:
                self.doi = bare_doi(self.doi)
            except ValueError as error:
                raise ValidationError({"doi": str(error)}) from None

    @property
    def is_available(self) -> bool:
        return self.status == self.Status.AVAILABLE

    @property
    def public_url(self) -> str:
        """The link readers may follow, absolute or a path of this site; "" where there is none."""
        return self.document.url if self.document_id else self.url


class OrganisationRole(Orderable):
    """An organisation and what it did for the work."""

    class Role(models.TextChoices):
        PUBLISHER = "publisher", pgettext_lazy("role of an organisation", "Publisher")
        DEVELOPER = "developer", _("Developer")
        IMPLEMENTER = "implementer", _("Implementer")
        FUNDER = "funder", _("Funder")
        ORGANISER = "organiser", _("Organiser")

    page = ParentalKey("wagtailcore.Page", related_name="organisation_roles", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="roles", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.IMPLEMENTER)

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation and role")
        verbose_name_plural = _("organisations and roles")

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"


class RelatedWork(Orderable):
    """A link to another work, entered at one end and shown at both."""

    page = ParentalKey("wagtailcore.Page", related_name="related_works", on_delete=models.CASCADE)
    target = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="related_from", verbose_name=_("related work")
    )

    panels = [PageChooserPanel("target", CatalogueIndexPage.subpage_types)]

    class Meta(Orderable.Meta):
        verbose_name = _("related work")
        verbose_name_plural = _("related works")

    def __str__(self):
        return str(self.target)

    def clean(self):
        super().clean()
        if self.target_id:
            check_is_work("target", self.target)
