"""What this app tells search: which works there are, how they become documents, what values are called."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from resources.choice_words import choice_term
from resources.documents import build, published_pages
from resources.models import PAGE_MODELS, ResourcePage
from resources.vocabulary_cache import NAME_ALONE, vocabularies
from search.collation import sort_key
from search.documents import Document, Term
from search.languages import LOCALES, best_locale

KEY = 16  # bytes of a translation key


class WordsOfNames:
    """All words of names, gathered when the first is looked for."""

    def __contains__(self, word: object) -> bool:
        return word in vocabularies().words_of_names


class WorkSource:
    """The works of the hub (search/registry.py says what each method is for)."""

    def ids(self) -> set[str]:
        return {str(key) for key in published_pages().order_by().values_list("translation_key", flat=True)}

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        return build(sorted(self.ids()) if ids is None else ids)

    def labels(self, facet: str, locale: str) -> dict[str, str]:
        return vocabularies().labels(facet, locale)

    def foreign_labels(self, facet: str, locale: str) -> dict[str, str]:
        return vocabularies().foreign_labels(facet, locale)

    def term(self, facet: str, value: str) -> Term | None:
        terms = vocabularies()
        if value not in terms.labels(facet, LOCALES[0]):
            return None
        if facet not in terms.by_key:
            return choice_term(facet, value)
        return terms.label(facet, value) if facet in NAME_ALONE else terms.term(facet, terms.by_key[facet][value].pk)

    def words_of_names(self) -> Container[str]:
        return WordsOfNames()

    def listing(self, locale: str, types: tuple[str, ...], offset: int, limit: int) -> tuple[int, list[Document]]:
        models = [model for model in PAGE_MODELS if not types or model.type_id in types]
        order = _by_title(locale, models)
        places = range(offset * KEY, min((offset + limit) * KEY, len(order)), KEY)
        chosen = [str(UUID(bytes=order[place : place + KEY])) for place in places]
        documents = {document.id: document for document in build(chosen)}
        return len(order) // KEY, [documents[key] for key in chosen if key in documents]


def _by_title(locale: str, models: list[type[ResourcePage]]) -> bytes:
    """Translation keys of all published works by title, as a reader of `locale` sees them, KEY bytes each.

    Sorted anew only when a page was published or went: among many works it takes a second, and readers who are
    shown this list have an engine that is away, so they all ask for it.
    """
    pages = published_pages(*models).order_by()
    state = pages.aggregate(Count("pk"), Max("last_published_at"), Sum("pk"))
    place = f"works-by-title.{locale}.{'+'.join(model.type_id for model in models)}"
    known, packed = cache.get(place, (None, b""))
    if known != state:
        titles: dict[UUID, dict[str, str]] = defaultdict(dict)
        for key, code, title in pages.values_list("translation_key", "locale__language_code", "title"):
            titles[key][code] = title
        seen = {key: of_work[best_locale(of_work, locale)] for key, of_work in titles.items()}
        packed = b"".join(key.bytes for key in sorted(seen, key=lambda key: (sort_key(seen[key], locale), str(key))))
        cache.set(place, (state, packed))
    return packed
