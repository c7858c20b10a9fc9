"""Questions to an index of tantivy, built with its query API alone: no text of a reader is ever parsed by it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import tantivy

from search import years
from search.engines.embedded_schema import WORK
from search.engines.fields import COUNTED, START, facet_value, field_of
from search.engines.relevance import (
    AS_TYPED,
    KEYWORD_WEIGHT,
    MOST_WEIGHED,
    OWN_LANGUAGE,
    PAIR_WEIGHT,
    START_WEIGHT,
    TITLE_START_WEIGHT,
    TITLE_STOP_WEIGHT,
    WEIGHTS,
    boost,
    idf,
    rarity,
)
from search.matching import Word, read, word_of
from search.query import Query

_Query = tantivy.Query
Clause = tuple[tantivy.Occur, _Query]
_SHOULD, _MUST, _NOT = tantivy.Occur.Should, tantivy.Occur.Must, tantivy.Occur.MustNot


# Works with one of several terms are found one posting list after the other, or, where these are long, by a set of
# works, which takes 0.2 ms to make. Measured at 100,000 works.
SET_PAYS = 30_000  # entries in all lists together


class Terms(NamedTuple):
    """Ids of the terms that are `named` with a word, and of all `matching` it, those too where it is a beginning."""

    named: list[str]
    matching: list[str]


def works(schema: tantivy.Schema) -> _Query:
    """All works."""
    return _Query.term_query(schema, "kind", WORK, "basic")


class Asking:
    """The parts of `query` as questions to the index of `searcher`, which has so many rows of `terms`; parts are built
    when they are needed."""

    def __init__(self, query: Query, searcher: tantivy.Searcher, schema: tantivy.Schema, terms: int) -> None:
        self.query = query
        self.searcher = searcher
        self.schema = schema
        self._terms = terms
        self._works = searcher.num_docs - terms
        self._terms_of: dict[Word, Terms] = {}
        self.expression = read(query.text)
        self.filters = {
            facet: question
            for facet, values in query.filters.items()
            if values and (question := self._filter(facet, values)) is not None
        }
        self._text = self._text_clauses()

    def asks_nothing(self, without: str = "") -> bool:
        """Whether every work is an answer, the filter of the facet `without` left out."""
        return not (self._text or self.filters.keys() - {without} or self.expression.matches_nothing)

    def matching(self, without: str = "", also: _Query | None = None) -> _Query:
        """All that match, unscored; `without` leaves the filter of a facet out, `also` is one more condition."""
        return self._all_of([*self._text, *self._filter_clauses(without), *([(_MUST, also)] if also else [])])

    def scored(self) -> _Query:
        """All that match, the best first."""
        expression = self.expression
        clauses = [(_MUST, self._scored_word(word)) for word in expression.words]
        for one, other in pairwise(expression.words):
            both = set(self.terms_of(one).matching).intersection(self.terms_of(other).matching)
            clauses += self._best_of(both, PAIR_WEIGHT)
        for phrase in expression.phrases:
            clauses += _constant([(_MUST, self._phrase(phrase))], 0.0)
            clauses.extend((_SHOULD, self._scored_word(word_of(word))) for word in phrase)
        return self._all_of([*clauses, *self._excluded(), *self._filter_clauses()])

    def value(self, facet: str, value: str) -> _Query:
        """Works that have this value, "year" as a range too."""
        if facet == "year":
            meant = years.read(value)
            return self._range("year", meant.first, meant.last) if meant else _Query.empty_query()
        if facet == "when":
            return self.when(value)
        return _Query.term_query(self.schema, field_of(facet), facet_value(facet, value), "basic")

    def when(self, value: str) -> _Query:
        """Works of which the last day is today or later ("upcoming"), or earlier ("past")."""
        today = self.query.today.toordinal()
        if value == "upcoming":
            return self._range("last_day", today, None)
        return self._range("last_day", None, today - 1) if value == "past" else _Query.empty_query()

    def undated(self) -> _Query:
        """Works without a last day."""
        dated = self._range("last_day", date.min.toordinal(), None)
        return _Query.boolean_query([(_MUST, works(self.schema)), (_NOT, dated)])

    def _all_of(self, clauses: list[Clause]) -> _Query:
        if self.expression.matches_nothing:
            return _Query.empty_query()
        if all(occur == _NOT for occur, _question in clauses):
            # What only excludes would match nothing at all.
            clauses = [(_MUST, works(self.schema)), *clauses]
        return clauses[0][1] if len(clauses) == 1 else _Query.boolean_query(clauses)

    def _filter(self, facet: str, values: Iterable[str]) -> _Query | None:
        """None where there is no such facet: it narrows nothing."""
        if facet not in COUNTED and facet != "when":
            return None
        all_of = facet == "language" and self.query.language_match == "all"
        parts = [(_MUST if all_of else _SHOULD, self.value(facet, value)) for value in dict.fromkeys(values)]
        question = parts[0][1] if len(parts) == 1 else _Query.boolean_query(parts)
        return _Query.const_score_query(question, 0.0)

    def _filter_clauses(self, without: str = "") -> list[Clause]:
        return [(_MUST, question) for facet, question in self.filters.items() if facet != without]

    def _text_clauses(self) -> list[Clause]:
        expression = self.expression
        clauses = [(_MUST, self._word(word)) for word in expression.words]
        clauses.extend((_MUST, self._phrase(phrase)) for phrase in expression.phrases)
        return clauses + self._excluded()

    def _excluded(self) -> list[Clause]:
        expression = self.expression
        clauses = [(_NOT, self._word(word)) for word in expression.excluded_words]
        return clauses + [(_NOT, self._phrase(phrase)) for phrase in expression.excluded_phrases]

    def terms_of(self, word: Word) -> Terms:
        """The terms that have `word` in their names."""
        if word not in self._terms_of:
            named = matching = self._terms_found(_any_of(self._forms(word, "term_")))
            if word.prefix:
                matching = list({*named, *self._terms_found(self._prefix(word.prefix, "term_"))})
            self._terms_of[word] = Terms(named, matching)
        return self._terms_of[word]

    def _terms_found(self, question: _Query) -> list[str]:
        """Ids of the terms whose rows `question` matches."""
        if not self._terms:
            return []
        rows = self.searcher.search(question, self._terms, count=False, order_by_field="term").hits
        return [f"{number:015x}" for number, _row in rows]

    def _has_term(self, ids: Sequence[str]) -> list[Clause]:
        """A clause for works that have one of these terms, if any."""
        if not ids:
            return []
        if sum(self.searcher.doc_freq("terms", id) for id in ids) > SET_PAYS:
            return [(_SHOULD, _Query.term_set_query(self.schema, "terms", list(ids)))]
        return [(_SHOULD, _any_of([(_SHOULD, self._term("terms", id)) for id in ids]))]

    def _word(self, word: Word) -> _Query:
        parts = self._forms(word)
        if word.prefix:
            parts.append((_SHOULD, self._prefix(word.prefix)))
        return _any_of(parts + self._has_term(self.terms_of(word).matching))

    def _forms(self, word: Word, of: str = "") -> list[Clause]:
        """Rows of works, or `of` terms, that have a form of `word`."""
        tokens = [(f"{of}words", form) for form in self._met(f"{of}words", word)]
        if word.may_be_left_out:
            tokens.append((f"{of}folded", word.folded))
        return [(_SHOULD, self._term(field, token)) for field, token in tokens]

    def works_with(self, word: Word) -> int:
        """How many works have `word` in their texts; those that have it in several forms may count more than once."""
        frequency = self.searcher.doc_freq
        return max(sum(frequency("words", form) for form in word.forms), frequency("folded", word.folded))

    def _met(self, field: str, word: Word) -> list[str]:
        """The forms of `word` that some work has in `field`: each of the others would cost time with every match."""
        return [form for form in sorted(word.forms) if self.searcher.doc_freq(field, form)]

    def _scored_word(self, word: Word) -> _Query:
        own = f"{self.query.locale}~"
        rows = self.searcher.num_docs
        with_word = self.works_with(word)
        weights = {}
        for field, weight in WEIGHTS.items():
            for form in self._met(field, word):
                weights[field, form] = weight * (OWN_LANGUAGE if form.startswith(own) else 1)
        if word.stop_key:
            weights["title", word.stop_key] = TITLE_STOP_WEIGHT
        typed = AS_TYPED * rarity(self._works, with_word)
        parts = _constant([(_SHOULD, self._term("folded", word.folded))], typed)
        for (field, form), weight in weights.items():
            weight *= boost(self._works, with_word, rows, self.searcher.doc_freq(field, form))
            parts.append((_SHOULD, _Query.boost_query(self._term(field, form, "freq"), weight)))
        named, others = self.terms_of(word)
        if best := self._best_of(named, KEYWORD_WEIGHT):
            parts += best
            others = [id for id in others if id not in named]
        parts += _constant(self._has_term(others), START_WEIGHT)
        if word.prefix:
            # Where a title has its first letters, it may go on otherwise; some text begins like this.
            in_title = self._term("title_starts", word.prefix[:START])
            begins = _constant([(_MUST, self._prefix(word.prefix))], START_WEIGHT)
            begins += _constant([(_SHOULD, in_title)], TITLE_START_WEIGHT)
            parts.append((_SHOULD, _Query.boolean_query(begins)))
        return _Query.boolean_query(parts)

    def _best_of(self, terms: Collection[str], weight: float) -> list[Clause]:
        """A clause for the rarest of `terms` that a work has, if they are few enough to tell something."""
        if not 0 < len(terms) <= MOST_WEIGHED:
            return []
        rarities = {id: idf(self._works, self.searcher.doc_freq("terms", id)) for id in terms}
        best = [_Query.const_score_query(self._term("terms", id), weight * rarity) for id, rarity in rarities.items()]
        return [(_SHOULD, _Query.disjunction_max_query(best))]

    def _prefix(self, prefix: str, of: str = "") -> _Query:
        return _Query.fuzzy_term_query(self.schema, f"{of}folded", prefix, 0, True, True)

    def _phrase(self, phrase: tuple[str, ...]) -> _Query:
        terms = self._terms_found(self._words_in_a_row(phrase, "term_folded"))
        return _any_of([(_SHOULD, self._words_in_a_row(phrase, "folded")), *self._has_term(terms)])

    def _words_in_a_row(self, phrase: tuple[str, ...], field: str) -> _Query:
        if len(phrase) == 1:
            return self._term(field, phrase[0])
        return _Query.phrase_query(self.schema, field, list(phrase))

    def _term(self, field: str, token: str, reads: str = "basic") -> _Query:
        return _Query.term_query(self.schema, field, token, reads)

    def _range(self, field: str, first: int | None, last: int | None) -> _Query:
        return _Query.range_query(self.schema, field, tantivy.FieldType.Integer, first, last)


def _constant(clauses: list[Clause], score: float) -> list[Clause]:
    return [(occur, _Query.const_score_query(question, score)) for occur, question in clauses]


def _any_of(parts: list[Clause]) -> _Query:
    return parts[0][1] if len(parts) == 1 else _Query.boolean_query(parts)
