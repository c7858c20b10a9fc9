"""The order in which readers of a language expect names and titles."""

import re
from functools import lru_cache

from search.forms import folded
from search.words import fold, spellings

# Spanish counts ñ as a letter of its own after n; folding alone would file it under n.
_ENYE, _AFTER_N = re.compile("ñ|n\u0303", re.IGNORECASE), "n\U0010fffd"
_SIGNS_OF_ENYE = ("ñ", "Ñ", "\u0303")  # looked for in no time, unlike the expression


# An Arabic reader expects Arabic before all other scripts (CLDR, collation of ar: [reorder Arab]); digits come first in
# every language. So what stands before Arabic in Unicode, letters of Latin, Greek, Cyrillic, is moved behind it.
_AFTER_ARABIC = {number: number + 0xE000 for number in range(ord(":"), 0x600)}


def sort_key_of(text: str, locale: str, words_of_text: str) -> str:
    """`sort_key` of a text of which the folded words are known."""
    if locale == "ar":
        return words_of_text.translate(_AFTER_ARABIC)
    if locale != "es" or not any(sign in text for sign in _SIGNS_OF_ENYE):
        return words_of_text
    return " ".join(filter(None, map(_spanish, spellings(text))))


@lru_cache(maxsize=50_000)
def _spanish(word: str) -> str:
    return _AFTER_N.join(map(fold, _ENYE.split(word)))


# A page sorts the names of all values of its facets: thousands, the same each time.
@lru_cache(maxsize=50_000)
def sort_key(text: str, locale: str) -> str:
    """A string whose code point order is the order of `text` in the language `locale`.

    Punctuation, case and accents do not count: "¿Qué es?" stands at "que es".
    """
    return sort_key_of(text, locale, folded(text))
