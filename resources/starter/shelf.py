"""Where things are put: what the hub holds already, what was put in once, and the one way to add a page."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Locale, Page, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from resources.models import (
    PAGE_MODELS,
    CatalogueIndexPage,
    Country,
    Language,
    ResourcePage,
    StarterRecord,
)
from resources.models.registry import TERM_MODELS
from resources.starter.organisations import OrganisationNames
from resources.starter.report import ALONE, CREATED, DRAFT, OUT, REMOVED, Report

NO_LIST_PAGE = _("the page that lists works of this type was removed")


class Shelf:
    """The hub as the loader sees it. `step` is called once for every entry that was dealt with."""

    term_removed = _("its term was removed by an editor")

    def __init__(self, report: Report, step: Callable[[], None]):
        self.report = report
        self.step = step
        self.records = set(StarterRecord.objects.values_list("kind", "key"))
        self._parents: dict[int, Page] = {}

    # What is there

    @cached_property
    def locales(self) -> dict[str, Locale]:
        return {locale.language_code: locale for locale in Locale.objects.all()}

    @cached_property
    def terms(self) -> dict[str, dict[str, object]]:
        """Terms by name of the model and key. Ask only once the vocabularies are loaded."""
        found = {model.__name__: {term.key: term for term in model.objects.all()} for model in TERM_MODELS}
        found["Country"] = {country.code: country for country in Country.objects.all()}
        found["Language"] = {language.code: language for language in Language.objects.all()}
        return found

    @cached_property
    def organisation_names(self) -> OrganisationNames:
        return OrganisationNames(self.terms["Organisation"].values())

    @cached_property
    def works(self) -> dict[str, Page]:
        """Original pages by external id."""
        return {
            page.external_id: page
            for model in PAGE_MODELS
            for page in model.objects.filter(external_id__isnull=False).only("pk", "external_id", "translation_key")
        }

    @cached_property
    def indexes(self) -> dict[tuple[str, str], CatalogueIndexPage]:
        """The list pages by type of works and locale."""
        pages = CatalogueIndexPage.objects.select_related("locale").order_by("-pk")
        return {(page.type, page.locale.language_code): page for page in pages}

    def term(self, model: str, key: str):
        """The term, or None where editors removed it or `key` is empty."""
        return self.terms[model].get(key)

    def language_of(self, code: str, *words: str) -> Language | None:
        """The language with this code, for `words`; None where there are no words."""
        return self.term("Language", code) if any(words) else None

    def some(self, model: str, keys: Iterable[str]) -> list:
        """The terms of `keys` that the hub has."""
        return [term for key in keys if (term := self.terms[model].get(key)) is not None]

    # Putting in

    def wanted(self, kind: str, key: str, present: bool, name: str = "") -> bool:
        """Whether to create this now. Otherwise the report says why not."""
        if present:
            self.report.add(kind, ALONE, name or key)
        elif (kind, key) in self.records:
            self.report.add(kind, OUT, name or key, REMOVED)
        else:
            return True
        return False

    def remember(self, kind: str, *keys: str) -> None:
        """Note that these were put in, so that they do not come back once an editor removes them."""
        StarterRecord.objects.bulk_create(
            (StarterRecord(kind=kind, key=key) for key in keys if (kind, key) not in self.records),
            ignore_conflicts=True,
        )
        self.records.update((kind, key) for key in keys)

    def add_page(self, parent: Page, page: Page, live: bool = True) -> Page:
        """Put `page` under `parent`, with a first revision, published if `live`.

        The state of the database is that after `save_revision` and `publish`; those save a page three times.
        """
        parent = self._parents.setdefault(parent.pk, parent)
        page.live = live
        page.has_unpublished_changes = not live
        if live:
            page.first_published_at = page.last_published_at = timezone.now()
        parts = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
        parts += [field.name for field in get_all_child_m2m_relations(page)]
        held = {name: list(getattr(page, name).all()) for name in parts}
        with disable_reference_index_auto_update():
            parent.add_child(instance=page)
        # What follows reads all of it, and would ask the database for each part, most of them empty.
        for name, objects in held.items():
            setattr(page, name, objects)
        ReferenceIndex.create_or_update_for_object(page)
        revision = Revision.objects.create(
            content_object=page,
            base_content_type=page.get_base_content_type(),
            content=page.serializable_data(),
            object_str=str(page),
        )
        page.latest_revision = revision
        page.live_revision = revision if live else None
        page.latest_revision_created_at = revision.created_at
        Page.objects.filter(pk=page.pk).update(
            latest_revision=revision,
            live_revision=page.live_revision,
            latest_revision_created_at=revision.created_at,
        )
        if live:
            page_published.send(sender=type(page), instance=page, revision=revision)
        return page

    def add_work(
        self,
        kind: str,
        page: ResourcePage,
        rows: Mapping[str, Iterable] | None = None,
        terms: Mapping[str, Iterable] | None = None,
        locale: str = "en",
        draft_reason: str = "",
    ) -> ResourcePage | None:
        """Add the original page of a work. None, with a word in the report, where its list page was removed."""
        index = self.indexes.get((page.type_id, locale))
        if index is None:
            self.report.add(kind, OUT, page.external_id, NO_LIST_PAGE)
            return None
        page.locale = self.locales[locale]
        for name, found in {**(terms or {}), **(rows or {})}.items():
            setattr(page, name, list(found))
        with transaction.atomic():
            self.add_page(index, page, live=not draft_reason)
            self.remember(kind, page.external_id)
        self.works[page.external_id] = page
        self.report.add(kind, DRAFT if draft_reason else CREATED, page.external_id, draft_reason)
        return page
