"""All vocabularies in memory: names for facets and records without a query each.

A process loads them once, and again when the stamp in the database has grown. The stamp is read once a
request (request_started); outside of requests at most once a second.
"""

import threading
import time
from functools import cached_property

from django.core.signals import request_started
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from resources import cldr
from resources.models import Country, ExpertRole, PublicationPage, Region, TrainingPage, VocabularyStamp
from resources.models.registry import FACET_VOCABULARIES
from search.analysis import folded
from search.documents import Term
from search.languages import LOCALES

TRUST_SECONDS = 1.0
NAME_ALONE = "language", "region"  # vocabularies of which a search knows no synonyms

# Facets whose values are named in the code.
CHOICES = {
    "type": (
        ("strategy", _("Strategy")),
        ("programme", _("Programme")),
        ("expert", _("Expert")),
        ("training", _("Training")),
        ("evaluation", _("Evaluation")),
        ("publication", _("Publication")),
        ("practice", _("Practice")),
        ("country", _("Country")),
    ),
    "kind": PublicationPage.Kind.choices,
    "mode": TrainingPage.Mode.choices,
    "role": ExpertRole.choices,
    "when": (("upcoming", _("Upcoming")), ("past", _("Past"))),
}


class Snapshot:
    """Every vocabulary as it was at one stamp. `by_pk` and `by_key` map a facet id to its terms."""

    def __init__(self, stamp: int):
        self.stamp = stamp
        self.by_pk = {facet: model._base_manager.in_bulk() for facet, model in FACET_VOCABULARIES.items()}
        self.by_key = {facet: {term.key: term for term in terms.values()} for facet, terms in self.by_pk.items()}
        self._labels: dict[tuple[str, str], dict[str, str]] = {}
        self._foreign: dict[tuple[str, str], dict[str, str]] = {}
        self._terms: dict[tuple[str, int], Term] = {}
        self._named: dict[tuple[str, str], Term] = {}

    def labels(self, facet: str, locale: str) -> dict[str, str]:
        """Value to name in `locale`, in the order of the vocabulary; empty for a facet without fixed values."""
        if (facet, locale) not in self._labels:
            self._labels[facet, locale] = self._make_labels(facet, locale)
        return self._labels[facet, locale]

    def foreign_labels(self, facet: str, locale: str) -> dict[str, str]:
        """Value to the language of its name, of those whose name is not in `locale`; "" where nobody knows it."""
        if (facet, locale) not in self._foreign:
            languages = {key: term.label_language(locale) for key, term in self.by_key.get(facet, {}).items()}
            self._foreign[facet, locale] = {key: code for key, code in languages.items() if code != locale}
        return self._foreign[facet, locale]

    def _make_labels(self, facet: str, locale: str) -> dict[str, str]:
        if facet in self.by_key:
            terms = sorted(self.by_key[facet].values(), key=lambda term: (getattr(term, "order", 0), term.key))
            return {term.key: term.label(locale) for term in terms}
        if facet == "described_in":
            return {code: cldr.language(code, locale) for code in LOCALES}
        with translation.override(locale):
            return {value: str(label) for value, label in CHOICES.get(facet, ())}

    def term(self, facet: str, pk: int) -> Term:
        """What a search finds works with this term by: its name and synonyms in every language."""
        if (facet, pk) not in self._terms:
            row = self.by_pk[facet][pk]
            words = getattr(row, "search_words", row.label)
            self._terms[facet, pk] = Term(tuple((code, words(code)) for code in LOCALES))
        return self._terms[facet, pk]

    def label(self, facet: str, value: str) -> Term:
        """What a search finds works with this value by, where that is its name alone."""
        if (facet, value) not in self._named:
            self._named[facet, value] = Term(tuple((code, self.labels(facet, code)[value]) for code in LOCALES))
        return self._named[facet, value]

    @cached_property
    def words_of_names(self) -> frozenset[str]:
        """The folded words of all names and synonyms, in every language."""
        terms = (self.term(facet, pk) for facet, of in self.by_pk.items() for pk in of)
        return frozenset(word for term in terms for _code, names in term.names for word in folded(names).split())

    def regions(self, country: Country) -> tuple[str, ...]:
        """UN M49 codes of the regions that hold `country`, the smallest first."""
        codes: list[str] = []
        region: Region | None = self.by_pk["region"].get(country.region_id)
        while region is not None and region.code not in codes:  # data from elsewhere may go round in a circle
            codes.append(region.code)
            region = self.by_pk["region"].get(region.parent_id)
        return tuple(codes)


class _State(threading.local):
    checked_at = 0.0


_state = _State()
_lock = threading.Lock()
_snapshot: Snapshot | None = None


def vocabularies() -> Snapshot:
    """The vocabularies as the database has them. No query while the stamp read last is to be trusted."""
    global _snapshot
    if _snapshot is None or time.monotonic() - _state.checked_at > TRUST_SECONDS:
        stamp = VocabularyStamp.current()
        with _lock:
            if _snapshot is None or _snapshot.stamp != stamp:
                _snapshot = Snapshot(stamp)
        _state.checked_at = time.monotonic()
    return _snapshot


def forget(**_signal) -> None:
    """Have the next look at the vocabularies ask for the stamp."""
    _state.checked_at = 0.0


def drop() -> None:
    """Have the next look load them anew, whatever the stamp: the database itself was exchanged or rolled back."""
    global _snapshot
    _snapshot = None


request_started.connect(forget, dispatch_uid="vocabularies-forget")
