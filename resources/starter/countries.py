"""Country pages: pathfinding and surveys, named by CLDR and told in sentences of each language."""

from collections.abc import Iterable, Mapping

from babel.lists import format_list
from django.db import transaction

from resources import cldr
from resources.models import CountryPage, Survey
from resources.starter.facts import WRITTEN_IN, Facts, draft_reason, notes, source_lines
from resources.starter.profiles import add_in_all_languages
from resources.starter.report import OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf

KIND = "countries"
PATHFINDING = {"yes": CountryPage.Pathfinding.YES, "city only": CountryPage.Pathfinding.CITY}

NO_SURVEY = "no evidence found"


def count(facts: Facts) -> int:
    return len(facts.content.records["countries"])


def load(facts: Facts, shelf: Shelf) -> None:
    with transaction.atomic():
        for row in facts.content.records["countries"]:
            external_id = f"country-{row['code']}"
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                _add(row, external_id, facts, shelf)
            shelf.step()


def _add(row: Row, external_id: str, facts: Facts, shelf: Shelf) -> None:
    country = shelf.term("Country", row["code"])
    if country is None:
        shelf.report.add(KIND, OUT, row["code"], shelf.term_removed)
        return
    values = {
        "external_id": external_id,
        "country": country,
        "pathfinding": PATHFINDING.get(row["pathfinding"], ""),
        "pathfinding_since": row["pathfinding_since"],
        "pathfinding_note": pathfinding_note(row),
        "wording_language": shelf.language_of(WRITTEN_IN, *words(pathfinding_note(row), surveys(row))),
        "source_urls": source_lines(row["source_url"]),
        "review_notes": notes(
            row["confidence"] == "medium" and "Part of this record is incomplete or inferred.",
        ),
    }
    sentences = facts.content.structure[KIND]
    add_in_all_languages(
        KIND,
        lambda code: CountryPage(
            title=cldr.territory(row["code"], code), slug=row["code"].lower(), summary=_summary(row, sentences, code)
        ),
        values,
        {"surveys": surveys(row)},
        {"countries": [country]},
        shelf,
        draft_reason=draft_reason([row]),
    )


def surveys(row: Row) -> list[Survey]:
    """A survey for each year one was made, or one of a year that is not known.

    Each has its report where there are as many, else the last has them; what else is said is said of the last survey.
    """
    if row["vacs"] == NO_SURVEY:
        return []
    years = row["vacs_years"] or ("",)
    reports = ("",) * (len(years) - len(row["vacs_report_years"])) + row["vacs_report_years"]
    last = len(years) - 1
    found = [
        Survey(year=year, report_year=report, sort_order=place)
        for place, (year, report) in enumerate(zip(years, (*reports[:last], "|".join(reports[last:])), strict=True))
    ]
    found[-1].headline = row["vacs_note"]
    return found


def pathfinding_note(row: Row) -> str:
    """What the source says beside the year, without what it says of itself."""
    parts = row["pathfinding_note"].removesuffix(" (seed)").split("; ")
    told = {"year not stated", f"became pathfinding in {row['pathfinding_since']}"}
    return "; ".join(part for part in parts if part not in told)


def words(note: str, surveys: Iterable[Survey]) -> tuple[str, ...]:
    """What a page of a country keeps in the words of its source."""
    return (note, *(text for survey in surveys for text in (survey.report_year, survey.headline)))


def _summary(row: Row, sentences: Mapping[str, Mapping[str, str]], code: str) -> str:
    """Sentences on the facts of the row, in the language `code`."""
    found = []
    if row["pathfinding_since"]:
        found.append(sentences["pathfinding_since"][code].format(year=row["pathfinding_since"]))
    elif row["pathfinding"] in PATHFINDING:
        found.append(sentences["pathfinding" if row["pathfinding"] == "yes" else "pathfinding_city"][code])
    if row["vacs_years"]:
        found.append(sentences["survey_years"][code].format(years=format_list(row["vacs_years"], locale=code)))
    elif row["vacs"] == "yes":
        found.append(sentences["survey_made"][code])
    elif row["vacs"].startswith("in progress"):
        found.append(sentences["survey_in_progress"][code])
    return " ".join(found or [sentences["nothing_found"][code]])
