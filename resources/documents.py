"""From pages, classification and editions to one search document a work, a batch of works at a time.

A batch costs a fixed number of queries, whatever its size.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cached_property

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from wagtail.models import CollectionViewRestriction, Page
from wagtail.rich_text import get_text_for_indexing

from resources.choice_words import choice_term
from resources.contacts import without_contacts
from resources.models import (
    PAGE_MODELS,
    CountryPage,
    DocumentText,
    Edition,
    EvaluationOutcome,
    EvaluationPage,
    ExpertLanguage,
    ExpertPage,
    OrganisationRole,
    PracticePage,
    ProgrammePage,
    PublicationPage,
    Rating,
    ResourcePage,
    Session,
    StrategyPage,
    TrainingPage,
)
from resources.models.base import CLASSIFICATION
from resources.models.expert import withdrawn
from resources.title_languages import language_of_title, title_languages
from resources.tree import Tree
from resources.vocabulary_cache import NAME_ALONE, Snapshot, forget, vocabularies
from search.documents import OPEN_END, Document, Material, PageText, Term
from search.languages import LOCALES, best_locale

BATCH = 500  # works
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # "added on" of pages made live without being published


def public_pages():
    """Pages of works and all others that everyone may see now; experts only while their consent holds."""
    return without_withdrawn(Page.objects.live().public().filter(alias_of=None))


def without_withdrawn(pages: QuerySet) -> QuerySet:
    """Those of `pages` that are not of experts who have not consented to be seen now."""
    profiles = ExpertPage._base_manager.filter(translation_key=OuterRef("translation_key"))
    is_original = ~Exists(profiles.filter(pk__lt=OuterRef("pk")))
    return pages.exclude(Exists(profiles.filter(is_original, withdrawn())))


def published_pages(*models: type[ResourcePage]):
    """Those of `public_pages` that are of these types of works, of all types without any."""
    return public_pages().type(*(models or PAGE_MODELS))


def build(keys: Iterable[str]) -> Iterator[Document]:
    """The documents of the works with these translation keys; works without a public page are left out."""
    keys = list(keys)
    tree = Tree()
    forget()  # a term that another process has just added is needed now
    for start in range(0, len(keys), BATCH):
        yield from Batch(keys[start : start + BATCH], tree, vocabularies()).documents()


class Batch:
    """What is read of a batch of works, by the primary key of their original pages."""

    def __init__(self, keys: list[str], tree: Tree, terms: Snapshot):
        self.tree = tree
        self.terms = terms
        pages = Page.objects.filter(translation_key__in=keys).order_by()  # an order would join the grouping
        self.originals = dict(pages.values_list("translation_key").annotate(Min("pk")))
        shown = list(published_pages().filter(translation_key__in=keys).values_list("pk", flat=True))
        self.pages = self._specific({*shown, *self.originals.values()})
        self.shown: dict[object, list[ResourcePage]] = defaultdict(list)
        for pk in shown:
            if pk in self.pages:
                self.shown[self.pages[pk].translation_key].append(self.pages[pk])
        self.works = {pk: self.pages[pk] for pk in self.originals.values() if pk in self.pages}

    def _specific(self, pks: set[int]) -> dict[int, ResourcePage]:
        pages = {}
        for model in PAGE_MODELS:
            pages |= model.objects.select_related("locale").in_bulk(pks)
        return pages

    def _rows(self, model, *related: str) -> dict[int, list]:
        rows = defaultdict(list)
        for row in model.objects.filter(page__in=self.works).select_related(*related).order_by("sort_order", "pk"):
            rows[row.page_id].append(row)
        return rows

    @cached_property
    def classification(self) -> dict[int, dict[str, list[int]]]:
        """Work to facet to primary keys of terms, in the order of the vocabularies."""
        found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for model in PAGE_MODELS:
            pks = [pk for pk, work in self.works.items() if isinstance(work, model)]
            if not pks:
                continue
            extra = {"languages": "language"} if model is TrainingPage else {}
            for field, facet in {**CLASSIFICATION, **extra}.items():
                link = model._meta.get_field(field)
                rows = link.remote_field.through._base_manager.filter(**{f"{link.m2m_field_name()}__in": pks})
                pairs = rows.values_list(f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id")
                for pk, term in pairs.order_by("pk"):
                    found[pk][facet].append(term)
        return found

    @cached_property
    def editions(self) -> dict[int, list[Edition]]:
        return self._rows(Edition, "language", "document")

    @cached_property
    def file_texts(self) -> dict[int, str]:
        documents = {row.document_id for rows in self.editions.values() for row in rows if row.document_id}
        if not documents:
            return {}
        # What not everybody may read is not searched either: counts and titles would tell what is in it.
        # Nor is what was in a file that another has replaced. A digest not known yet is noted when the file is read.
        present = Q(file_hash=F("document__file_hash")) | Q(document__file_hash="")
        texts = DocumentText.objects.filter(present, pk__in=documents)
        for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
            texts = texts.exclude(document__collection__path__startswith=path)
        return dict(texts.values_list("pk", "text"))

    @cached_property
    def roles(self) -> dict[int, list[OrganisationRole]]:
        return self._rows(OrganisationRole)

    @cached_property
    def outcomes(self) -> dict[int, list[EvaluationOutcome]]:
        return self._rows(EvaluationOutcome)

    @cached_property
    def ratings(self) -> dict[int, list[Rating]]:
        return self._rows(Rating)

    @cached_property
    def expert_languages(self) -> dict[int, list[ExpertLanguage]]:
        return self._rows(ExpertLanguage, "language")

    @cached_property
    def sessions(self) -> dict[int, list[Session]]:
        return self._rows(Session)

    @cached_property
    def session_strategies(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        rows = Session.strategies.through.objects.filter(session__page__in=self.works).order_by("pk")
        for session, strategy in rows.values_list("session_id", "strategy_id"):
            found[session].append(strategy)
        return found

    def documents(self) -> Iterator[Document]:
        """The documents of all works of the batch that have a public page."""
        for key, original in self.originals.items():
            if self.shown[key] and original in self.works:
                yield self._document(self.works[original], self.shown[key])

    def _document(self, work: ResourcePage, shown: list[ResourcePage]) -> Document:
        pages = {page.locale.language_code: page for page in shown}
        chosen = {code: pages[best_locale(pages, code)] for code in LOCALES}
        terms = self._terms(work)
        facets = self._facets(work, terms)
        about = self._about(work)
        starts_on, ends_on = _dates(work)
        titles = title_languages(work, self.editions.get(work.pk, ()), self.terms.by_pk["language"])
        return Document(
            id=str(work.translation_key),
            external_id=work.work_id,
            type=work.type_id,
            pages=tuple(
                PageText(
                    locale=code,
                    title=_public(work, page.title, code),
                    summary=_public(work, page.summary, code),
                    url=self.tree.path(page),
                    body=_public(work, "\n".join(filter(None, (*prose(page), about))), code),
                    title_language="" if (written := language_of_title(page.title, code, titles)) == code else written,
                )
                for code, page in sorted(pages.items())
            ),
            added_on=min(page.first_published_at or NEVER for page in shown),
            keywords=tuple(dict.fromkeys(self._keywords(work, terms, facets))),
            materials=tuple(self._materials(work)),
            facets=facets,
            years=_years(work, self.editions.get(work.pk, [])),
            starts_on=starts_on,
            ends_on=ends_on,
            urls={code: self.tree.path_for(page, code) for code, page in chosen.items()},
            described=work.described_title,
            order=self.terms.by_pk["strategy"][work.term_id].order if getattr(work, "term_id", None) else 0,
            cancelled=isinstance(work, TrainingPage) and work.status == TrainingPage.Status.CANCELLED,
        )

    def _keywords(
        self, work: ResourcePage, terms: dict[str, list[int]], facets: dict[str, tuple[str, ...]]
    ) -> Iterator[Term]:
        """The words of all that the work is classified by, whatever a list calls it."""
        for facet, pks in terms.items():
            yield from (self.terms.term(facet, pk) for pk in pks)
        for facet in NAME_ALONE:
            yield from (self.terms.label(facet, value) for value in facets.get(facet, ()))
        choices = {"type": (work.type_id,)} | {name: facets.get(name, ()) for name in ("kind", "mode", "role")}
        if isinstance(work, TrainingPage):
            choices["training_kind"] = (work.kind,)
        if isinstance(work, PracticePage):
            choices["practice_kind"] = (work.kind,)
        for name, values in choices.items():
            yield from (choice_term(name, value) for value in values if value)

    def _terms(self, work: ResourcePage) -> dict[str, list[int]]:
        """Facet to primary keys of all terms of the work, those of its rows too, each once."""
        terms = {facet: list(pks) for facet, pks in self.classification.get(work.pk, {}).items() if facet != "language"}
        for row in self.roles.get(work.pk, ()):
            terms.setdefault("organisation", []).append(row.organisation_id)
        if isinstance(work, StrategyPage) and work.term_id:
            terms["strategy"] = [work.term_id, *terms.get("strategy", ())]  # first that which the page explains
        if isinstance(work, CountryPage) and work.country_id:
            terms.setdefault("country", []).append(work.country_id)
        if isinstance(work, ExpertPage) and work.organisation_id:
            terms.setdefault("organisation", []).append(work.organisation_id)
        if isinstance(work, ProgrammePage):
            terms["evidence"] = [work.evidence_level_id] if work.evidence_level_id else []
            terms["evaluation_status"] = [work.evaluation_status_id] if work.evaluation_status_id else []
        if isinstance(work, TrainingPage):
            for session in self.sessions.get(work.pk, ()):
                terms.setdefault("strategy", []).extend(self.session_strategies.get(session.pk, ()))
        if isinstance(work, EvaluationPage):
            terms["design"] = [work.design_id] if work.design_id else []
            for row in self.outcomes.get(work.pk, ()):
                terms.setdefault("outcome", []).append(row.outcome_id)
                if row.intervention_id:
                    terms.setdefault("intervention", []).append(row.intervention_id)
        return {facet: list(dict.fromkeys(pks)) for facet, pks in terms.items() if pks}

    def _facets(self, work: ResourcePage, terms: dict[str, list[int]]) -> dict[str, tuple[str, ...]]:
        facets = {facet: [self.terms.by_pk[facet][pk].key for pk in pks] for facet, pks in terms.items()}
        countries = [self.terms.by_pk["country"][pk] for pk in terms.get("country", ())]
        facets["region"] = list(dict.fromkeys(code for country in countries for code in self.terms.regions(country)))
        facets["language"] = self._languages(work)
        if isinstance(work, PublicationPage):
            facets["kind"] = [work.kind]
        if isinstance(work, TrainingPage):
            facets["mode"] = [work.mode]
        if isinstance(work, ExpertPage):
            facets["role"] = [role.value for role in work.roles]
        return {facet: tuple(values) for facet, values in facets.items() if any(values)}

    def _languages(self, work: ResourcePage) -> list[str]:
        codes = [row.language.code for row in self.editions.get(work.pk, ()) if row.is_available]
        if isinstance(work, ExpertPage):
            codes += [row.language.code for row in self.expert_languages.get(work.pk, ())]
        languages = self.classification.get(work.pk, {}).get("language", ())
        codes += [self.terms.by_pk["language"][pk].code for pk in languages]
        return list(dict.fromkeys(codes))

    def _materials(self, work: ResourcePage) -> Iterator[Material]:
        listed = set()
        for row in self.editions.get(work.pk, ()):
            listed.add(row.language.code)
            text = self.file_texts.get(row.document_id, "") if row.document_id else ""
            code = row.language.code
            written = self.terms.by_pk["language"][row.title_language_id or row.language_id].code
            title, text = _public(work, row.title, written), _public(work, text, code)
            if written == code:
                yield Material(code, title, row.public_url, row.is_available, text)
            else:  # the title is searched in its own language, which is none of the material
                yield Material(code, "", row.public_url, row.is_available, text)
                yield Material(written, title, available=False)
        # Languages an expert works in or a training is given in: shown with the others, nothing to open.
        for code in self._languages(work):
            if code not in listed:
                yield Material(code, "")

    def _about(self, work: ResourcePage) -> str:
        """Text of the work that belongs to no locale: authors, numbers; organisations, schemes, sessions as named."""
        parts: list[str] = []
        for row in self.editions.get(work.pk, ()):
            parts += (row.publisher, _isbn(row.isbn), row.doi and f"https://doi.org/{row.doi}")
        if isinstance(work, EvaluationPage):
            parts += (work.authors, work.design_as_stated)
        if isinstance(work, ProgrammePage):
            parts.append(work.organisations_text)
            parts += dict.fromkeys(rating.scheme for rating in self.ratings.get(work.pk, ()))
        if isinstance(work, TrainingPage):
            parts += (work.place, work.organisers_text, work.audience_text)
            parts += [f"{session.title}\n{session.speakers_text}" for session in self.sessions.get(work.pk, ())]
        return "\n".join(filter(None, parts))


def prose(page: ResourcePage) -> list[str]:
    """The texts of the page beside title and summary, without markup."""
    texts = [get_text_for_indexing(str(getattr(page, name) or "")) for name in page.prose_fields]
    return [*texts, *page.body.stream_block.get_searchable_content(page.body)]


def _public(work: ResourcePage, text: str, code: str) -> str:
    """`text` in the language `code` as all may read it; a profile's never depends on the language active now."""
    if not isinstance(work, ExpertPage):
        return text
    with translation.override(code):
        return without_contacts(text)


