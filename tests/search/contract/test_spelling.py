"""Which words are corrected where nothing matches, what the reader's own words then look like, and what it may cost."""

import pytest

from search import spelling
from search.query import Query
from tests.search.works import document, page

LONG = ("violencia", "educacion", "proteccion", "prevencion", "comunidades", "estrategias")


@pytest.mark.parametrize("many", [spelling.MOST_UNKNOWN, spelling.MOST_UNKNOWN + 1, 30])
def test_of_many_misspelt_words_none_is_looked_up(engine, monkeypatch, many):
    # Each has four spellings or more: of fourteen words they would be combined in 268 million ways.
    titles = [f"{word}{end}" for word in LONG for end in ("", *"aeiou")]
    engine.rebuild([document("all", page("es", " ".join(titles)))])
    looked_up = []
    nearest = spelling.nearest

    def noting(word, others):
        looked_up.append(word)
        assert len(looked_up) <= spelling.MOST_UNKNOWN
        return nearest(word, others)

    monkeypatch.setattr(spelling, "nearest", noting)
    misspelt = [word[:number] + word[number + 1 :] for number in range(2, 7) for word in LONG]
    result = engine.search(Query(text=" ".join(misspelt[:many]) + " "))
    few = many == spelling.MOST_UNKNOWN
    assert result.corrected == (" ".join(LONG[:many]) + " " if few else None)
    assert (result.total, len(looked_up)) == ((1, many) if few else (0, 0))


@pytest.mark.parametrize(
    ("text", "total", "corrected"),
    [
        ("educatio violence", 1, "education violence"),
        ("protectio measures ", 1, "protection measures "),
        ("educatio viol*", 1, "education viol*"),
        ("educatio vi*", 1, "education vi*"),
        ("violence educatio", 1, None),  # still being typed
        ("educatio xyzzy", 0, None),
        ("education xyz*", 0, None),
    ],
)
def test_a_word_that_lacks_its_last_letters_is_known_only_while_it_is_typed(engine, text, total, corrected):
    engine.rebuild([document("one", page("en", "Education against violence", summary="Measures of protection."))])
    result = engine.search(Query(text=text, locale="en"))
    assert (result.total, result.corrected) == (total, corrected)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("WHO educasion ", "WHO educación "),
        ("un educasion UN Convencion ", "un educación UN Convencion "),
        ("UN EDUCASION ", "UN EDUCACIÓN "),
        ("EDUCASION DE UN NIÑO ", "EDUCACIÓN DE UN NIÑO "),
    ],
)
def test_all_but_the_corrected_words_stay_as_they_were_typed(engine, text, corrected):
    engine.rebuild([document("one", page("es", "La educación y el niño, Convención", summary="A report of WHO, UN."))])
    result = engine.search(Query(text=text))
    assert (result.total, result.corrected) == (1, corrected)
    assert engine.search(Query(text=corrected)).total == 1
