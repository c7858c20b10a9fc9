"""Documents and questions for tests: a plain one by hand, and generated ones in which much coincides."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from search.documents import Document, Material, PageText, Term
from search.facets import FACETS, TYPES
from search.languages import LOCALES
from search.query import SORTS, Query

TODAY = date(2026, 6, 1)

# Few words, so that they meet; plurals, accents, stop words, scripts, prefixes of one another.
WORDS = (
    "crianza", "crianzas", "violencia", "violence", "violent", "niño", "niños", "niñez", "prevention", "prevención",
    "école", "enfants", "œuvre", "educação", "educações", "avaliação", "child's", "children", "school", "schools",
    "the", "de", "la", "no", "a", "برنامج", "برامج", "أطفال", "الطفل", "والعنف", "16.2", "2030", "O.M.S.", "l'enfant",
)  # fmt: skip

VALUES = {
    "language": ("es", "en", "pt", "ar", "ase"),
    "country": ("CO", "KE", "FR"),
    "region": ("002", "019", "150"),
    "organisation": ("who", "unicef", "ünïcode", "with space"),
}


def page(locale: str = "es", title: str = "Crianza con ternura", summary: str = "", **more) -> PageText:
    return PageText(locale, title, summary, f"/{locale}/{title.lower().replace(' ', '-')}/", **more)


def document(id: str = "one", *pages: PageText, **more) -> Document:
    """A work with what a test does not care about filled in."""
    more = {"type": "programme", "added_on": datetime(2026, 1, 1, tzinfo=UTC)} | more
    return Document(id=id, external_id=f"x-{id}", pages=pages or (page(),), **more)


def _values(facet: str) -> tuple[str, ...]:
    return VALUES.get(facet, (f"{facet}-a", f"{facet}-b", f"{facet}-c"))


texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
terms = st.lists(st.tuples(st.sampled_from(LOCALES), texts), max_size=2).map(tuple).map(Term)
# Terms that many works share, and others that one alone has.
TERMS = tuple(
    Term((("es", f"{word} · niños la"), ("en", "children school"), ("ar", "برامج الطفل"))) for word in WORDS[:6]
)
days = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
_OWN = [facet for facet in FACETS if facet not in ("type", "described_in", "year", "when")]


@st.composite
def documents(draw) -> Document:
    locales = draw(st.lists(st.sampled_from(LOCALES), min_size=1, max_size=5, unique=True))
    return Document(
        id=draw(st.uuids()).hex,
        external_id=draw(st.text(max_size=5)),
        type=draw(st.sampled_from(TYPES)),
        pages=tuple(
            PageText(
                locale,
                draw(texts),
                draw(texts),
                f"/{locale}/",
                draw(st.just("") | texts),
                draw(st.sampled_from(("", "", "ar", "rw"))),
            )
            for locale in locales
        ),
        added_on=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=draw(st.integers(0, 3))),
        keywords=tuple(draw(st.lists(st.sampled_from(TERMS) | terms, max_size=3))),
        materials=tuple(
            draw(
                st.lists(
                    st.builds(
                        Material, st.sampled_from(VALUES["language"]), texts, available=st.booleans(), text=texts
                    ),
                    max_size=2,
                )
            )
        ),
        facets=draw(
            st.fixed_dictionaries(
                {}, optional={facet: st.lists(st.sampled_from(_values(facet)), max_size=3).map(tuple) for facet in _OWN}
            )
        ),
        years=tuple(draw(st.lists(st.integers(2010, 2014), max_size=2))),
        starts_on=draw(days),
        ends_on=draw(days),
        urls=draw(st.dictionaries(st.sampled_from(LOCALES), st.just("/x/"), max_size=2)),
        described=draw(st.booleans()),
        cancelled=draw(st.booleans()),
        order=draw(st.integers(0, 2)),
    )


@st.composite
def questions(draw) -> str:
    """What readers type: words, beginnings of words, phrases, exclusions."""
    word = st.sampled_from(WORDS)
    part = st.one_of(
        word,
        word,
        word.map(lambda one: one[:3]),
        word.map(lambda one: f"{one[:2]}*"),
        texts.map(lambda text: f'"{text}"'),
        word.map(lambda one: f"-{one}"),
        texts.map(lambda text: f'-"{text}"'),
    )
    return " ".join(draw(st.lists(part, max_size=3))) + draw(st.sampled_from(("", "", " ")))


_YEARS = ("2010", "2012", "2014", "1999", "2011-2013", "2013-", "-2011")


def _choices(facet: str) -> st.SearchStrategy[tuple[str, ...]]:
    values = {
        "type": TYPES,
        "described_in": LOCALES,
        "year": _YEARS,
        "when": ("upcoming", "past"),
    }.get(facet, (*_values(facet), "no-such-value"))
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


filters = st.lists(st.sampled_from(tuple(FACETS)), max_size=3, unique=True).flatmap(
    lambda facets: st.fixed_dictionaries({facet: _choices(facet) for facet in facets})
)
queries = st.builds(
    Query,
    text=st.just("") | questions(),
    locale=st.sampled_from(LOCALES),
    filters=filters,
    language_match=st.sampled_from(("any", "all")),
    facets=st.just(tuple(FACETS)),
    sort=st.sampled_from(SORTS),
    offset=st.just(0),
    limit=st.just(50),
    today=st.just(TODAY),
)
