"""Opening hours such as "Mon-Fri 8:00-16:00" in the language of a reader."""

import re

from babel import Locale
from babel.lists import format_list

from search.wording import listing

_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = "|".join(_WEEK)
_PART = re.compile(
    rf"(?P<days>(?:{_DAY})(?:(?:-(?:{_DAY}))*|(?: and (?:{_DAY}))))"
    r" (?P<times>\d?\d:\d\d-\d?\d:\d\d|24 hours)"
)


def opening_hours(text: str, locale: str) -> str:
    """The hours with the days as `locale` shortens them; "" for words other than days and times."""
    parts = [_PART.fullmatch(part.strip()) for part in text.split(",")]
    if not all(parts):
        return ""
    names = Locale(locale).days["format"]["abbreviated"]
    # Between two days stands a hyphen for all from first to last, unless days in a row are named: "Mon-Tue-Thu".
    each = any(part["days"].count("-") > 1 for part in parts)
    written = []
    for part in parts:
        days = [names[_WEEK.index(day)] for day in re.split("-| and ", part["days"])]
        named = format_list(days, locale=locale) if each or " and " in part["days"] else "–".join(days)
        times = part["times"].replace("24 hours", "0:00-24:00").replace("-", "–")
        written.append(f"{named} {times}")
    return listing(written, locale)
