"""What a search must answer, worked out the long way over plain documents: no index, no engine.

Words come from search.analysis, which has tests of its own; everything else is written anew here
from the specification, and nothing of the engines is used.
"""

from collections import Counter
from collections.abc import Iterable

from search import analysis
from search.collation import sort_key
from search.documents import NEXT_NAME, Document
from search.languages import FALLBACK_ORDER
from search.query import Query


class Work:
    """A document with the words of its texts."""

    def __init__(self, document: Document) -> None:
        self.document = document
        texts = [(page.locale, text) for page in document.pages for text in (page.summary, page.body)]
        texts += [(page.title_language or page.locale, page.title) for page in document.pages]
        texts += [
            (locale, name)
            for term in document.keywords
            for locale, names in term.names
            for name in names.split(NEXT_NAME)
        ]
        texts += [(one.language, text) for one in document.materials for text in (one.title, one.text)]
        self.forms = {form for language, text in texts for form in analysis.tokens(text, language).split()}
        self.texts = [analysis.folded(text).split() for _language, text in texts]

    def has_word(self, word: str) -> bool:
        return any(not self.forms.isdisjoint(forms) for forms in analysis.query_forms(word).values())

    def has_beginning(self, prefix: str) -> bool:
        return any(word.startswith(prefix) for text in self.texts for word in text)

    def has_phrase(self, phrase: tuple[str, ...]) -> bool:
        size = len(phrase)
        return any(
            tuple(text[start : start + size]) == phrase for text in self.texts for start in range(len(text) - size + 1)
        )

    def matches(self, text: str) -> bool:
        if not text.strip():
            return True
        asked = analysis.parse(text)
        if asked.is_empty:
            return False
        for word in asked.words:
            if not self.has_word(word) and not (word == asked.prefix and self.has_beginning(word)):
                return False
        return (
            all(map(self.has_phrase, asked.phrases))
            and not any(map(self.has_word, asked.excluded))
            and not any(map(self.has_phrase, asked.excluded_phrases))
        )

    def values(self, facet: str, query: Query) -> set[str]:
        document = self.document
        last_day = document.ends_on or document.starts_on
        if facet == "type":
            return {document.type}
        if facet == "described_in":
            return {page.locale for page in document.pages}
        if facet == "year":
            return {str(year) for year in document.years}
        if facet == "when":
            return set() if last_day is None else {"upcoming" if last_day >= query.today else "past"}
        return set(document.facets.get(facet, ()))

    def has_value(self, facet: str, value: str, query: Query) -> bool:
        if facet == "year" and "-" in value:
            first, last = (int(end) if end else None for end in value.split("-"))
            return any(
                (first is None or year >= first) and (last is None or year <= last) for year in self.document.years
            )
        return value in self.values(facet, query)

    def passes(self, query: Query, without: str = "") -> bool:
        for facet, values in query.filters.items():
            if facet == without or not values:
                continue
            having = [self.has_value(facet, value, query) for value in values]
            if not (all(having) if facet == "language" and query.language_match == "all" else any(having)):
                return False
        return True


class Oracle:
    """Answers for a fixed set of documents."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.works = [Work(document) for document in documents]

    def matching(self, query: Query) -> list[Document]:
        """The works that match, in no order."""
        return [work.document for work in self.works if work.matches(query.text) and work.passes(query)]

    def ordered(self, query: Query) -> list[str]:
        """Ids of the works that match, for the orders that do not depend on scores."""
        return [document.id for document in sorted(self.matching(query), key=lambda one: self.sort_key(one, query))]

    def facets(self, query: Query) -> dict[str, dict[str, int]]:
        """Facet to value to count: those above zero, and the chosen ones."""
        answer = {}
        for facet in query.facets:
            found = [work for work in self.works if work.matches(query.text) and work.passes(query, without=facet)]
            counts = Counter(value for work in found for value in work.values(facet, query))
            for value in query.filters.get(facet, ()):
                counts[value] = sum(work.has_value(facet, value, query) for work in found)
            answer[facet] = dict(counts)
        return answer

    def sort_key(self, document: Document, query: Query) -> tuple:
        newest = (-document.added_on.timestamp(), document.id)
        if query.sort == "year":
            return -max(document.years, default=0), *newest
        if query.sort == "order":
            return document.order, *newest
        if query.sort == "title":
            titles = {page.locale: page.title for page in document.pages}
            locale = next(code for code in FALLBACK_ORDER[query.locale] if code in titles)
            return sort_key(titles[locale], query.locale), document.id
        if query.sort == "date":
            start, end = document.starts_on or document.ends_on, document.ends_on or document.starts_on
            if start is None:
                return 2, *newest
            return (0, start.toordinal(), *newest) if end >= query.today else (1, -start.toordinal(), *newest)
        return newest
