"""Stems of Spanish, English, French and Portuguese words.

Snowball (PyStemmer) does the work; what it lacks is done before it, as rules of each
language's own grammar, written for this hub and held by tests/search/analysis_pairs.csv.

A stem is a function of the *folded* word alone. So "educacao" and "educação" have one
stem by construction, and never two. Where Snowball needs an accent to know an ending
(-ção, -ité, -ée), a rule puts it back: it follows from the ending in nearly every
word, and where it does not, both spellings still get the same stem.
"""

import re
from threading import Lock

import Stemmer

from search.word_tables import FIXED_STEMS, LEMMAS
from search.words import fold

_SNOWBALL = {
    "es": Stemmer.Stemmer("spanish", 0),
    "en": Stemmer.Stemmer("english", 0),
    "fr": Stemmer.Stemmer("french", 0),
    "pt": Stemmer.Stemmer("portuguese", 0),
}
_LOCK = Lock()  # a Snowball stemmer is not safe in two threads at once; callers cache, so this is seldom taken


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


# Spellings that differ from country to country, made one. All that fit are applied.
_VARIANTS = {
    "es": (),
    "en": _rules(
        (r"^((?:mis)?behavi|neighb|col|fav|hon|hum|lab|endeav|harb)our", r"\1or"),
        (r"(programm|gramm)e(?=s?$)", r"\1"),
        (r"gramm(?=s?$)", "gram"),
        (r"(cent|theat|lit|met)re(?=s?$)", r"\1er"),
        (r"paed(?=iat|oph|olog)", "ped"),
        (r"(counsel|travel|model|label|cancel|signal|channel)l(?=ing|ed|er|or)", r"\1"),
        (r"(def|off|lic)ence(?=s?$)", r"\1ense"),
        (r"^practis", "practic"),
        (r"(judg|acknowledg)ement", r"\1ment"),
        (r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations|ational)$)", "iz"),
        (r"(anal|catal|paral)y[sz](?:is|es|e|ed|ing|er|ers)$", r"\1yz"),
    ),
    "fr": (),
    # The orthographies before and after the agreement of 1990: protecção, projecto, adoptar.
    "pt": _rules(
        (r"[cp](?=c(?:ao|oes|ion))", ""),
        (r"(?<=[a-z]{2}[aeiou])[cp](?=t[aeiou])", ""),
        (r"^ac(?=tiv|tua|to)", "a"),
    ),
}

# Endings, tried in order; the first that fits is replaced and the rest are not tried.
_ENDINGS = {
    # Plurals that Snowball takes for verbs (mujeres, jóvenes, planes), and z that becomes c (eficaz, eficaces).
    "es": _rules((r"([aei]r|[aeiu]n|[aeiou]d)es$", r"\1"), (r"eses$", "es"), (r"ces?$", "z")),
    "en": (),
    # Feminine -trice, and the accents of -ée and -ité.
    "fr": _rules(
        (r"iees?$", "ie"),
        (r"ees?$", "ée"),
        (r"(?<=[a-z]{3})trices?$", "teur"),
        (r"(?<=[a-z]{3})ites?$", "ité"),
    ),
    # Plurals in -ões, -ães, -ãos (all of -ão), -is (of -l) and -ns (of -m).
    "pt": _rules(
        (r"(?:coes|cao)$", "ção"),
        (r"(?:oes|aes|aos|ao)$", "ão"),
        (r"(?<=[a-z]{2})ais$", "al"),
        (r"(?<=[a-z]{2})ois$", "ol"),
        (r"(?<=[a-z]{2})(?:eis|il|el|(?<=[bcdfglmnprtvz])is)$", "el"),
        (r"ns$", "m"),
    ),
}


def stems(folded: str, language: str) -> tuple[str, ...]:
    """The stems, folded, of a folded word in "es", "en", "fr" or "pt"; more than one where the word is two words."""
    fixed = FIXED_STEMS[language].get(folded)
    if fixed is not None:
        return (fixed,)
    return tuple(dict.fromkeys(_stem(lemma, language) for lemma in LEMMAS[language].get(folded, (folded,))))


def _stem(folded: str, language: str) -> str:
    word = folded
    for pattern, replacement in _VARIANTS[language]:
        word = pattern.sub(replacement, word)
    for pattern, replacement in _ENDINGS[language]:
        word, changed = pattern.subn(replacement, word)
        if changed:
            break
    with _LOCK:
        return fold(_SNOWBALL[language].stemWord(word))
