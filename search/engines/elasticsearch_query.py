"""Questions to Elasticsearch as JSON. No text of a reader is ever parsed by it: it gets words and values, as data."""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from search import years
from search.documents import Document
from search.engines.elasticsearch_schema import LAST_DAY
from search.engines.fields import COUNTED, START, TITLE_COLUMNS, facet_value, field_of, title_keys
from search.engines.relevance import (
    AS_TYPED,
    KEYWORD_WEIGHT,
    MOST_WEIGHED,
    NO_WORD,
    OWN_LANGUAGE,
    PAIR_WEIGHT,
    START_WEIGHT,
    TITLE_START_WEIGHT,
    TITLE_STOP_WEIGHT,
    WEIGHTS,
    boost,
    rarity,
)
from search.languages import LOCALES
from search.matching import Word, read, word_of
from search.query import Query

Json = dict[str, Any]
Token = tuple[str, str]  # of a field

EVERYTHING: Json = {"term": {"work": True}}  # all works; there are rows of terms too
NOTHING: Json = {"match_none": {}}
_NEWEST: Json = {"added": "desc"}
_OF_TERMS: Token = ("title", NO_WORD)  # what the rows of terms have, and no work


def asking_terms(text: str) -> dict[str, Json]:
    """What `text` asks of the rows of terms; each question under what Asking calls it."""
    expression = read(text)
    phrases = (*expression.phrases, *expression.excluded_phrases)
    words = [
        *expression.words,
        *expression.excluded_words,
        *(word_of(one) for of in expression.phrases for one in of),
    ]
    asked = [_forms(word, "term_") for word in words]
    asked += [_prefix(word.prefix, "term_") for word in words if word.prefix]
    asked += [_in_a_row(phrase, "term_") for phrase in phrases]
    return {str(question): question for question in asked}


def scored_tokens(text: str) -> list[Token]:
    """What the score of `text` is made of."""
    expression = read(text)
    words = [*expression.words, *(word_of(one) for of in expression.phrases for one in of)]
    forms = [(field, form) for word in words for field in WEIGHTS for form in sorted(word.forms)]
    forms += [("title", word.stop_key) for word in words if word.stop_key]
    return list(dict.fromkeys([*forms, *(("folded", word.folded) for word in words), _OF_TERMS]))


