"""The order in which readers of a language expect names and titles."""

import re
from functools import lru_cache

from search.forms import folded
from search.words import fold, words

# Spanish counts ñ as a letter of its own after n; folding alone would file it under n.
_OWN_LETTERS = {"es": (re.compile("ñ|n\u0303", re.IGNORECASE), "n\U0010fffd")}


# An Arabic reader expects Arabic before all other scripts (CLDR, collation of ar: [reorder Arab]); digits come first in
# every language. So what stands before Arabic in Unicode, letters of Latin, Greek, Cyrillic, is moved behind it.
_AFTER_ARABIC = {number: number + 0xE000 for number in range(ord(":"), 0x600)}

_folded = lru_cache(maxsize=16)(folded)  # a title is sorted in five languages, one after the other


@lru_cache(maxsize=50_000)  # a page sorts the names of all values of its facets: thousands, the same each time
def sort_key(text: str, locale: str) -> str:
    """A string whose code point order is the order of `text` in the language `locale`.

    Punctuation, case and accents do not count: "¿Qué es?" stands at "que es".
    """
    if locale == "ar":
        return _folded(text).translate(_AFTER_ARABIC)
    pattern, letter = _OWN_LETTERS.get(locale, (None, ""))
    if pattern is None or not pattern.search(text):
        return _folded(text)
    return " ".join(letter.join(fold(piece) for piece in pattern.split(word.text)) for word in words(text))
