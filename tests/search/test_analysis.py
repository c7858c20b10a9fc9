import csv
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import arabic_tables, forms, stopwords, word_tables
from search.analysis import LANGUAGES, fold, folded, is_stop_word, query_forms, tokens, words
from search.analysis import forms as forms_of
from search.words import LONGEST, spellings

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PAIRS = rows("analysis_pairs.csv")
STRANGERS = rows("analysis_strangers.csv")

# Any code point at all, lone surrogates too, often from the scripts that have their own rules.
any_text = st.text(
    st.one_of(
        st.characters(categories=None),
        st.characters(min_codepoint=0x20, max_codepoint=0x24F),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.sampled_from("'’.-\u200d\u200f\u0640\u00ad\ud800\0 日œßİ½ﷺ👩"),
    ),
    max_size=60,
)


def identify(row: dict[str, str]) -> str:
    return f"{row['language']} {row['query']} - {row['text']}"


def meets(language: str, query: str, text: str) -> bool:
    """Whether every word of the query shares a form with a word of a text in `language`."""
    there = [set(forms_of(word.text, language)) for word in words(text)]
    return all(any(its.intersection(query_forms(asked.text)[language]) for its in there) for asked in words(query))


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


# Which words meet


@pytest.mark.parametrize("row", PAIRS, ids=identify)
def test_a_word_meets_its_other_spellings_and_inflections(row):
    assert meets(row["language"], row["query"], row["text"])


