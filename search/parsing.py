"""What a reader typed, taken apart. Any string at all is a legal question."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.stopwords import is_acronym, is_dropped
from search.words import APOSTROPHES, INVISIBLE, fold, replaced, words

LONGEST_QUERY = 400  # code points
MOST_WORDS = 32
LONGEST_ACRONYM = 5  # letters of one that is the whole text
SHORTEST_BEGINNING = 3  # letters: with two of them begins some name or synonym of the terms of nearly every work
SHORTEST_STARRED = 2

_QUOTES = '"“”„‟«»‹›＂「」『』'
_UNSEEN = INVISIBLE + "\u200b"
_PART = re.compile(
    # Whoever writes from right to left, or copies, has directional marks around a minus.
    rf"(?P<minus>(?<!\S)[{_UNSEEN}]*-[{_UNSEEN}]*)?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<chunk>[^\s{_QUOTES}]+))"
)
_MINUS_AT_AN_END = re.compile(rf"^[-{_UNSEEN}]+|[-{_UNSEEN}]+$")
# SDG target 16.2: the two numbers belong together, as a phrase does.
_DECIMAL = re.compile(r"\W*\d+(?:[.٫]\d+)+\W*")
# don't, they're: what the apostrophe leaves of them is nothing to look for, though don, won and haven may be.
_CONTRACTION = re.compile(rf"\b\w+n[{APOSTROPHES}]t\b|[{APOSTROPHES}](?:re|ve|ll)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question in folded words; `forms` or `query_forms` of a word say what it meets.

    All of `words` and all of `phrases` (words in a row, exactly as folded, stop words too)
    must be in a work, nothing of `excluded` and `excluded_phrases` may. `prefix` is the
    last of `words` while it may still be being typed: there it also stands for every word
    that begins with it. What has two letters is whole, and so is an acronym in capitals, unless a star follows.
    `truncated` tells that the question was too long to use all of it.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    prefix: str | None = None
    truncated: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that every work is an answer."""
        return not (self.words or self.phrases or self.excluded or self.excluded_phrases)


def parse(text: str) -> ParsedQuery:
    """The question in `text`.

    Quotation marks of any kind make phrases, a minus before a word or phrase excludes it;
    all else is words and what separates them. Stop words are dropped unless nothing else is
    asked. Beyond 400 characters or 32 words the rest is left out.
    """
    kept, truncated = shortened(text)
    typed = kept.rstrip("*")
    starred = typed != kept
    plain: list[tuple[str, str]] = []  # as written, folded
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    contracted: set[str] = set()
    whole: set[str] = set()
    last = None
    count = 0
    for match in _PART.finditer(typed):
        is_phrase = match["chunk"] is None
        found = [(word, fold(word.text)) for word in words(match["phrase" if is_phrase else "chunk"])]
        if count + len(found) > MOST_WORDS:
            found, truncated = found[: MOST_WORDS - count], True
        count += len(found)
        folded = tuple(form for _, form in found)
        last = None
        if not folded:
            continue
        if match["minus"]:
            excluded.append(folded)
        elif is_phrase or _DECIMAL.fullmatch(match["chunk"]):
            phrases.append(folded)
        else:
            plain += [(word.text, form) for word, form in found]
            contractions = [one.span() for one in _CONTRACTION.finditer(match["chunk"])]
            for word, form in found:
                is_left = any(start <= word.start and word.end <= end for start, end in contractions)
                (contracted if is_left else whole).add(form)
            if match.start("chunk") + found[-1][0].end == len(typed):
                last = folded[-1]
    if last and not starred and _is_acronym(plain, shouted=kept.isupper()):
        last = None
    shortest = SHORTEST_STARRED if starred else SHORTEST_BEGINNING
    asked = _without_stop_words(plain, contracted - whole, shouted=kept.isupper(), alone=not phrases)
    return ParsedQuery(
        words=asked,
        phrases=_unique(phrases),
        excluded=_unique(group[0] for group in excluded if len(group) == 1),
        excluded_phrases=_unique(group for group in excluded if len(group) > 1),
        prefix=last if not truncated and last in asked and len(last) >= shortest else None,
        truncated=truncated,
    )


def shortened(text: str) -> tuple[str, bool]:
    """The text, cut at a space where it is too long, and whether it was cut."""
    if len(text) <= LONGEST_QUERY:
        return text, False
    start = text[: LONGEST_QUERY + 1]
    whole_words = re.match(r".*\S(?=\s)", start, re.DOTALL)
    return (whole_words.group() if whole_words else start[:LONGEST_QUERY]), True


def without(text: str, dropped: Iterable[str]) -> str:
    """`text` without the folded words `dropped`; phrases, and what is excluded, are left as they are."""
    gone = dict.fromkeys(dropped, "")
    pieces, end = [], 0
    for match in _PART.finditer(text):
        chunk = match["chunk"]
        if chunk and not match["minus"] and not _DECIMAL.fullmatch(chunk) and (left := replaced(chunk, gone)) != chunk:
            # Of COVID-19 a hyphen is left, which would exclude the other half.
            pieces += [text[end : match.start()], _MINUS_AT_AN_END.sub("", left)]
            end = match.end()
    return " ".join(("".join(pieces) + text[end:]).split())


def _is_acronym(plain: list[tuple[str, str]], shouted: bool) -> bool:
    """Whether the last word is one: in capitals where others are not, or short and alone."""
    written, folded = plain[-1]
    return written.isupper() and (not shouted or (len(plain) == 1 and len(folded) <= LONGEST_ACRONYM))


def _without_stop_words(
    plain: list[tuple[str, str]], contracted: set[str], shouted: bool, alone: bool
) -> tuple[str, ...]:
    """The folded words worth looking for; all of them where none is and nothing else is asked."""
    everything = _unique(folded for _, folded in plain)
    capitals = {folded for written, folded in plain if is_acronym(written)}
    if shouted and len(everything) > 3:
        capitals = set()  # a whole sentence in capitals: they do not tell an acronym
    dropped = {word for word in everything if word in contracted or is_dropped(word, everything)}
    asked = tuple(word for word in everything if word in capitals or word not in dropped)
    return asked if asked or not alone else everything


def _unique(items) -> tuple:
    return tuple(dict.fromkeys(items))
