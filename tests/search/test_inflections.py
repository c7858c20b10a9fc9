"""Words of the hub's own vocabularies meet their other numbers and genders."""

import csv
from pathlib import Path

import pytest

from search.analysis import fold, is_stop_word, words
from tests.search.test_analysis import meets

DATA = Path(__file__).parents[2] / "resources" / "data"

# Endings of number and gender that are exchanged, and words of another meaning that differ in no more than these.
INFLECTIONS = {
    "es": [("o", "a"), ("o", "os"), ("o", "as"), ("a", "as"), ("a", "os"), ("os", "as"), ("e", "es")],
    "en": [("", "s")],
    "fr": [("", "s"), ("", "e"), ("", "es"), ("e", "es")],
    "pt": [("o", "a"), ("o", "os"), ("o", "as"), ("a", "as"), ("a", "os"), ("os", "as"), ("e", "es")],
}
DIFFERENT = {
    "es": ["caso casos casa casas", "costo costos costa costas", "trato tratos trata tratas", "acto actos acta actas"],
    "en": ["new news"],
    "fr": ["foi fois"],
    "pt": [
        "caso casos casa casas",
        "custo custos custa custas",
        "ato atos ata atas",
        "uso usa",
        "feroe feroes",
        "papuasio papuasia",
    ],
}


def vocabulary(language: str) -> set[str]:
    """The words of the texts in `language` that the hub begins with."""
    found = set()
    for path in DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = " ".join(value or "" for name, value in row.items() if name and name.endswith(f"_{language}"))
                found.update(fold(word.text) for word in words(text))
    return {word for word in found if len(word) > 2 and not (is_stop_word(word) or is_stop_word(word, language))}


@pytest.mark.parametrize("language", INFLECTIONS)
def test_number_and_gender_of_the_words_of_the_hub_meet(language):
    known = vocabulary(language)
    assert len(known) > 1000
    for one, other in INFLECTIONS[language]:
        for word in sorted(known):
            inflected = word.removesuffix(one) + other
            if word.endswith(one) and inflected in known:
                apart = any({word, inflected} <= set(group.split()) for group in DIFFERENT[language])
                assert apart or meets(language, word, inflected), (word, inflected)
