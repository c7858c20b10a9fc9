"""Why a work was found, where neither its title nor its summary shows it: an edition, or a term that it has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search import registry
from search.analysis import MARK, ParsedQuery, highlight, tokens
from search.documents import Document, Term
from search.facets import FACETS
from search.matching import Word, word_of

_SHOWN = {"country", "language", "kind", "mode", "evidence"}  # a hit names them anyway
# A strategy has the most names, so it tells least.
_FACETS = [facet for facet in FACETS if facet not in _SHOWN | {"strategy"}] + ["strategy"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`label` says what it is, `name_html` is its name with the words that answer marked, where it has them."""

    label: str | Promise
    name_html: SafeString


class Forms(NamedTuple):
    """The forms of the words of a name; `joined` by spaces, in which a beginning is found at once."""

    each: frozenset[str]
    joined: str

    @classmethod
    def of(cls, forms: str) -> "Forms":
        return cls(frozenset(forms.split()), f" {forms}")


def reason(document: Document, locale: str, parsed: ParsedQuery) -> Reason | None:
    """What of `document` has most of the words asked for; of equals what shows most of them to a reader of `locale`,
    then an edition, then the facet that is drawn first, a strategy last."""
    asked = [word_of(word, word if word == parsed.prefix else "") for word in parsed.words]
    asked += [word_of(word) for phrase in parsed.phrases for word in phrase]
    found = [(_met(asked, forms), make) for forms, make in _possible(document, locale, parsed)]
    most = max((met for met, _make in found), default=0)
    best = (make() for met, make in found if met == most) if most else ()
    return max(best, key=lambda one: one.name_html.count(MARK), default=None)


def _possible(document: Document, locale: str, parsed: ParsedQuery) -> Iterator[tuple[Forms, Callable[[], Reason]]]:
    """What a work can be found by beside its pages: its forms, and what makes a reason of it."""
    for material in document.materials:
        lang = None if material.language == locale else material.language
        forms = Forms.of(tokens(material.title, material.language))
        yield forms, partial(_reason, _("Edition"), material.title, lang, locale, parsed)
    source = registry.source()
    for facet in _FACETS:
        for value in document.facets.get(facet, ()):
            if term := source.term(facet, value):
                yield _forms(term), partial(_of_term, facet, value, locale, parsed)


def _of_term(facet: str, value: str, locale: str, parsed: ParsedQuery) -> Reason:
    source = registry.source()
    name, lang = source.labels(facet, locale)[value], source.foreign_labels(facet, locale).get(value)
    return _reason(FACETS[facet].label, name, lang, locale, parsed)


def _reason(label: str | Promise, name: str, lang: str | None, locale: str, parsed: ParsedQuery) -> Reason:
    """`lang` is that of the name: None for the reader's own, "" where nobody knows."""
    marked = highlight(name, locale if lang is None else lang, parsed)
    return Reason(
        label,
        format_html("<bdi>{}</bdi>", marked) if lang is None else format_html('<bdi lang="{}">{}</bdi>', lang, marked),
    )


@lru_cache(maxsize=5_000)
def _forms(term: Term) -> Forms:
    return Forms.of(" ".join(tokens(names, locale) for locale, names in term.names))


def _met(asked: Iterable[Word], forms: Forms) -> int:
    """How many words of `asked` are among `forms`."""
    return sum(
        not word.forms.isdisjoint(forms.each) or (bool(word.prefix) and f" {word.prefix}" in forms.joined)
        for word in asked
    )
