"""Dates of which perhaps only the year is known, or year and month: text, as the source gives them."""

import re
from datetime import date

from django.utils.translation import gettext

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
YEARS = range(1850, 2101)


def check_partial_date(text: str) -> str:
    """`text` if it is a date as far as it is known: 2019, 2019-06 or 2019-06-30; else ValueError in words."""
    if found := _PARTIAL_DATE.fullmatch(text):
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            date(year, month, day)
        except ValueError:
            found = None
    if not found or year not in YEARS:
        raise ValueError(gettext("“%(value)s” is not a date such as 2019, 2019-06 or 2019-06-30.") % {"value": text})
    return text
