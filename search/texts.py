"""Texts as an engine stores them, made quickly: words repeat, so what stands between two spaces is analysed once."""

from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from search import analysis

_CACHED = 40_000  # pieces a language; in natural text the first to come are the most frequent
_LONGEST = 40  # characters of a piece worth keeping
START = 2  # letters of the beginnings of words that are stored: what so many words share takes long to look up


class Analysed(NamedTuple):
    """Parts of a text: `keys` are those of `analysis.keys`, `folded` its words in order, `starts` the first two
    letters of each. Each is a sequence of strings of space-separated words."""

    keys: Sequence[str]
    folded: Sequence[str]
    starts: Sequence[str]


class _Table(dict[str, tuple[str, str, str]]):
    """Piece of a text without white space -> its keys, folded words and starts in one language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, piece: str) -> tuple[str, str, str]:
        folded = analysis.folded(piece)
        starts = " ".join(word[:START] for word in folded.split())
        # Words share them: what lies in memory once is found faster, which is most of what a word costs.
        made = intern(analysis.keys(piece, self._language)), intern(folded), intern(starts)
        if len(piece) <= _LONGEST and len(self) < _CACHED:
            self[intern(piece)] = made
        return made


_tables = {language: _Table(language) for language in (*analysis.LANGUAGES, "")}
_NOTHING = Analysed((), (), ())


def analysed(text: str, language: str) -> Analysed:
    """`text` in `language`; where that is none of the five, words have their folded form only."""
    pieces = text.split()
    if not pieces:
        return _NOTHING
    table = _tables.get(language, _tables[""])
    return Analysed._make(zip(*map(table.__getitem__, pieces)))  # noqa: B905 - three strings each
