"""The base of every page type: a page describes a work in one locale; what is not prose belongs to the work.

All pages with one translation key describe one work. The page with the lowest primary key among
them is the original: classification, dates, editions and links are entered there and read
from there, whatever the locale of the page that is shown. Other pages have no such values of their own.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import TranslatableField

from resources.forms import WorkCopyForm, WorkPageForm
from resources.models.blocks import BodyBlock
from resources.models.revisions import as_of_now
from resources.models.routing import slug_taken_by_another_work
from resources.models.translated import TranslatedPage
from resources.models.vocabularies import (
    Audience,
    Country,
    Intervention,
    Population,
    SDGTarget,
    Sector,
    Setting,
    Strategy,
    Topic,
    ViolenceType,
)
from resources.models.wording import language_of_words
from resources.panels import work_tabs

logger = logging.getLogger(__name__)

SUMMARY_LENGTH = 600  # characters
SLUG_LENGTH = 110  # characters of one that the hub makes: an external id has room for them and a number
EXTERNAL_ID = re.compile(r"[A-Za-z0-9._-]+")

# Many-to-many field of every page type to the facet its terms are counted under.
CLASSIFICATION = {
    "strategies": "strategy",
    "interventions": "intervention",
    "sectors": "sector",
    "violence_types": "violence",
    "settings": "setting",
    "topics": "topic",
    "populations": "population",
    "audiences": "audience",
    "sdg_targets": "sdg",
    "countries": "country",
}
SCALARS = (
    "described_title", "title_language", "external_id", "source_urls", "reviewed_on", "review_due", "review_notes",
)  # fmt: skip
COMMON_ROWS = ("editions", "organisation_roles", "related_works")


def terms(to: type[models.Model], label: str, help_text: str = "") -> ParentalManyToManyField:
    """A classification field that points to terms of one vocabulary."""
    return ParentalManyToManyField(to, blank=True, related_name="+", verbose_name=label, help_text=help_text)


def _numbered(name: str) -> Iterator[str]:
    """name, name-2, name-3 ..., cut where it is too long."""
    name = name[:SLUG_LENGTH].rstrip("-")
    return chain([name], (f"{name}-{number}" for number in count(2)))


class ResourcePage(TranslatedPage, Page):
    """What all page types have. Subclasses add `work_fields`, `work_rows` and `prose_fields` of their own."""

    summary = models.TextField(
        _("summary"),
        max_length=SUMMARY_LENGTH,
        help_text=_("What it is, in two or three plain sentences: lists and search results show it."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"), help_text=_("Everything worth reading."))

    strategies = terms(Strategy, _("strategies"), _("The INSPIRE strategies this work is about: one at least."))
    interventions = terms(Intervention, _("interventions"), _("Approaches under those strategies."))
    sectors = terms(Sector, _("sectors"))
    countries = terms(Country, _("countries"), _("Where it takes place or what it is about."))
    violence_types = terms(ViolenceType, _("types of violence"))
    settings = terms(Setting, _("settings"), _("Where the work is done or where the violence happens."))
    topics = terms(Topic, _("topics"))
    populations = terms(Population, _("populations"))
    audiences = terms(Audience, _("audiences"), _("Who takes part, is trained, or should read it."))
    sdg_targets = terms(SDGTarget, _("SDG targets"))
    described_title = models.BooleanField(
        _("the title is a description"),
        default=False,
        help_text=_("Tick when the published title was not seen and the title above only describes the work."),
    )
    title_language = language_of_words(
        _("language of the title"),
        _(
            "Only for a title that is not in the language of this page, such as a name kept as it is. "
            "Without it, a title that an edition has too is taken to be in the language of that edition."
        ),
    )
    external_id = models.CharField(
        _("record identifier"),
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Stable and unique; imports match on it. Leave empty to let the hub give one."),
    )
    source_urls = models.TextField(
        _("sources"),
        blank=True,
        help_text=_("Where the facts of this record were read: one address or reference a line."),
    )
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    review_due = models.DateField(_("review due on"), null=True, blank=True)
    review_notes = models.TextField(
        _("notes for editors"), blank=True, help_text=_("For example what is not certain. Readers do not see it.")
    )

    # Id of the type in search and the class of the index page it lives under; set by each subclass.
    type_id = ""
    work_fields: tuple[str, ...] = ()
    work_rows: tuple[str, ...] = ()
    prose_fields: tuple[str, ...] = ()

    required_to_publish: tuple[str, ...] = ("strategies",)
    # Field that may be left empty in the form, to the classification that tells it where one term alone is chosen.
    told_by: dict[str, str] = {}
    base_form_class = WorkPageForm
    copy_form_class = WorkCopyForm
    exclude_fields_in_copy = ["external_id"]  # a copy is a new work
    parent_page_types = ["resources.CatalogueIndexPage"]
    subpage_types: list[str] = []
    # Wagtail's own search serves the admin's choosers and explorer only.
    search_fields = Page.search_fields
    type_panels: list[Panel] = []
    link_panels: list[Panel] = []

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [
            TranslatableField(name) for name in ("title", "seo_title", "search_description", "summary", "body")
        ] + [TranslatableField(name) for name in cls.prose_fields]
        cls.edit_handler = work_tabs(cls)

    @classmethod
    def prose_panels(cls) -> list[Panel]:
        """Panels of the type's own prose, between summary and text."""
        return [FieldPanel(name) for name in cls.prose_fields]

    @classmethod
    def all_work_fields(cls) -> tuple[str, ...]:
        """Names of all fields and rows that belong to the work, not to the page."""
        return (*CLASSIFICATION, *SCALARS, *cls.work_fields, *COMMON_ROWS, *cls.work_rows)

    @property
    def work(self) -> "ResourcePage":
        """The original page of this work: read every field that is not prose from it."""
        if "_work" in self.__dict__:
            return self._work
        first = type(self)._base_manager.filter(translation_key=self.translation_key).order_by("pk").first()
        work = self if first is None or first.pk == self.pk else first
        if not self._state.adding:  # until it is saved a page cannot know whether it will be the original
            self._work = work
        return work

    @property
    def is_original(self) -> bool:
        """Whether this page carries the values of its work. A new page does, unless its work has a page already."""
        return self.work is self

    @property
    def work_id(self) -> str:
        """What names the work in addresses, exports and search. Ask the original page: it has the external id."""
        return self.external_id or str(self.translation_key)

    @classmethod
    def can_exist_under(cls, parent):
        """As Wagtail's; a catalogue page takes works of its own type only."""
        return super().can_exist_under(parent) and parent.specific.type == cls.type_id

    def clean(self):
        super().clean()
        self.external_id = self.external_id or None
        if self.external_id and not EXTERNAL_ID.fullmatch(self.external_id):
            message = gettext("Use only letters a to z (without accents), digits, hyphens, underscores and full stops.")
            raise ValidationError({"external_id": message})
        if self.external_id and self.external_id_taken(self.external_id):
            raise ValidationError({"external_id": gettext("Another record has this identifier already.")})
        if self.reviewed_on and self.review_due and self.review_due < self.reviewed_on:
            raise ValidationError({"review_due": gettext("The next review is due before the last one.")})

    def left_empty(self) -> list[str]:
        """Names of the fields that have to be filled in before this page is published."""
        names = ("summary", *(self.required_to_publish if self.is_original else ()))
        values = {name: getattr(self, name) for name in names}
        return [name for name, value in values.items() if not (value.all() if hasattr(value, "all") else value)]

    @classmethod
    def labels(cls, names: Iterable[str]) -> str:
        """What the editor knows these fields by."""
        return ", ".join(str(cls._meta.get_field(name).verbose_name) for name in names)

    @property
    def waits_for_original(self) -> dict:
        """The values of an original that is not public are those of a draft: a translation would show them."""
        if self.live or self.is_original or self.work.live:
            return {}
        return {"original": [self.work.title, self.work.locale.language_code]}

    @property
    def is_shown_by_translations(self) -> bool:
        """Whether readers see the values of this page, which is not public, on its translations."""
        return not self.live and self.is_original and self.get_translations().live().exists()

    def with_content_json(self, content):
        """As Wagtail's; of a page whose values translations show, one revision counts as live: where none is, Wagtail
        saves the values of a draft as soon as it is scheduled."""
        draft = super().with_content_json(content)
        if self.is_shown_by_translations:
            draft.live_revision_id = self.latest_revision_id
        return draft

    def shortcoming(self, revision) -> dict:
        """As the other pages'; nor is it published without what its form asks for."""
        refusal = super().shortcoming(revision)
        draft = revision.as_object() if revision else self
        if not refusal and (empty := draft.left_empty()):
            logger.warning("Page %s is not published: without %s", self.pk, ", ".join(empty))
            return {"empty": empty}
        return refusal

    def external_id_taken(self, external_id: str) -> bool:
        """Whether another work, of any page type, has this external id."""
        from resources.models import PAGE_MODELS

        found = (
            model._base_manager.filter(external_id=external_id).exclude(translation_key=self.translation_key)
            for model in PAGE_MODELS
        )
        return any(pages.exists() for pages in found)

    def free_external_id(self, slug: str) -> str:
        """An external id that no other work has: the slug, if need be with a number."""
        return next(name for name in _numbered(slug) if not self.external_id_taken(name))

    def free_slug(self, parent: Page, title: str, external_id: str | None = None) -> str:
        """A slug that no other work has under `parent` in any locale, made of the title.

        Where that has no letter of ASCII, as in Arabic, of the external id, else of the type and a part of the key.
        """
        name = slugify(title) or slugify(external_id or "") or f"{self.type_id}-{self.translation_key.hex[:8]}"
        return next(slug for slug in _numbered(name) if self._slug_is_available(slug, parent, self))

    def _set_core_field_defaults(self):
        if not self.slug and (parent := self.get_parent()):
            self.slug = self.free_slug(parent, self.title, self.external_id)
        super()._set_core_field_defaults()

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        free = Page._slug_is_available(slug, parent_page, page)
        # A work is reachable by its slug in every locale, so its slug is its own in all of them.
        return free and not slug_taken_by_another_work(slug, parent_page, page)

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """As Wagtail's, without the work's values: a copy of them would be a second truth that drifts."""
        excluded = [*(exclude_fields or ()), *self.all_work_fields()]
        return super().copy_for_translation(locale, copy_parents, alias, exclude_fields=excluded)

    @classmethod
    def from_serializable_data(cls, data, *args, **kwargs):
        """As Wagtail's, also of a revision from before terms or rows were deleted or the work was inherited."""
        return super().from_serializable_data(as_of_now(cls, data), *args, **kwargs)

    def get_view_restrictions(self):
        """As Wagtail's, in one query: no alias is public, so that sources of aliases need not be asked."""
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def get_context(self, request, *args, **kwargs):
        from resources.record import build_record

        context = super().get_context(request, *args, **kwargs)
        context["record"] = build_record(self, request)
        return context