@pytest.mark.parametrize("row", STRANGERS, ids=identify)
def test_a_word_does_not_meet_a_word_of_another_meaning(row):
    assert not meets(row["language"], row["query"], row["text"])
    assert not meets(row["language"], row["text"], row["query"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_held_by_many_pairs(language):
    assert sum(row["language"] == language for row in PAIRS) >= 50
    assert sum(row["language"] == language for row in STRANGERS) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_without_its_accents_has_the_same_forms(language):
    for row in PAIRS:
        if row["language"] == language:
            for word in words(row["query"] + " " + row["text"]):
                bare = "".join(c for c in unicodedata.normalize("NFD", word.text) if not unicodedata.combining(c))
                assert forms_of(bare.lower(), language) == forms_of(word.text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_decomposed_text_has_the_same_tokens(language):
    for row in PAIRS:
        decomposed = unicodedata.normalize("NFD", row["text"])
        assert tokens(decomposed, language) == tokens(row["text"], language)


def test_every_broken_plural_meets_its_singular_also_behind_particles():
    assert len(arabic_tables.SINGULARS) >= 120
    for plural, singular in arabic_tables.SINGULARS.items():
        if is_stop_word(singular, "ar"):
            continue
        assert meets("ar", singular, plural), plural
        assert meets("ar", singular, "وال" + plural), plural
        assert meets("ar", singular, "بال" + plural), plural


@pytest.mark.parametrize("language", word_tables.LEMMAS)
def test_every_irregular_word_meets_its_dictionary_forms(language):
    for word, lemmas in word_tables.LEMMAS[language].items():
        for lemma in lemmas:
            assert meets(language, lemma, word), word


def test_words_of_the_tables_are_folded():
    tables = [*word_tables.LEMMAS.values(), *word_tables.FIXED_STEMS.values()]
    for word in [word for table in tables for word in table]:
        assert fold(word) == word
    for words_of_language in stopwords.STOP_WORDS.values():
        assert all(fold(word) == word for word in words_of_language)


# Forms


def test_forms_are_the_folded_word_and_tagged_stems():
    assert forms_of("Crianzas", "es") == ("crianzas", "es~crianz")
    assert forms_of("programmes", "en") == ("programmes", "en~program")
    assert forms_of("pais", "pt") == ("pais", "pt~pai", "pt~pais")
    assert forms_of("والأطفال", "ar") == ("والاطفال", "ar~طفل")


def test_stop_words_have_the_folded_form_only():
    assert forms_of("Según", "es") == ("segun",)
    assert forms_of("the", "en") == ("the",)
    assert forms_of("الذين", "ar") == ("الذين",)


@pytest.mark.parametrize(
    "word", ["2016", "covid19", "大", "дети", "πρόγραμμα"], ids=["digits", "mixed", "cjk", "cyrillic", "greek"]
)
def test_words_of_other_scripts_have_no_stem(word):
    for language in LANGUAGES:
        assert forms_of(word, language) == (fold(word),)


def test_latin_words_in_arabic_text_and_arabic_words_in_latin_text_have_no_stem():
    assert forms_of("INSPIRE", "ar") == ("inspire",)
    assert forms_of("أطفال", "es") == ("اطفال",)


def test_other_languages_have_the_folded_form_only():
    assert forms_of("Kinder", "de") == ("kinder",)
    assert tokens("Kinder schützen", "de") == "kinder schutzen"
    assert "de" not in forms._by_language


def test_what_is_no_word_has_no_forms():
    assert forms_of("…", "es") == ()
    assert forms_of("", "en") == ()


def test_a_query_word_has_forms_in_all_languages():
    found = query_forms("Evaluación")
    assert tuple(found) == LANGUAGES
    for language in LANGUAGES:
        assert found[language] == forms_of("Evaluación", language)


def test_the_answer_about_a_query_word_can_be_changed_without_harm():
    query_forms("crianza").clear()
    assert query_forms("crianza")


@given(any_text, st.sampled_from([*LANGUAGES, "de", ""]))
def test_forms_are_tagged_and_the_same_again(text, language):
    for word in words(text):
        first = forms_of(word.text, language)
        assert first == forms_of(word.text, language)
        assert first[0] == fold(word.text)
        assert "~" not in first[0]
        assert all(form.startswith(f"{language}~") and len(form) > len(language) + 1 for form in first[1:])
        assert not any(character.isspace() for form in first for character in form)
        if language in LANGUAGES:
            assert query_forms(word.text)[language] == first


@given(any_text, st.sampled_from([*LANGUAGES, "de"]))
@example("\u0301 a \u0640\u0640", "ar")
def test_tokens_are_the_forms_of_the_words(text, language):
    assert tokens(text, language).split() == [form for word in words(text) for form in forms_of(word.text, language)]
    assert folded(text).split() == [fold(word.text) for word in words(text)]
    assert "  " not in tokens(text, language)


def test_folded_text_keeps_stop_words_in_their_places():
    assert folded("Los derechos del niño, según la UNICEF") == "los derechos del nino segun la unicef"


def test_the_cache_is_emptied_when_full(monkeypatch):
    monkeypatch.setattr(forms, "_CACHED", 3)
    cache = forms._Forms("en", forms._forms_of)
    for word in ("one", "two", "three", "programmes"):
        assert cache[word].startswith(word)
    assert dict(cache) == {"programmes": "programmes en~program"}
    assert cache["programmes"] == "programmes en~program"


def test_words_longer_than_any_word_are_cut_and_not_cached():
    word = "á" * 10_000
    assert forms_of(word, "es")[0] == "a" * LONGEST
    assert word not in forms._by_language["es"]
    assert fold("a" * 10_000) == "a" * LONGEST
    assert fold("a." * 10_000) == "a" * LONGEST


def test_threads_get_the_same_stems():
    vocabulary = [row["text"] for row in PAIRS if row["language"] == "fr"]
    expected = [tokens(text, "fr") for text in vocabulary]
    results = []

    def analyse():
        fresh = forms._Forms("fr", forms._forms_of)
        results.append([" ".join(fresh[word] for word in spellings(text)) for text in vocabulary])

    threads = [threading.Thread(target=analyse) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


# Folding


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ÉVALUATION", "evaluation"),
        ("niñez", "ninez"),
        ("Œuvre", "oeuvre"),
        ("Cæsar", "caesar"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
        ("Kırıkkale", "kirikkale"),
        ("Łódź", "lodz"),
        ("e\u0301cole", "ecole"),
        ("soft\u00adhyphen", "softhyphen"),
        ("O.M.S", "oms"),
        ("ª", "a"),
        ("m²", "m2"),
        ("½", "12"),
        ("أَطْفَال", "اطفال"),
        ("أطـــفال", "اطفال"),
        ("إساءة", "اساءة"),
        ("آباء", "اباء"),
        ("ٱلطفل", "الطفل"),
        ("مستوى", "مستوي"),
        ("مسؤول", "مسوول"),
        ("کودکی", "كودكي"),
        ("مدرسة", "مدرسة"),
        ("\u200fطفل\u200f", "طفل"),
        ("ﻃﻔﻞ", "طفل"),
        ("٢٠١٦", "2016"),
        ("۲۰۱۶", "2016"),
        ("בְּרֵאשִׁית", "בראשית"),
        ("й", "и"),
        ("हिन्दी", "हिन्दी"),
        ("한국", "한국"),
        ("a~b", "ab"),
        ("ñ~", "n"),
        ("👩‍👩‍👧", ""),
        ("\ud800", ""),
        ("\u0903\u0301", ""),
        ("", ""),
    ],
)
def test_fold(word, expected):
    assert fold(word) == expected


@given(any_text)
@example("\u0345")
@example("ᾼ")
def test_folding_again_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert len(once) <= LONGEST
    assert not any(character.isspace() or character == "~" for character in once)


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'enfant", ["enfant"]),
        ("d’éducation", ["éducation"]),
        ("L’ÉCOLE QU'ILS", ["ÉCOLE", "ILS"]),
        ("jusqu'à lorsqu’un", ["à", "un"]),
        ("quelqu'une Quelqu’un", ["une", "un"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("Children's rights, the child’s voice", ["Children", "rights", "the", "child", "voice"]),
        ("child's2", ["child", "s2"]),
        ("parents' rights", ["parents", "rights"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("COVID-19", ["COVID", "19"]),
        ("SDG 16.2", ["SDG", "16", "2"]),
        ("O.M.S. and U.N.", ["O.M.S", "and", "U.N"]),
        ("d.École", ["d", "École"]),
        ("end.A new", ["end", "A", "new"]),
        ("snake_case", ["snake", "case"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("co\u00adope\u00adration", ["co\u00adope\u00adration"]),
        ("zero\u200bwidth", ["zero", "width"]),
        ("الأَطْفَال", ["الأَطْفَال"]),
        ("أطـــفال", ["أطـــفال"]),
        ("الـUNICEF", ["الـ", "UNICEF"]),
        ("«طفل»،\u200fأم؟", ["طفل", "أم"]),
        ("日本語", ["日", "本", "語"]),
        ("か\u3099 葛\U000e0100", ["か\u3099", "葛\U000e0100"]),
        ("日.本", ["日", "本"]),
        ("한국어 교육", ["한국어", "교육"]),
        ("a\0b", ["a", "b"]),
        ("a\ud800b", ["a", "b"]),
        ("👩‍👩‍👧 ❤️ 🇧🇷", []),
        ("❤️abc", ["abc"]),
        ("𝒜bc", ["𝒜bc"]),
        ("\U0001e8d0", []),
        ("", []),
    ],
)
def test_words(text, expected):
    assert texts(text) == expected


@given(any_text)
@example("l'\u0301a ’s")
def test_words_stand_where_they_say(text):
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        assert fold(word.text)
        assert not unicodedata.combining(word.text[0])
        end = word.end


@given(
    st.lists(st.sampled_from(["l'enfant", "O.M.S.", "crianza", "évaluation", "الأطفال", "16.2", "日本"]), max_size=8)
)
def test_words_do_not_depend_on_what_stands_around_them(parts):
    """The fast expressions and the full one find the same words."""
    assert texts(" ".join(parts)) == [word for part in parts for word in texts(part)]


# Stop words


def test_stop_words_of_one_language():
    assert is_stop_word("del", "es")
    assert not is_stop_word("del", "en")
    assert is_stop_word("son", "es") and is_stop_word("son", "fr") and not is_stop_word("son", "en")
    assert not is_stop_word("der", "de")


def test_stop_words_of_any_language_carry_meaning_in_none():
    for word in ("the", "para", "avec", "parce", "não", "nesta", "على", "l", "no"):
        assert is_stop_word(fold(word)), word
    for word in ("son", "sur", "comment", "don", "won", "re", "media", "all", "plus", "may", "nuns", "violence", "ام"):
        assert not is_stop_word(fold(word)), word


@pytest.mark.parametrize(
    ("word", "others", "expected"),
    [
        ("son", ("programas", "que", "son"), True),
        ("son", ("father", "and", "son"), False),
        ("son", ("son",), False),
        ("son", ("que", "the", "son"), True),
        ("son", ("que", "the", "of", "son"), False),
        ("sur", ("america", "del", "sur"), False),
        ("sur", ("effets", "sur", "la", "famille"), True),
        ("sur", ("la", "cooperacion", "en", "el", "sur"), False),
        ("comment", ("general", "comment"), False),
        ("comment", ("comment", "les", "proteger"), True),
        ("comment", ("the", "general", "comment", "of"), False),
        ("the", ("the", "child"), True),
        ("child", ("the", "child"), False),
    ],
)
def test_a_word_that_is_content_elsewhere_is_dropped_by_the_company_it_keeps(word, others, expected):
    assert stopwords.is_dropped(word, others) is expected
