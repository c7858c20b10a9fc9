"""A source and an engine for tests of what readers see: plain data in, no index and no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from search.analysis import folded
from search.documents import Document, Material, PageText, Term
from search.engines.base import EngineError
from search.query import FacetCount, Hit, Query, Result

LABELS = {
    "type": {"programme": "Programa", "publication": "Publicación", "training": "Formación"},
    "language": {"es": "español", "en": "inglés", "pt": "portugués", "fr": "francés", "ar": "árabe", "qu": "quechua"},
    "country": {"AR": "Argentina", "BO": "Bolivia", "BR": "Brasil", "CL": "Chile", "EC": "Ecuador", "PE": "Perú"},
    "strategy": {f"strategy-{n}": f"Estrategia {n:02}" for n in range(1, 16)},
    "evidence": {"effective": "Efectivo"},
    "kind": {"guide": "Guía", "report": "Informe"},
    "mode": {"online": "En línea", "in-person": "Presencial"},
    "when": {"upcoming": "Próximas", "past": "Pasadas"},
    "described_in": {"es": "español", "en": "inglés"},
}


def work(number: int, **fields) -> Document:
    """A programme without anything, or with what `fields` say."""
    name = fields.pop("external_id", f"work-{number}")
    pages = fields.pop("pages", (PageText("es", f"Obra {number}", f"Resumen {number}", f"/es/programas/{name}/"),))
    plain = {"type": "programme", "added_on": datetime(2026, 1, 1, tzinfo=UTC)}
    return Document(id=f"id-{number}", external_id=name, pages=pages, **(plain | fields))


class ListSource:
    """A source over a list of documents, with the labels of LABELS in every locale."""

    def __init__(self, documents: Iterable[Document] = ()):
        self.all = list(documents)

    def ids(self) -> set[str]:
        return {document.id for document in self.all}

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        wanted = self.ids() if ids is None else set(ids)
        return (document for document in self.all if document.id in wanted)

    def labels(self, facet: str, locale: str) -> Mapping[str, str]:
        return LABELS.get(facet, {})

    def foreign_labels(self, facet: str, locale: str) -> dict[str, str]:
        return {}

    def term(self, facet: str, value: str) -> Term | None:
        name = self.labels(facet, "").get(value)
        return Term((("es", name),)) if name else None

    def words_of_names(self) -> frozenset[str]:
        return frozenset(word for of in LABELS.values() for name in of.values() for word in folded(name).split())

    def listing(self, locale: str, types: tuple[str, ...], offset: int, limit: int) -> tuple[int, list[Document]]:
        found = [document for document in self.all if not types or document.type in types]
        found.sort(key=lambda document: document.page_for(locale).title)
        return len(found), found[offset : offset + limit]


class ListEngine:
    """Answers from the list of a source: words are looked for as they stand, years and `when` are not understood."""

    deepest = 2000

    def __init__(self, source: ListSource, **answer):
        self.source = source
        self.answer = answer
        self.asked: list[Query] = []

    def search(self, query: Query) -> Result:
        self.asked.append(query)
        found = [document for document in self.source.all if self._matches(document, query)]
        facets = {facet: self._counts(facet, query) for facet in query.facets}
        hits = tuple(Hit(document) for document in found[query.offset : query.offset + query.limit])
        return Result(hits, len(found), facets, **self.answer)

    def totals(self, queries: Iterable[Query]) -> list[int]:
        return [sum(self._matches(document, query) for document in self.source.all) for query in queries]

    def _counts(self, facet: str, query: Query) -> tuple[FacetCount, ...]:
        counts = Counter(
            value
            for document in self.source.all
            if self._matches(document, query, but=facet)
            for value in self._values(document, facet)
        )
        for value in query.filters.get(facet, ()):
            counts.setdefault(value, 0)
        return tuple(FacetCount(value, counts[value]) for value in sorted(counts, key=lambda one: (-counts[one], one)))

    def _matches(self, document: Document, query: Query, but: str = "") -> bool:
        title = document.page_for(query.locale).title.lower()
        return all(word in title for word in query.text.lower().split()) and all(
            set(values) & set(self._values(document, facet))
            for facet, values in query.filters.items()
            if facet not in (but, "year")
        )

    @staticmethod
    def _values(document: Document, facet: str) -> tuple[str, ...]:
        own = {
            "type": (document.type,),
            "language": tuple(dict.fromkeys(one.language for one in document.materials if one.available)),
            "described_in": tuple(page.locale for page in document.pages),
            "year": tuple(str(year) for year in document.years),
        }
        return own.get(facet, document.facets.get(facet, ()))


class AwayEngine:
    """An engine that is not there."""

    deepest = 2000

    def search(self, query: Query) -> Result:
        raise EngineError("The server does not answer.")


# A little of everything, enough for two pages.
WORKS = [
    work(
        1,
        external_id="inspire-core",
        type="publication",
        pages=(
            PageText(
                "es", "Siete estrategias <para> el fin", "Qué funciona & por qué", "/es/publicaciones/inspire-core/"
            ),
            PageText("en", "Seven strategies", "What works", "/en/publications/inspire-core/"),
        ),
        materials=(
            Material("en", "Seven strategies", ""),
            Material("en", "Seven strategies", "https://example.org/en.pdf"),
            Material("es", "Siete estrategias", "https://example.org/es.pdf"),
            Material("fr", "Sept stratégies", ""),
            Material("pt", "Sete estratégias", "https://example.org/pt.pdf", available=False),
        ),
        facets={"kind": ("guide",), "strategy": tuple(LABELS["strategy"])},
        years=(2016, 2018),
    ),
    work(
        2,
        external_id="familias-fuertes",
        pages=(PageText("en", "Strong Families", "Seven sessions", "/en/programmes/familias-fuertes/"),),
        urls={"es": "/es/programas/familias-fuertes/"},
        facets={"country": ("EC", "BO", "PE", "BR", "AR"), "evidence": ("effective",), "strategy": ("strategy-1",)},
        years=(2014,),
    ),
    work(
        3,
        external_id="taller",
        type="training",
        pages=(PageText("ar", "ورشة", "", "/ar/trainings/taller/"),),
        facets={"mode": ("online",), "country": ("CL",)},
        materials=tuple(Material(code, "x") for code in ("es", "en", "pt", "fr", "ar", "qu", "ay")),
        starts_on=date(2026, 5, 23),
        ends_on=date(2026, 5, 25),
    ),
    *(work(number, facets={"strategy": ("strategy-1",)}, years=(2000 + number,)) for number in range(4, 50)),
]
