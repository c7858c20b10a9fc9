"""Country pages: pathfinding and surveys."""

from itertools import zip_longest

from django.db import transaction

from resources import cldr
from resources.models import CountryPage, Survey
from resources.starter.facts import WRITTEN_IN, Facts, draft_reason, listed, notes, source_lines
from resources.starter.report import OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf

KIND = "countries"
PATHFINDING = {"yes": CountryPage.Pathfinding.YES, "city only": CountryPage.Pathfinding.CITY}
PROGRAMME = "the Global Partnership to End Violence Against Children"


def count(facts: Facts) -> int:
    return len(facts.content.records["countries"])


def load(facts: Facts, shelf: Shelf) -> None:
    with transaction.atomic():
        for row in facts.content.records["countries"]:
            external_id = f"country-{row['code']}"
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                _add(row, external_id, shelf)
            shelf.step()


def _add(row: Row, external_id: str, shelf: Shelf) -> None:
    country = shelf.term("Country", row["code"])
    if country is None:
        shelf.report.add(KIND, OUT, row["code"], shelf.term_removed)
        return
    name = cldr.territory(row["code"], WRITTEN_IN)
    page = CountryPage(
        title=name,
        slug=row["code"].lower(),
        summary=_summary(row, name),
        external_id=external_id,
        country=country,
        pathfinding=PATHFINDING.get(row["pathfinding"], ""),
        pathfinding_since=row["pathfinding_since"],
        pathfinding_note=row["pathfinding_note"],
        source_urls=source_lines(row["source_url"]),
        review_notes=notes(
            row["confidence"] == "medium" and "Part of this record is incomplete or inferred.",
        ),
    )
    rows = {"surveys": surveys(row)}
    shelf.add_work(KIND, page, rows, {"countries": [country]}, draft_reason=draft_reason([row]))


def surveys(row: Row) -> list[Survey]:
    """A survey for each year one was made. Reports are put to them where there are as many."""
    years, reports, note = row["vacs_years"], row["vacs_report_years"], row["vacs_note"]
    if not (years or reports or note):
        return []
    if len(years) > 1 and len(reports) < len(years):
        # The report that is known is the one of the last survey.
        reports = ("",) * (len(years) - len(reports)) + reports
    pairs = list(zip_longest(years, reports, fillvalue="")) or [("", "")]
    return [
        Survey(year=year, report_year=report, headline=note if place == len(pairs) - 1 else "", sort_order=place)
        for place, (year, report) in enumerate(pairs)
    ]


def _summary(row: Row, name: str) -> str:
    """Sentences on the facts of the row."""
    sentences = []
    if row["pathfinding"] == "yes":
        since = f" since {row['pathfinding_since']}" if row["pathfinding_since"] else ""
        sentences.append(f"{name} is a pathfinding country of {PROGRAMME}{since}.")
    elif row["pathfinding"] == "city only":
        sentences.append(f"{row['pathfinding_note']}; the country itself is not on the list of pathfinding countries.")
    if row["vacs_years"]:
        sentences.append(f"Violence Against Children Survey (VACS): {listed(row['vacs_years'])}.")
    elif row["vacs"] == "yes":
        sentences.append("A Violence Against Children Survey (VACS) was made.")
    elif row["vacs"].startswith("in progress"):
        sentences.append(f"Violence Against Children Survey (VACS): {row['vacs']}.")
    if not sentences:
        sentences.append(f"What this hub holds on {name}. No sign was found that it is a pathfinding country.")
    return " ".join(sentences)
