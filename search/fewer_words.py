"""Which words of a question to do without, where nothing has all of them. The same on every engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, islice

from search.parsing import parse, without
from search.query import Query, Shorter
from search.words import fold, words

TRIALS = 24  # questions tried in all
SHOWN = 3


def fewer_words(query: Query, totals: Callable[[Sequence[Query]], Sequence[int]]) -> tuple[Shorter, ...]:
    """The questions with as many words of `query` as leave something, those first that find most. `totals` says how
    many works match."""
    parsed = parse(query.text)
    room = TRIALS
    for number in range(1, len(parsed.words) + bool(parsed.phrases)):
        left_out = list(islice(combinations(parsed.words, number), room))
        room -= len(left_out)
        texts = [without(query.text, dropped) for dropped in left_out]
        asked = [replace(query, text=text, facets=(), offset=0, limit=1) for text in texts]
        found = zip(texts, left_out, totals(asked) if asked else (), strict=True)
        shorter = [Shorter(text, _as_typed(query.text, dropped), total) for text, dropped, total in found if total]
        if shorter:
            return tuple(sorted(shorter, key=lambda one: -one.total)[:SHOWN])
    return ()


def _as_typed(text: str, folded: Sequence[str]) -> tuple[str, ...]:
    spellings = {fold(word.text): word.text for word in words(text)}
    return tuple(spellings[word] for word in folded)
