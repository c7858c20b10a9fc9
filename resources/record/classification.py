"""The terms of a work: read in one query, named from memory, each a link into search."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from resources.models import OrganisationRole, ResourcePage, Session, TrainingPage
from resources.models.base import CLASSIFICATION
from resources.record.shape import ClassificationGroup, Item
from resources.vocabulary_cache import Snapshot
from search.collation import sort_key
from search.facets import FACETS
from search.languages import direction

# Many-to-many fields that trainings have besides.
_OF_TRAININGS = {"languages": "language", "interpretation": "language"}
# Those of sessions.
_OF_SESSIONS = ("strategies", "languages", "more_countries")
# Facets whose terms have an order of their own; the others are listed by name.
_BY_NAME = ("country", "language", "organisation")


def search_link(facet: str, value: str, **more: str) -> str:
    """Address of the search for this value in the language of the interface."""
    return f"{reverse('search')}?{urlencode({facet: value, **more})}"


def named(terms: Snapshot, facet: str, key: str, locale: str, url: str = "") -> Item:
    """The value by its name, in the language of that."""
    name, lang = terms.labels(facet, locale)[key], terms.foreign_labels(facet, locale).get(key)
    return Item(name, url) if lang is None else Item(name, url, lang, direction(lang) if lang else "auto")


def session_key(session: Session) -> str:
    """What tells a session from the others of its training, saved or not."""
    return str(session.pk or f"unsaved-{id(session)}")


class Classification:
    """Primary keys of the terms of `work`, by field; in a preview those that the editor sees, not those saved."""

    def __init__(self, work: ResourcePage, terms: Snapshot, locale: str, unsaved: bool = False):
        self.work = work
        self.terms = terms
        self.locale = locale
        # Organisation roles and sessions: field to detail (role, primary key of the session) to terms.
        self._found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        fields = [*CLASSIFICATION, *(_OF_TRAININGS if isinstance(work, TrainingPage) else ())]
        if unsaved:
            self._read_form(fields)
        else:
            self._read_database(fields)

    def _read_form(self, fields: Iterable[str]) -> None:
        for name in fields:
            self._found[name][""] = [term.pk for term in getattr(self.work, name).all()]
        for row in self.work.organisation_roles.all():
            self._found["organisations"][row.role].append(row.organisation_id)
        if isinstance(self.work, TrainingPage):
            for session in self.work.sessions.all():
                for name in _OF_SESSIONS:
                    pks = [term.pk for term in getattr(session, name).all()]
                    self._found[f"session_{name}"][session_key(session)] = pks

    def _read_database(self, fields: Iterable[str]) -> None:
        queries = [self._query(type(self.work), name, name) for name in fields]
        roles = OrganisationRole.objects.filter(page_id=self.work.pk)
        queries.append(self._rows(roles, "organisations", "role", "organisation_id", "sort_order"))
        if isinstance(self.work, TrainingPage):
            queries += [self._query(Session, name, f"session_{name}") for name in _OF_SESSIONS]
        for name, detail, pk, _place in sorted(queries[0].union(*queries[1:], all=True), key=lambda row: row[3] or 0):
            self._found[name][detail].append(pk)

    def _query(self, model, name: str, label: str):
        link = model._meta.get_field(name)
        rows = link.remote_field.through._base_manager
        owner, term = f"{link.m2m_field_name()}", f"{link.m2m_reverse_field_name()}_id"
        if model is Session:
            return self._rows(rows.filter(**{f"{owner}__page_id": self.work.pk}), label, f"{owner}_id", term, "pk")
        return self._rows(rows.filter(**{f"{owner}_id": self.work.pk}), label, "", term, "pk")

    @staticmethod
    def _rows(rows, label: str, detail: str, term: str, place: str):
        return (
            rows.order_by()
            .annotate(
                found_in=Value(label),
                detail=Cast(F(detail), CharField()) if detail else Value(""),
                term=F(term),
                place=Cast(F(place), IntegerField()),
            )
            .values_list("found_in", "detail", "term", "place")
        )

    def pks(self, name: str) -> list[int]:
        """Primary keys of the terms in this field."""
        return self._found[name][""]

    def by_detail(self, name: str) -> dict[str, list[int]]:
        """Of "organisations": role to terms. Of "session_strategies" and the like: session to terms."""
        return self._found[name]

    def term(self, facet: str, pk: int | None):
        """The term, None for no primary key."""
        return self.terms.by_pk[facet].get(pk)

    def label(self, facet: str, pk: int | None) -> str:
        """Name of the term in the reader's language; "" for no term."""
        term = self.term(facet, pk)
        return self.terms.labels(facet, self.locale)[term.key] if term else ""

    def items(self, facet: str, pks: Iterable[int | None]) -> tuple[Item, ...]:
        """Terms as links into search, each once: in the order of the vocabulary, or by name where it has none."""
        names = self.terms.labels(facet, self.locale)
        terms = [term for pk in dict.fromkeys(pks) if (term := self.term(facet, pk)) is not None]
        if facet in _BY_NAME:
            terms.sort(key=lambda term: sort_key(names[term.key], self.locale))
        else:
            terms.sort(key=lambda term: (term.order, term.key))
        return tuple(self.item(facet, term.key) for term in terms)

    def item(self, facet: str, key: str) -> Item:
        """The value as a link into search, in the language of its name."""
        return named(self.terms, facet, key, self.locale, self._link(facet, key))

    @staticmethod
    def _link(facet: str, key: str) -> str:
        if facet == "organisation":
            return reverse("organisation", args=[key])
        return search_link(facet, key)

    def names(self, facet: str, pks: Iterable[int | None]) -> list[str]:
        """Names of the terms in the order of `items`."""
        return [item.text for item in self.items(facet, pks)]

    def groups(self, more: dict[str, Iterable[int | None]]) -> tuple[ClassificationGroup, ...]:
        """All facets of the work with their terms, in the order of the search page; `more` adds terms of the type."""
        found = {facet: [*self.pks(name)] for name, facet in CLASSIFICATION.items()}
        for facet, pks in more.items():
            found.setdefault(facet, []).extend(pks)
        return tuple(
            ClassificationGroup(facet.id, str(facet.label), items)
            for facet in FACETS.values()
            if (items := self.items(facet.id, found.get(facet.id, ())))
        )
