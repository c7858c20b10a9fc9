"""Dates as the language of the interface writes them."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language


def written_day(value: datetime.date) -> str:
    """The whole date. French calls the first of a month 1er, for which Django has no format."""
    written = date_format(value, "DATE_FORMAT")
    return f"1er{written[1:]}" if value.day == 1 and get_language() == "fr" else written