def _isbn(isbn: str) -> str:
    """The number as it is printed and as one types it, without hyphens."""
    return f"ISBN {isbn} {''.join(filter(str.isalnum, isbn))}" if isbn else ""


def _dates(work: ResourcePage) -> tuple[date | None, date | None]:
    """First and last day. None where a training is neither upcoming nor past: cancelled, or held before these days."""
    if not isinstance(work, TrainingPage) or work.status == TrainingPage.Status.CANCELLED:
        return None, None
    start, end = work.start_date, work.last_day
    if end == OPEN_END:
        return None, end
    if work.only_year and start:
        start = date(start.year, 1, 1)
    if work.status == TrainingPage.Status.HELD and end and end > timezone.localdate():
        return None, None
    return start, end


def _years(work: ResourcePage, editions: list[Edition]) -> tuple[int, ...]:
    """All years of a span; where one end is not known, the other alone: it claims no year that nobody stated."""
    years: set[int | None] = set()
    if isinstance(work, (PublicationPage, EvaluationPage, PracticePage)):
        years.add(work.year)
    if isinstance(work, PublicationPage):
        years.update(row.year for row in editions if row.is_available)
    if isinstance(work, ProgrammePage):
        years.update(_span(work.start_year, work.end_year))
    if isinstance(work, TrainingPage):
        years.update(_span(*(day and day.year for day in (work.start_date, work.end_date))))
    return tuple(sorted(years - {None}))


def _span(first: int | None, last: int | None) -> Iterable[int | None]:
    return range(first, last + 1) if first and last else (first, last)
