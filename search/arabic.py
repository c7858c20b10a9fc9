"""Stems of Arabic words: Light10, with the broken plurals and the radical letters it does not know.

Light10 is the light stemmer of Larkey, Ballesteros and Connell, "Light Stemming for
Arabic Information Retrieval" (Soudi, van den Bosch and Neumann, Arabic Computational
Morphology, 2007). It takes the article with its particles off the front and inflections
off the end. Other than there, endings come off in the order in which grammar adds them
(pronoun, number and gender, relation), so that a word and its inflections meet, a
dual or plural ending needs three letters before it, pronouns other than -h and -ha are
known, and single prepositions come off longer words. The words that still go wrong are in arabic_tables.py.

Snowball's Arabic stemmer is not used beside it: it takes radical letters for particles
(برامج, programmes, becomes رامج, and سياسات, policies, ياسا).
"""

from search.arabic_tables import FIXED_STEMS, RADICAL_STARTS, SINGULARS
from search.words import LONGEST

_ARTICLES = ("وبال", "وكال", "فبال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال")
_PREPOSITIONS = {"ب": 4, "ل": 4, "ك": 5, "ف": 5}  # with the letters the whole word must have
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ه")
_NUMBER_AND_GENDER = (("ات", 2), ("ون", 3), ("ين", 3), ("ان", 3), ("ة", 2))  # with the letters that must be left
_ANY_ENDING = (*_PRONOUNS, "ية", "يا", "ين", "ي", "ا")


def stems(folded: str) -> tuple[str, ...]:
    """The stems of a folded Arabic word, one for each way in which its first letters can be read.

    ولحماية is "and for protection", or else a long word that begins with waw: all are
    stems, and those that are no words meet nothing.
    """
    return tuple(dict.fromkeys(_stem(rest) for rest in _readings(folded)))


def _is_whole(word: str) -> bool:
    """Whether the first letters of the word are known to be its own."""
    return word in FIXED_STEMS or word in SINGULARS or word.startswith(RADICAL_STARTS)


def _readings(word: str) -> list[str]:
    """The word without the article and particles it begins with; with them too, where they are single letters."""
    if _is_whole(word):
        return [word]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            rest = word[len(article) :]
            # "For the languages" is written with two lams: the second is both the article's and the word's.
            return ["ل" + rest if article.endswith("لل") and _is_whole("ل" + rest) else rest]
    readings = [word]
    if word.startswith("و") and len(word) >= 4:
        word = word[1:]
        readings.append(word)
    if len(word) >= _PREPOSITIONS.get(word[0], LONGEST) and not _is_whole(word):
        readings.append(word[1:])
    return readings


def _stem(word: str) -> str:
    """The stem of a word without particles."""
    for base in _bases(word):
        if base in FIXED_STEMS:
            return FIXED_STEMS[base]
        if base in SINGULARS:
            singular = SINGULARS[base]
            return FIXED_STEMS.get(singular) or _without_endings(singular)
    return _without_endings(_without_pronoun(word))


def _bases(word: str) -> list[str]:
    """What the tables may know the word as: whole, then without one ending."""
    bases = [word]
    for ending in _ANY_ENDING:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            base = word[: -len(ending)]
            bases.append(base)
            if base.endswith("ت"):  # the teh marbuta before a pronoun
                bases.append(base[:-1] + "ة")
            if base.endswith(("اي", "او")):  # the final hamza before a pronoun
                bases.append(base[:-1] + "ء")
    return bases


def _without_pronoun(word: str) -> str:
    for pronoun in _PRONOUNS:
        if word.endswith(pronoun) and len(word) >= len(pronoun) + 3:
            base = word[: -len(pronoun)]
            if base.endswith("ت"):
                return base[:-1] + "ة"
            return base
    return word


def _without_endings(word: str) -> str:
    """`word` without number, gender and relation."""
    for ending, left in _NUMBER_AND_GENDER:
        if word.endswith(ending) and len(word) >= len(ending) + left:
            word = word[: -len(ending)]
            break
    if word.endswith("ء"):
        return word[:-1]
    if word.endswith("ايي"):  # of -āʾī: وقائي, غذائي
        return word[:-2]
    for ending in ("يا", "ي", "ا"):
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            return word[: -len(ending)]
    return word
