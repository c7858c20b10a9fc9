"""Years and ranges of years as readers write them: "2016", "2010-2015", "2010-", "-2015"."""

import re
from typing import NamedTuple

FIRST, LAST = 1, 9999  # what a date can hold

_RANGE = re.compile(r"\s*(\d{0,4})\s*(?:([-\u2010-\u2015])\s*(\d{0,4}))?\s*")


class Years(NamedTuple):
    """A closed range of years; None is an open end."""

    first: int | None
    last: int | None

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and (self.first or FIRST) <= year <= (self.last or LAST)


def reversed_ends(value: str) -> bool:
    """Whether `value` is a range of which the later year stands first."""
    match = _RANGE.fullmatch(value)
    return bool(match and match[1] and match[3] and int(match[1]) > int(match[3]))


def canonical(value: str) -> str:
    """The one way to write what `value` means, "" where it means none. A range of one year is still a range."""
    meant, match = read(value), _RANGE.fullmatch(value)
    if meant is None or match is None:
        return ""
    return f"{meant.first or ''}-{meant.last or ''}" if match[2] else str(meant.first)


def read(value: str) -> Years | None:
    """The range that `value` means, its ends in order whichever way they were written; None where it means none.

    Digits of any script count, so that ٢٠١٦ is 2016.
    """
    match = _RANGE.fullmatch(value)
    if match is None:
        return None
    first, dash, last = match.groups()
    ends = [int(end) if end else None for end in (first, last if dash else first)]
    given = [end for end in ends if end is not None]
    if not given or not all(FIRST <= end <= LAST for end in given):
        return None
    if reversed_ends(value):
        ends.reverse()
    return Years(*ends)
