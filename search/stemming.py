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

# Endings, tried in order; the first that fits is replaced and the rest are not tried. Where an expression begins with
# its ending and looks behind from there, most words are done with it at once.
_ENDINGS = {
    # Plurals that Snowball takes for verbs (mujeres, jóvenes, planes; gobiernos, préstamos, días, but not trabajamos,
    # darnos), and z that becomes c (eficaz, eficaces; avanzar, avance).
    "es": _rules(
        (r"es$(?<=(?:[aei]r|[aeiu]n|[aeiou]d)es)", ""),
        (r"eses$", "es"),
        (r"nces?$", "nz"),
        (r"(?<=[aeiou])ces$", "z"),
        (r"s$(?<=[a-z]{2}[ao]s)(?<![ae]mos)(?<![ai]rnos)", ""),
    ),
    "en": (),
    # Feminines (-trice, -teuse, -ière, -gère, -ive), plurals of what Snowball takes for verbs (conflits, revenus,
    # conseillers), the accents of -ée and -ité, and -ent where only verbs have it (aident, but not accident, parent).
    "fr": _rules(
        (r"iees?$", "ie"),
        (r"ees?$", "ée"),
        (r"(?<=[a-z]{2})trices?$", "teur"),
        (r"(?<=tt|ch|nd|ns|ss)euses?$", "eur"),
        (r"(?<=[a-z]{3})ites?$", "ité"),
        (r"iere(?:s|ment)?$", "ier"),
        (r"(?<=ll|ag|eg|ng)eres?$", "er"),
        (r"(?<=[a-z]{2})ifs?$", "ive"),
        (r"s$(?<=[a-z](?:it|[cdnprtv]u)s)", ""),
        (r"ers$(?<!vers)", "er"),
        (
            r"ent$(?<!frequent)(?<!sequent)(?<=(?:aid|[ae]nt|olu|[a-z](?:[iou]s|ns|gn|ll|nn|tt|ch|[aei]v|[iou]r|[tfv]r"
            r"|[aeiu]t|[rs]t|[rn]d|rc|[bpr]l|[iop]p|[aou]g|[btnq]u))ent)",
            "er",
        ),
    ),
    # Plurals in -ões, -ães, -ãos (all of -ão), -is (of -l), -ns (of -m) and -as, -os, -gues that Snowball takes for
    # verbs (ruas, gangues), and feminines in -ia that it takes for the past (comunitária, obrigatória, própria).
    "pt": _rules(
        (r"(?:coes|cao)$", "ção"),
        (r"(?:oes|aes|aos|ao)$", "ão"),
        (r"(?<=[a-z]{2})ais$", "al"),
        (r"(?<=[a-z]{2})ois$", "ol"),
        (r"(?<=[a-z]{2})(?:eis|il|el|(?<=[bcdfglmnprtvz])is)$", "el"),
        (r"ns$", "m"),
        (r"(?:(?<=[a-z](?:ar|ed|pr))|(?<=ator))ias?$", "io"),
        (r"s$(?:(?<=[nr]gues)|(?<=[a-z]{2}[ao]s))", ""),
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
