"""The keys of a text: the least that an index needs beside its folded words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import LANGUAGES, fold, folded, is_somewhere_a_stop_word, keys, query_forms, tokens, words
from tests.search.test_analysis import any_text


@given(any_text, any_text, st.sampled_from([*LANGUAGES, "de"]))
@example("Los padres", "padre", "es")
@example("The reports of 2016", "2016 the report", "en")
def test_the_keys_of_a_text_meet_the_same_questions_as_all_its_tokens(text, question, language):
    every, needed = set(tokens(text, language).split()), set(keys(text, language).split())
    assert needed <= every
    for word in words(f"{question} {text}"):
        asked = {form for of_language in query_forms(word.text).values() for form in of_language}
        in_folded = is_somewhere_a_stop_word(fold(word.text)) and fold(word.text) in folded(text).split()
        assert (bool(asked & needed) or in_folded) == bool(asked & every)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("La crianza de los niños", "es", "es~crianz es~nin"),
        ("Who guides the WHO, and the W.H.O.?", "en", "en~guid who who"),
        ("Die Rechte der Kinder", "de", "die rechte der kinder"),
    ],
)
def test_stop_words_are_no_keys(text, language, found):
    assert keys(text, language) == found
