"""What this app tells search: which works there are, how they become documents, what values are called."""

from collections.abc import Iterable, Iterator

from resources.documents import build, published_pages
from resources.models import PAGE_MODELS
from resources.vocabulary_cache import vocabularies
from search.collation import sort_key
from search.documents import Document
from search.languages import best_locale


class WorkSource:
    """The works of the hub (search/registry.py says what each method is for)."""

    def ids(self) -> set[str]:
        return {str(key) for key in published_pages().values_list("translation_key", flat=True)}

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        return build(sorted(self.ids()) if ids is None else ids)

    def labels(self, facet: str, locale: str) -> dict[str, str]:
        return vocabularies().labels(facet, locale)

    def listing(self, locale: str, types: tuple[str, ...], offset: int, limit: int) -> tuple[int, list[Document]]:
        models = [model for model in PAGE_MODELS if not types or model.type_id in types]
        titles: dict[str, dict[str, str]] = {}
        pages = published_pages(*models)
        for key, code, title in pages.values_list("translation_key", "locale__language_code", "title"):
            titles.setdefault(str(key), {})[code] = title
        order = sorted(titles, key=lambda key: (sort_key(titles[key][best_locale(titles[key], locale)], locale), key))
        chosen = order[offset : offset + limit]
        documents = {document.id: document for document in build(chosen)}
        return len(order), [documents[key] for key in chosen if key in documents]
