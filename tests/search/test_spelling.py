import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import Dictionary, distance, errors_forgiven, errors_in


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("casa", "casa", 0),
        ("casa", "caza", 1),
        ("casa", "cassa", 1),
        ("casa", "csa", 1),
        ("casa", "caas", 1),
        ("crianza", "crinaza", 1),
        ("crianza", "crinasa", 2),
        ("violence", "voilense", 2),
        ("طفل", "طقل", 1),
        ("abcdef", "fedcba", 3),
        ("", "ab", 2),
        ("ab", "", 2),
    ],
)
def test_distance(one, other, errors):
    assert distance(one, other, 2) == errors
    assert distance(other, one, 2) == errors


def reference(one: str, other: str) -> int:
    """Optimal string alignment, as the textbook has it."""
    table = {(-1, -1): 0}
    for i in range(len(one)):
        table[i, -1] = i + 1
    for j in range(len(other)):
        table[-1, j] = j + 1
    for i in range(len(one)):
        for j in range(len(other)):
            cost = one[i] != other[j]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
            if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]


@given(one=st.text("abc", max_size=7), other=st.text("abc", max_size=7), most=st.integers(1, 2))
def test_distance_is_what_the_textbook_says(one, other, most):
    assert distance(one, other, most) == min(reference(one, other), most + 1)


def test_short_words_forgive_less():
    assert [errors_forgiven("x" * length) for length in (1, 4, 5, 7, 8, 20)] == [0, 0, 1, 1, 2, 2]
    assert [errors_forgiven("ط" * length) for length in (1, 3, 4, 7, 8)] == [0, 0, 1, 1, 2]
    assert [errors_forgiven("ال" + "ط" * length) for length in (3, 4, 8)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("word", "other", "errors"),
    [
        ("violensia", "violencia", 1),
        ("biolensia", "violencia", 2),  # b and v sound alike, so it is one error more
        ("jenero", "genero", 1),
        ("ermanos", "hermanos", 1),
        ("برامح", "برامج", 1),
        ("الاطقال", "الاطفال", 1),
        ("excision", "decision", None),
        ("ternura", "tortura", None),
        ("racismo", "machismo", None),
        ("المغرب", "الضرب", None),
        ("الجزاير", "الجرايم", None),
        ("love", "live", None),
        ("nepal", "cepal", None),
        ("crianza", "crianza", None),
    ],
)
def test_another_word_is_not_what_was_meant(word, other, errors):
    assert errors_in(word, other) == errors


def test_fewest_errors_first_then_the_most_frequent_then_the_alphabet():
    dictionary = Dictionary(
        [("crianza", 3), ("crianzas", 9), ("crianca", 3), ("crianda", 5), ("otra", 99), ("niños", 1)]
    )
    assert dictionary.near("crianxa") == ["crianda", "crianca", "crianza"]
    assert dictionary.near("crianxas") == ["crianzas", "crianda", "crianca", "crianza"]
    assert dictionary.near("crianza") == ["crianzas", "crianda", "crianca"]  # not the word itself
    assert dictionary.near("cr") == []
    assert Dictionary([]).near("crianza") == []


@given(
    words=st.dictionaries(st.text("abcdñ", min_size=1, max_size=8), st.integers(1, 9), max_size=30),
    word=st.text("abcdñ", min_size=3, max_size=8),
)
def test_no_word_within_the_errors_is_missed(words, word):
    expected = {other for other in words if errors_in(word, other) is not None}
    assert expected <= {other for other in words if 0 < reference(word, other) <= errors_forgiven(word)}
    assert set(Dictionary(words.items()).near(word)) == expected
