"""Texts as an engine stores them, made quickly: words repeat, so what stands between two spaces is analysed once."""

from sys import intern
from typing import NamedTuple

from search import analysis

_CACHED = 40_000  # pieces a language; in natural text the first to come are the most frequent
_LONGEST = 40  # characters of a piece worth keeping


class Analysed(NamedTuple):
    """Words of a text, space-separated: `keys` are those of `analysis.keys`, `folded` the words in order."""

    keys: str
    folded: str


class _Table(dict[str, tuple[str, str] | None]):
    """Piece of a text without white space -> its keys and folded words in one language, if it has words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, piece: str) -> tuple[str, str] | None:
        folded = analysis.folded(piece)
        # Words share them: what lies in memory once is found faster, which is most of what a word costs.
        made = (intern(analysis.keys(piece, self._language)), intern(folded)) if folded else None
        if len(piece) <= _LONGEST and len(self) < _CACHED:
            self[intern(piece)] = made
        return made


_tables = {language: _Table(language) for language in (*analysis.LANGUAGES, "")}


def analysed(text: str, language: str) -> Analysed:
    """`text` in `language`; where that is none of the five, words have their folded form only."""
    table = _tables.get(language, _tables[""])
    pieces = filter(None, map(table.__getitem__, text.split()))
    keys, folded = tuple(zip(*pieces)) or ((), ())  # noqa: B905 - two strings each
    return Analysed(" ".join(filter(None, keys)), " ".join(folded))
