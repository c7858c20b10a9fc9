"""Words of terms: stored once, found in every work that has the term, in every way in which words are asked for."""

import pytest

from search.documents import Term
from search.engines.relevance import MOST_WEIGHED
from search.query import Query
from tests.search.works import document, page

PARENTING = Term((("es", "apoyo a la crianza · padres y madres"), ("en", "parent support"), ("ar", "دعم الوالدين")))
SCHOOLS = Term((("es", "escuelas seguras"), ("en", "safe schools"), ("fr", "écoles sûres")))


def found(engine, text: str, **more) -> set[str]:
    result = engine.search(Query(text=text, limit=100, **more))
    return set() if result.corrected else {hit.document.id for hit in result.hits}


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            document("both", page("en", "One"), keywords=(PARENTING, SCHOOLS)),
            document("parents", page("en", "Two"), keywords=(PARENTING,)),
            document("schools", page("en", "Safe streets"), keywords=(SCHOOLS,)),
            document("none", page("es", "Crianza y escuela")),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crianza ", {"both", "parents", "none"}),
        ("crianzas ", {"both", "parents", "none"}),
        ("والوالدين ", {"both", "parents"}),
        ("support école ", {"both"}),
        ("streets escuelas ", {"schools"}),
        ("cr", set()),
        ("cr*", {"both", "parents", "none"}),
        ("cri", {"both", "parents", "none"}),
        ("esc", {"both", "schools", "none"}),
        ("pad", {"both", "parents"}),
        ("padr", {"both", "parents"}),
        ("streets écol", {"schools"}),
        ('"apoyo a la crianza"', {"both", "parents"}),
        ('"padres y madres"', {"both", "parents"}),
        ('"crianza padres"', set()),  # from a name into its synonym
        ('"madres parent"', set()),  # from one language into the next
        ('"sûres apoyo"', set()),  # from one term into the next
        ('"escuelas"', {"both", "schools"}),
        ("-crianza ", {"schools"}),
        ('-"safe schools"', {"parents", "none"}),
        ("crianza -escuelas ", {"parents"}),
    ],
)
def test_what_is_found(library, text, expected):
    assert found(library, text) == expected


def test_terms_are_no_works(library):
    result = library.search(Query(facets=("type",)))
    assert (result.total, [(one.value, one.count) for one in result.facets["type"]]) == (4, [("programme", 4)])
    assert library.health().documents == 4
    assert set(library.fingerprints()) == {"both", "parents", "schools", "none"}


def test_a_misspelt_word_of_a_term_is_corrected(library):
    result = library.search(Query(text="suport parnet "))
    assert result.corrected == "support parent "
    assert {hit.document.id for hit in result.hits} == {"both", "parents"}


def test_a_term_with_other_words_is_another_one_until_all_its_works_have_them(library):
    renamed = Term((("es", "acompañamiento a familias"),))
    library.upsert([document("parents", page("en", "Two"), keywords=(renamed,))])
    assert found(library, "acompañamiento ") == {"parents"}
    assert found(library, "padres ") == {"both"}
    library.upsert([document("both", page("en", "One"), keywords=(renamed, SCHOOLS))])
    assert found(library, "acompañamiento ") == {"parents", "both"}
    assert found(library, "padres ") == set()


def test_a_word_in_the_names_of_many_terms(engine):
    many = MOST_WEIGHED + 1
    terms = [Term((("es", f"crianza número{number}"), ("ar", f"الأم رقم{number}"))) for number in range(many)]
    works = [document(f"w{number}", page("en", "Other"), keywords=(term,)) for number, term in enumerate(terms)]
    engine.rebuild([*works, document("none", page("en", "Other"))])
    everywhere = {f"w{number}" for number in range(many)}
    # "أم" begins no word of these names, but is one of them without its article.
    for text in ("crianza ", "crianza", "cria", "cr*", "أم ", "أم"):
        assert found(engine, text) == everywhere, text
    assert found(engine, "crianza numero7 ") == {"w7"}
    assert found(engine, "-crianza ") == {"none"}
    assert engine.search(Query(text="other crianza ")).total == many
