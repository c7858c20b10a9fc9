"""Helplines: only numbers that a source states plainly, on a day that is known."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resources.models import Helpline
from resources.starter.facts import WRITTEN_IN, Facts
from resources.starter.report import CREATED, DRAFT, OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf

KIND = "helplines"
NOT_CERTAIN = _("not certain enough")
NO_DATE = _("the day its source was read is not known, so it is not shown")
# Country and number of lines that do not serve the whole country, as their sources say.
COVERAGE: Mapping[tuple[str, str], str] = {
    ("CO", "106"): "Bogotá",
    ("IQ", "116"): "Kurdistan Region",
    ("AE", "800 700"): "Sharjah",
    ("AE", "800111"): "Dubai",
    ("AE", "800988"): "Dubai",
    ("ET", "+251 221-117575"): "Adama, Oromia",
    ("ET", "919"): "Adama, Oromia",
    ("SO", "334"): "Somaliland",
}
# What the name of a line says of how it is reached; all others are called.
CHANNELS = {"(text)": Helpline.Channel.TEXT, "(WhatsApp)": Helpline.Channel.WHATSAPP}
# Lines that are of another kind than the source table says.
KINDS: Mapping[tuple[str, str], str] = {("GT", "1546"): Helpline.Kind.MISSING_CHILD}


def count(facts: Facts) -> int:
    return len(facts.content.records["helplines"])


def load(facts: Facts, shelf: Shelf) -> None:
    names = {(row["country"], row["name"]): row["language"] for row in facts.content.records["helpline_names"]}
    present = set(Helpline.objects.values_list("country__code", "name", "number"))
    with transaction.atomic():
        for row in facts.content.records["helplines"]:
            identity = (row["country"], row["name"], row["number"])
            if row["confidence"] != "high" and identity not in present:
                shelf.report.add(KIND, OUT, _name(row), NOT_CERTAIN)
            elif shelf.wanted(KIND, "/".join(identity), identity in present, _name(row)):
                _add(row, names.get((row["country"], row["name"]), ""), shelf)
                shelf.remember(KIND, "/".join(identity))
            shelf.step()


def _name(row: Row) -> str:
    return f"{row['country']} {row['number']}"


def coverage(row: Row) -> str:
    """The place that the line serves; "" for the whole country."""
    return COVERAGE.get((row["country"], row["number"]), "")


def channel(row: Row) -> str:
    return next((value for words, value in CHANNELS.items() if row["name"].endswith(words)), Helpline.Channel.CALL)


def read_on(row: Row) -> tuple[date | None, bool]:
    """When the source was read, None where that is not known; whether its year alone is known."""
    told = row["source_read"]
    if len(told) == len("2025"):
        return date(int(told), 1, 1), True
    return (date.fromisoformat(told) if told else None), False


def _add(row: Row, name_language: str, shelf: Shelf) -> None:
    country = shelf.term("Country", row["country"])
    if country is None:
        shelf.report.add(KIND, OUT, _name(row), shelf.term_removed)
        return
    read, only_year = read_on(row)
    helpline = Helpline.objects.create(
        country=country,
        name=row["name"],
        name_language=shelf.term("Language", name_language),
        number=row["number"],
        channel=channel(row),
        kind=KINDS.get((row["country"], row["number"]), row["kind"]),
        free=row["free"] or None,
        hours=row["hours"],
        coverage=coverage(row),
        wording_language=shelf.language_of(WRITTEN_IN, row["hours"], coverage(row)),
        url=row["url"],
        source_url=row["source_url"][0],
        more_source_urls="\n".join(row["source_url"][1:]),
        source_read=read,
        read_only_year=only_year,
        shown=read is not None,
    )
    helpline.languages.set(shelf.some("Language", row["languages"]))
    shelf.report.add(KIND, CREATED if read else DRAFT, _name(row), "" if read else NO_DATE)
