"""Faults of the database, for an operator who can mend them: in a line, not in a traceback."""

from django.db import Error

UNDEFINED_TABLE = "42P01"  # of PostgreSQL, whose words are in the language of the server


def in_a_line(error: Error) -> str:
    """What is wrong, and the remedy where it is certain."""
    # PostgreSQL shows a part of the statement on lines of their own.
    text = " ".join(str(error).partition("\nLINE ")[0].split())
    missing = text.startswith("no such table") or getattr(error.__cause__, "sqlstate", "") == UNDEFINED_TABLE
    remedy = ". It is not set up yet, or of another version; run: manage.py set_up" if missing else ""
    return f"The database cannot be used: {text}{remedy}"
