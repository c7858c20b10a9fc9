"""Words of any Unicode text, and the folded form in which two spellings of one word are equal."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 64  # code points of a folded word; what is longer (base64, joined up tables) is cut, in text and query alike

APOSTROPHES = "'’ʼ＇‘`´"

# Characters that are not seen but may stand inside a word: soft hyphen, joiners, directional marks,
# byte order mark. The zero width space is not one of them, it separates words.
INVISIBLE = "\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"

_CJK = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK += "\uff66-\uff9f\U00020000-\U0003ffff"

ARABIC = "\u0620-\u064a\u0660-\u0669\u066e-\u066f\u0671-\u06d3\u06d5\u06e5-\u06e6\u06ee-\u06fc\u06ff\u0750-\u077f"
ARABIC += "\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"

# Above the first 65,536 code points whole blocks: a class of every letter there would slow down the search for all.
# A word begins with a true letter of them; symbols inside fold to nothing.
_ASTRAL = "\U00010000-\U0001cfff\U0001d400-\U0001d7ff\U0001e000-\U0001efff"


def _character_class(pattern: str) -> str:
    """The characters of the basic plane that match `pattern`, as the inside of a regular expression class.

    A class of plain ranges is a bit table to `re`: one test a character, which
    [^\\W_...] is not.
    """
    plane = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    runs = (match.group() for match in re.finditer(f"(?:{pattern})+", plane))
    # A run never spans the surrogates left out of `plane`: neither neighbour of the gap is a letter or mark.
    return "".join(f"\\u{ord(run[0]):04x}-\\u{ord(run[-1]):04x}" for run in runs)


def _marks() -> str:
    """Combining characters of the basic plane and the variation selectors, as the inside of a class."""
    inside = (chr(n) for n in range(0x300, 0x10000) if not 0xD800 <= n < 0xE000)
    basic = "".join(character for character in inside if unicodedata.category(character) in ("Mn", "Mc", "Me"))
    return basic + "\U000e0100-\U000e01ef"


_MARKS = _marks()
_BASIC = _character_class(f"(?=[^\\W_])[^{_CJK}{ARABIC}]")
_LETTERS = _BASIC + _ASTRAL
TAIL = _MARKS + INVISIBLE

_WORD = (
    rf"(?:[{_BASIC}]|(?=[^\W_])[{_ASTRAL}])[{_LETTERS}{TAIL}]*"
    rf"|[{ARABIC}][{ARABIC}{TAIL}]*"
    rf"|[{_CJK}][{_MARKS}]*"
)
# l'enfant, d’éducation, qu'il, jusqu'à: the elided word is no word of its own; nor is the s of child's.
_ELISION = rf"(?<![{_LETTERS}{TAIL}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|quoiqu)[{APOSTROPHES}](?=[{_LETTERS}])"
_POSSESSIVE = rf"[{APOSTROPHES}]s(?![{_LETTERS}{TAIL}])"
# O.M.S., U.S.: one word, folded without its dots.
_LETTER = rf"(?![{_CJK}])[^\W\d_]"
_DOTTED = rf"(?<![{_LETTERS}{ARABIC}{TAIL}.]){_LETTER}(?:\.{_LETTER})+(?![{_LETTERS}{ARABIC}{TAIL}])"

_PLAIN = re.compile(_WORD)
_ASCII = re.compile(r"[0-9A-Za-z]+")
_FULL = re.compile(rf"(?:{_ELISION})?({_DOTTED}|{_WORD})(?:{_POSSESSIVE})?", re.IGNORECASE)
_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
_INNER_DOT = re.compile(r"\.[^\W\d_]")

# Letters that Unicode does not decompose, and Arabic letters that are written in more than one way.
_LETTER_FOLDS = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ʻ": None,
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ے": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ہ": "ه",
    "ە": "ه",
    "ھ": "ه",
    "ۀ": "ه",
    "ـ": None,
    "~": None,
}
_DIGITS = {chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)}
# Marks that are accents. Those of other scripts (the vowels of Hindi, say) are letters to their readers and stay.
_ACCENTS = (
    (0x300, 0x370),
    (0x483, 0x488),
    (0x591, 0x5C8),
    (0x610, 0x61B),
    (0x64B, 0x660),
    (0x670, 0x671),
    (0x6D6, 0x6EE),
    (0x711, 0x712),
    (0x730, 0x74B),
    (0x898, 0x8A0),
    (0x8CA, 0x900),
    (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00),
    (0x20D0, 0x2100),
    (0xFE00, 0xFE10),
    (0xFE20, 0xFE30),
)
_FOLDS = str.maketrans(
    {
        **{
            chr(n): None
            for first, end in _ACCENTS
            for n in range(first, end)
            if unicodedata.category(chr(n)) in ("Mn", "Me")
        },
        **_LETTER_FOLDS,
        **_DIGITS,
    }
)


class Word(NamedTuple):
    """One word as it stands in a text: `text` is source[start:end], counted in code points."""

    start: int
    end: int
    text: str


def _pattern(text: str) -> re.Pattern[str]:
    """The fastest expression that finds the right words of this text."""
    if _APOSTROPHE.search(text) or _INNER_DOT.search(text):
        return _FULL
    return _ASCII if text.isascii() else _PLAIN


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order, as they are written. Any string is legal; symbols and emoji are no words."""
    return (word for word in places(text) if fold(word.text))


def places(text: str) -> list[Word]:
    """The words of `text` with their places, quickly; a few may fold to nothing."""
    pattern = _pattern(text)
    group = pattern.groups
    return [Word(*match.span(group), match[group]) for match in pattern.finditer(text)]


def spellings(text: str) -> list[str]:
    """The words of `text` without their places, quickly; a few may fold to nothing."""
    return _pattern(text).findall(text)


def fold(word: str) -> str:
    """`word` without what spellings differ in.

    Case, accents, ligatures, Arabic harakat, tatweel, hamza carriers, Persian letters and
    digits; the teh marbuta is kept. The result has letters, digits and marks
    only, at most 64 of them, and folds to itself.
    """
    if word.isascii():
        if word.isalnum():
            return word.lower()[:LONGEST]
        return "".join(filter(str.isalnum, word.lower()))[:LONGEST]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = unicodedata.normalize("NFKC", decomposed.translate(_FOLDS))
    if not any(map(str.isalnum, plain)):
        return ""
    return "".join(filter(_is_kept, plain))[:LONGEST]


def _is_kept(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def replaced(text: str, written: dict[str, str]) -> str:
    """`text` with the words whose folded form is in `written` written anew, all else kept."""
    pieces, end = [], 0
    for word in words(text):
        pieces += [text[end : word.start], written.get(fold(word.text), word.text)]
        end = word.end
    return "".join(pieces) + text[end:]
