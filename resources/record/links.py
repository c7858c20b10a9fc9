"""Links of a work to other works, from whichever end and on whichever translation they were entered.

One query finds the links, one the pages at their other ends together with the translations of
the work itself, one what is known of titles: three queries, however many works. In a preview,
the links that the editor enters on this work are those of the form.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from wagtail.models import Page

from resources.contacts import without_contacts
from resources.models import (
    Edition,
    EvaluatedProgramme,
    PracticePage,
    ProgrammePage,
    RelatedWork,
    ResourcePage,
    Session,
    SessionSpeaker,
    TrainedAt,
    Trainer,
)
from resources.models.expert import withdrawn
from resources.record.classification import session_key
from resources.record.shape import RelatedItem
from resources.structure import Section, structure_of
from resources.title_languages import language_of_title
from search.collation import sort_key
from search.languages import best_locale, direction

# Relation to where its links are: model, field path to this work's page, to the other page, and the note.
_ALWAYS = {
    "related": ((RelatedWork, "page", "target", None), (RelatedWork, "target", "page", None)),
    "adopted_by": ((PracticePage, "adopted_from", "", None),),
}
_OF_TYPE = {
    "programme": {
        "evaluations": ((EvaluatedProgramme, "target", "page", None),),
        "adapted_from": ((ProgrammePage, "", "adapted_from", None),),
        "adapted_into": ((ProgrammePage, "adapted_from", "", None),),
    },
    "evaluation": {"programmes": ((EvaluatedProgramme, "page", "target", None),)},
    "expert": {
        "trainings_given": ((Trainer, "target", "page", None),),
        "spoke_at": ((SessionSpeaker, "target", "session__page", None),),
        "trained_at": ((TrainedAt, "page", "target", "year"),),
    },
    "training": {
        "trainers": ((Trainer, "page", "target", None),),
        "speakers": ((SessionSpeaker, "session__page", "target", "session_id"),),
        "alumni": ((TrainedAt, "target", "page", "year"),),
    },
    "practice": {"adopted_from": ((PracticePage, "", "adopted_from", None),)},
}
_EDITION, _RECORD, _ADDRESS = range(3)  # rows of one query, in this order: what a record says of its title counts last
# What is read of each page.
_READ = (
    "title", "slug", "path", "depth", "url_path", "live", "alias_of", "translation_key", "content_type", "locale",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """`note` is the year of a training, the primary key of a session (its key in a preview), or None."""

    relation: str
    key: UUID
    note: int | str | None


def _key_path(path: str) -> str:
    return f"{path}__translation_key" if path else "translation_key"


def _places(type_id: str) -> Iterator[tuple]:
    for relation, places in (_ALWAYS | _OF_TYPE.get(type_id, {})).items():
        for place in places:
            yield relation, *place


def _is_of_form(own: str) -> bool:
    """Whether the links whose path to this work is `own` are entered on this work, not on the other one."""
    return own in ("", "page", "session__page")


def _find(key: UUID, type_id: str, work: ResourcePage | None) -> list[Link]:
    """Links of the work with this key; those entered on it from the form of the unsaved `work`, if there is one."""
    queries: list[QuerySet] = []
    for relation, model, own, other, note in _places(type_id):
        if work and _is_of_form(own):
            continue
        rows = model._base_manager.order_by().filter(**{_key_path(own): key, f"{_key_path(other)}__isnull": False})
        queries.append(
            rows.annotate(
                relation=Value(relation),
                other=F(_key_path(other)),
                # One type for all parts of the union, said aloud: PostgreSQL takes a bare NULL for text.
                note=Cast(F(note) if note else Value(None), BigIntegerField()),
            ).values_list("relation", "other", "note")
        )
    found = [Link(*row) for row in queries[0].union(*queries[1:])]
    if work:
        found += _of_form(work)
    return [link for link in found if link.key != key]


def _of_form(work: ResourcePage) -> Iterator[Link]:
    found = []
    for relation, model, own, other, note in _places(work.type_id):
        for row in _rows(work, model, own) if _is_of_form(own) else ():
            noted = session_key(row.session) if model is SessionSpeaker else note and getattr(row, note)
            found.append((relation, getattr(row, f"{other}_id"), noted))
    keys = dict(Page.objects.filter(pk__in={pk for _relation, pk, _note in found}).values_list("pk", "translation_key"))
    return (Link(relation, keys[pk], note) for relation, pk, note in found if pk in keys)


def _rows(work: ResourcePage, model, own: str) -> list:
    """The rows of `model` whose path `own` leads to `work`, saved or not."""
    if not own:
        return [work]
    name, _, rest = own.partition("__")
    field = model._meta.get_field(name)
    owners = _rows(work, field.related_model, rest)
    return [row for owner in owners for row in getattr(owner, field.remote_field.related_name).all()]


class LinkedWorks:
    """The works a work is linked with, as a reader of `locale` finds them, and the pages of the work itself.

    `unsaved` is the work in an editor's preview, with links that may not be in the database yet.
    """

    def __init__(
        self, key: UUID, type_id: str, locale: str, request: HttpRequest | None, unsaved: ResourcePage | None = None
    ):
        self.key = key
        self.locale = locale
        self.request = request
        self.structure = structure_of(request)
        self.links = _find(key, type_id, unsaved)
        self._load({key, *(link.key for link in self.links)})

    def _load(self, keys: set[UUID]) -> None:
        pages = (
            Page.objects.filter(translation_key__in=keys)
            .annotate(withdrawn=withdrawn("expertpage__"))
            .select_related("locale")
            .only(*_READ)
            .order_by("pk")
        )
        self._originals = originals = {}
        self._models: set[type[Page]] = set()
        self._public: dict[UUID, dict[str, Page]] = defaultdict(dict)
        for page in pages:
            if not issubclass(page.specific_class or Page, ResourcePage):
                continue  # it was linked before that was refused
            originals.setdefault(page.translation_key, page)
            self._models.add(page.specific_class)
            if self.structure.is_public(page):
                self._public[page.translation_key][page.locale.language_code] = page
        for key, original in originals.items():
            if original.withdrawn:
                self._public.pop(key, None)
        own = originals.get(self.key)
        self.original_pk = own.pk if own else None

    def read_titles(self, addresses: Iterable[str]) -> None:
        """Read what is known of titles, and at which of `addresses` there are unofficial copies of whichever work.

        What resources.title_languages knows of all these works, and which of their titles are descriptions.
        """
        keys = list(self._originals)
        editions = Edition.objects.order_by()
        written = Q(language__sign=False) | Q(title_language__isnull=False)
        of_editions = editions.filter(written, page__translation_key__in=keys).values_list(
            Value(_EDITION), Coalesce("sort_order", 0), "pk", "page__translation_key", "title",
            Coalesce("title_language__code", "language__code"), Value(False),
        )  # fmt: skip
        of_records = (
            model._base_manager.order_by()
            .filter(Q(title_language__isnull=False) | Q(described_title=True), translation_key__in=keys)
            .values_list(
                Value(_RECORD), Value(0), "pk", "translation_key", "title", "title_language__code", "described_title"
            )
            for model in self._models
        )
        of_addresses = editions.filter(unofficial_url__in=set(addresses)).values_list(
            Value(_ADDRESS), Value(0), "pk", "page__translation_key", "unofficial_url", "language__code", Value(False)
        )
        self._title_languages: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._described: set[UUID] = set()
        self.unofficial: set[str] = set()
        for kind, _place, pk, key, text, code, described in sorted(of_editions.union(*of_records, of_addresses)):
            if kind == _ADDRESS:
                self.unofficial.add(text)
            elif kind == _EDITION:
                self._title_languages[key][text].append(code)
            elif code:
                self._title_languages[key][text] = [code]
            if described and pk == self._originals[key].pk:
                self._described.add(key)

    def translations(self) -> dict[str, Page]:
        """Public pages of the work itself by locale."""
        return self._public.get(self.key, {})

    def index_of(self, page: Page) -> Section | None:
        """The catalogue page that this reader sees above `page`."""
        own = self.structure.parent(page)
        return self.structure.shown_in(own.translation_key, self.locale) if own else None

    def url(self, page: Page) -> str:
        """Where a reader of this locale sees `page`: if it is of another, below the section that the reader sees."""
        if page.locale.language_code == self.locale:
            return page.get_url(self.request) or ""
        return self.structure.address(page, self.locale)

    def item(self, key: UUID, note: str = "", type_labels: dict[str, str] | None = None) -> RelatedItem | None:
        """The work with this key as this reader finds it; None where it has no public page."""
        pages = self._public.get(key)
        if not pages:
            return None
        page = pages[best_locale(pages, self.locale)]
        code = self._title_language(page)
        type_id = page.specific_class.type_id
        return RelatedItem(
            title=without_contacts(page.title) if type_id == "expert" else page.title,
            url=self.url(page),
            lang="" if code == self.locale else code,
            dir="" if code == self.locale else direction(code),
            type_label=(type_labels or {}).get(type_id, ""),
            note=note,
            described=key in self._described,
        )

    def _title_language(self, page: Page) -> str:
        known = self._title_languages.get(page.translation_key, {})
        return language_of_title(page.title, page.locale.language_code, known)

    def items(self, relation: str, type_labels: dict[str, str] | None = None) -> tuple[RelatedItem, ...]:
        """Works that stand in `relation` to this one, each once, by title; a year beside it where one is noted."""
        years: dict[UUID, set[int]] = defaultdict(set)
        for link in self.links:
            if link.relation == relation:
                years[link.key].update(() if link.note is None else (link.note,))
        return self._sorted(
            self.item(key, ", ".join(str(year) for year in sorted(noted)), type_labels) for key, noted in years.items()
        )

    def speakers(self, session: Session) -> tuple[RelatedItem, ...]:
        """Experts with a profile who spoke in the session."""
        key = session_key(session)
        keys = {link.key for link in self.links if link.relation == "speakers" and str(link.note) == key}
        return self._sorted(self.item(key) for key in keys)

    def _sorted(self, items: Iterable[RelatedItem | None]) -> tuple[RelatedItem, ...]:
        return tuple(sorted(_present(items), key=lambda item: sort_key(item.title, self.locale)))


def _present(items: Iterable[RelatedItem | None]) -> Iterator[RelatedItem]:
    return (item for item in items if item is not None)
