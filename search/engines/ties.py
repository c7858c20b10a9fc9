"""Works that the numbers of an order do not tell apart: few, so they are ordered by their keys as they are read."""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

Found, Read = TypeVar("Found"), TypeVar("Read")


def between(
    ranked: Iterable[tuple[Any, Found]],
    start: int,
    end: int,
    read: Callable[[Found], Read],
    key: Callable[[Read], str],
) -> list[Read]:
    """What stands from `start` to `end` of `ranked`, pairs of numbers and what was found, in the order of the numbers.

    What has equal numbers comes in the order of `key`. Nothing is read that cannot stand there.
    """
    chosen: list[Read] = []
    place = 0
    for _numbers, group in groupby(ranked, key=itemgetter(0)):
        equal = [found for _numbers, found in group]
        if place < end and place + len(equal) > start:
            known = list(map(read, equal))
            if len(known) > 1:
                known.sort(key=key)
            chosen += known[max(0, start - place) : end - place]
        place += len(equal)
    return chosen
