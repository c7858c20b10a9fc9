"""Dates in Arabic without the comma that Django's have before the year."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