class Asking:
    """The parts of `query` as questions. `terms` are the ids of the terms that match each question of `asking_terms`,
    `rows` the numbers of works that have each of `scored_tokens`, of `works` in all."""

    def __init__(
        self,
        query: Query,
        terms: Mapping[str, list[str]],
        rows: Mapping[Token, int] = MappingProxyType({}),
        works: int = 0,
    ) -> None:
        self.query = query
        self.expression = read(query.text)
        self._terms = terms
        self._rows = rows
        self._works = works
        self.filters: dict[str, Json] = {
            facet: self._filter(facet, values)
            for facet, values in query.filters.items()
            if values and (facet in COUNTED or facet == "when")  # any other is no facet: it narrows nothing
        }

    def text(self) -> list[Json]:
        """What the typed text asks, unscored."""
        expression = self.expression
        if expression.matches_nothing:
            return [NOTHING]
        asked = [self._word(word) for word in expression.words]
        asked += [self._phrase(phrase) for phrase in expression.phrases]
        if excluded := self._excluded():
            asked.append({"bool": {"filter": EVERYTHING, "must_not": excluded}})
        return asked

    def found(self) -> Json:
        """All that match, as the order of the list wants it: scored where it is an order by scores."""
        if self.by_score:
            return self._scored()
        matching = all_of([*self.text(), *self.filters.values()])
        return self._by_date(matching) if self.query.sort == "date" else matching

    @property
    def by_score(self) -> bool:
        """Whether the best comes first."""
        return self.query.sort == "relevance" and self.expression.is_scored and not self.expression.matches_nothing

    def order(self) -> list[Json | str]:
        """The numbers that decide the order, the first first; where they are equal, `key` does."""
        sort = self.query.sort
        if sort == "title":
            return [*TITLE_COLUMNS[self._locale]]
        then = [_NEWEST, "id_head"]
        if sort == "year":
            return [{"year": "desc"}, *then]
        if sort == "order":
            return ["order", *then]
        if sort == "date" or self.by_score:
            return ["_score", *then]
        return then

    def key(self, document: Document) -> str:
        """What decides between works that are equal in all numbers of `order`."""
        return title_keys(document)[self._locale] if self.query.sort == "title" else document.id

    @property
    def _locale(self) -> str:
        return self.query.locale if self.query.locale in LOCALES else LOCALES[0]

    def value(self, facet: str, value: str) -> Json:
        """Works that have this value; of "year" it may be a range."""
        if facet == "year":
            meant = years.read(value)
            return _between("years", meant.first, meant.last) if meant else NOTHING
        if facet == "when":
            return self.when(value)
        return {"term": {field_of(facet): facet_value(facet, value)}}

    def when(self, value: str) -> Json:
        """Works of which the last day is today or later ("upcoming"), or earlier ("past")."""
        today = self.query.today.toordinal()
        if value == "upcoming":
            return _between("last_day", today, None)
        return _between("last_day", None, today - 1) if value == "past" else NOTHING

    def _filter(self, facet: str, values: Iterable[str]) -> Json:
        asked = [self.value(facet, value) for value in dict.fromkeys(values)]
        all_languages = facet == "language" and self.query.language_match == "all"
        return all_of(asked) if all_languages else _any_of(asked)

    def _excluded(self) -> list[Json]:
        expression = self.expression
        excluded = [self._word(word) for word in expression.excluded_words]
        return excluded + [self._phrase(phrase) for phrase in expression.excluded_phrases]

    def _has_term(self, question: Json) -> list[Json]:
        """What works have that have one of the terms which `question` matches, if any."""
        ids = self._terms[str(question)]
        return [{"terms": {"terms": ids}}] if ids else []

    def _word(self, word: Word) -> Json:
        asked = [_forms(word), *self._has_term(_forms(word, "term_"))]
        return _any_of(asked + self._begins(word.prefix))

    def _begins(self, prefix: str) -> list[Json]:
        """What works have that have a word which begins like this, also in the names of their terms."""
        if not prefix:
            return []
        return [_prefix(prefix), *self._has_term(_prefix(prefix, "term_"))]

    def _phrase(self, phrase: tuple[str, ...]) -> Json:
        return _any_of([_in_a_row(phrase), *self._has_term(_in_a_row(phrase, "term_"))])

    def _scored(self) -> Json:
        expression = self.expression
        both = [self._matching(one) & self._matching(other) for one, other in pairwise(expression.words)]
        asked: Json = {
            "must": [self._scored_word(word) for word in expression.words],
            "filter": [*map(self._phrase, expression.phrases), *self.filters.values()],
            "must_not": self._excluded(),
            "should": [
                *(self._scored_word(word_of(word)) for phrase in expression.phrases for word in phrase),
                *(question for terms in both for question in _best_of(terms, PAIR_WEIGHT)),
            ],
        }
        return {"bool": {name: clauses for name, clauses in asked.items() if clauses}}

    def _scored_word(self, word: Word) -> Json:
        own = f"{self.query.locale}~"
        weighed = {}
        for field, weight in WEIGHTS.items():
            weighed |= {(field, form): weight * (OWN_LANGUAGE if form.startswith(own) else 1) for form in word.forms}
        if word.stop_key:
            weighed["title", word.stop_key] = TITLE_STOP_WEIGHT
        with_word = max(sum(self._rows["words", form] for form in word.forms), self._rows["folded", word.folded])
        typed = AS_TYPED * rarity(self._works, with_word)
        asked = [_constant({"term": {"folded": word.folded}}, typed)]
        rows = self._works + self._rows[_OF_TERMS]
        for (field, form), weight in weighed.items():
            weight *= boost(self._works, with_word, rows, self._rows[field, form])
            asked.append({"term": {field: {"value": form, "boost": weight}}})
        named = self._terms[str(_forms(word, "term_"))]
        others = self._matching(word)
        if best := _best_of(named, KEYWORD_WEIGHT):
            asked += best
            others -= set(named)
        if others:
            asked.append(_constant({"terms": {"terms": sorted(others)}}, START_WEIGHT))
        if word.prefix:
            # Where a title has its first letters, it may go on otherwise; some text begins like this.
            in_text = _constant(_prefix(word.prefix), START_WEIGHT)
            in_title = _constant({"term": {"title_starts": word.prefix[:START]}}, TITLE_START_WEIGHT)
            asked.append({"bool": {"must": in_text, "should": in_title}})
        return _any_of(asked)

    def _matching(self, word: Word) -> set[str]:
        """The terms that match `word`."""
        asked = [_forms(word, "term_"), *([_prefix(word.prefix, "term_")] if word.prefix else [])]
        return {id for question in asked for id in self._terms[str(question)]}

    def _by_date(self, matching: Json) -> Json:
        """Scored so that what is to come stands first, the next first, then what is past, the latest first.

        The scores are whole numbers below 2**24, which a float of 32 bits holds exactly.
        """
        upcoming, past = self.when("upcoming"), self.when("past")
        functions: list[Json] = [
            {"filter": upcoming, "weight": LAST_DAY},
            {"filter": upcoming, "field_value_factor": {"field": "start_down"}},
            {"filter": past, "field_value_factor": {"field": "start"}},
            # What has no date; where no function fits, the score would be 1.
            {"filter": {"bool": {"must_not": [upcoming, past]}}, "weight": 0},
        ]
        ordered: Json = {"query": matching, "functions": functions, "score_mode": "sum", "boost_mode": "replace"}
        return {"function_score": ordered}


def _best_of(terms: Collection[str], weight: float) -> list[Json]:
    """A question for the rarest of `terms` that a work has, if they are few enough to tell something."""
    if not 0 < len(terms) <= MOST_WEIGHED:
        return []
    return [{"dis_max": {"queries": [{"term": {"terms": id}} for id in sorted(terms)], "boost": weight}}]


def _forms(word: Word, of: str = "") -> Json:
    """Rows of works, or `of` terms, that have a form of `word`."""
    keys: Json = {"terms": {f"{of}words": sorted(word.forms)}}
    return _any_of([keys, {"term": {f"{of}folded": word.folded}}]) if word.may_be_left_out else keys


def _prefix(prefix: str, of: str = "") -> Json:
    return {"prefix": {f"{of}folded": prefix}}


def _in_a_row(phrase: tuple[str, ...], of: str = "") -> Json:
    if len(phrase) == 1:
        return {"term": {f"{of}folded": phrase[0]}}
    return {"match_phrase": {f"{of}folded": " ".join(phrase)}}


def all_of(questions: list[Json]) -> Json:
    """Works that match every one of `questions`, unscored."""
    if not questions:
        return EVERYTHING
    return questions[0] if len(questions) == 1 else {"bool": {"filter": questions}}


def _any_of(questions: list[Json]) -> Json:
    return questions[0] if len(questions) == 1 else {"bool": {"should": questions}}


def _constant(question: Json, score: float) -> Json:
    return {"constant_score": {"filter": question, "boost": score}}


def _between(field: str, first: int | None, last: int | None) -> Json:
    ends = {"gte": first, "lte": last}
    return {"range": {field: {name: end for name, end in ends.items() if end is not None}}}
