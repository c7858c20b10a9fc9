import pytest

from search.collation import sort_key


@pytest.mark.parametrize(
    ("locale", "ordered"),
    [
        ("es", ["Ana", "¿Nariz?", "nz", "Ñandú", "ñu", "oca", "Óscar"]),
        ("es", ["ana", "mañana", "mao"]),
        ("en", ["apple", "Ñandú", "nariz", "Oscar"]),
        ("fr", ["école", "Œuvre", "outil"]),
        ("ar", ["16 يومًا", "أسرة", "برنامج", "طفل", "apple", "Überleben", "наука"]),
        ("es", ["", "1 paso", "10 pasos", "a"]),
    ],
)
def test_names_stand_where_a_reader_looks_for_them(locale, ordered):
    keys = [sort_key(name, locale) for name in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_case_accents_and_punctuation_do_not_count():
    assert sort_key("«¡CRIANZA, con ternura!»", "es") == sort_key("crianza con ternura", "es")
    assert sort_key("Éducation", "fr") == sort_key("education", "fr")
    assert sort_key("N\u0303andu", "es") == sort_key("Ñandú", "es")
