"""Evaluations with their outcomes and the programmes they study."""

from collections import defaultdict

from django.db import transaction

from resources.models import Edition, EvaluatedProgramme, EvaluationOutcome, EvaluationPage
from resources.starter.facts import (
    WRITTEN_IN,
    Facts,
    countries_in_words,
    draft_reason,
    links,
    listed,
    notes,
    shorten,
    source_lines,
    title_language,
)
from resources.starter.report import ALONE, CREATED, OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf
from resources.starter.titles import plain_title

KIND = "evaluations"
EFFECTS = {
    "positive": "The reported effect is positive.",
    "mixed": "The reported effect is mixed.",
    "null": "No effect was found.",
    "negative": "The reported effect is negative.",
}

# Of studies whose editions bear one title in several languages, those where it is not English.
TITLE_LANGUAGES = {"santos-2022-crianca-feliz-pt": "pt"}

# How a sentence names a design whose term is no noun.
DESIGN_WORDS = {
    "": "Evaluation",
    "pre-post": "Before-and-after study",
    "mixed-methods": "Mixed-methods study",
    "interrupted-time-series": "Interrupted time series study",
    "review": "Review",
    "protocol": "Study protocol",
}


def count(facts: Facts) -> int:
    return len(facts.content.records["evaluations"])


def load(facts: Facts, shelf: Shelf) -> None:
    outcomes = defaultdict(list)
    for row in facts.content.records["evaluation_outcomes"]:
        outcomes[row["evaluation_key"]].append(row)
    with transaction.atomic():
        for row in facts.content.records["evaluations"]:
            external_id = facts.external_id(KIND, row["key"])
            own = outcomes[row["key"]]
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                added = _add(row, external_id, own, facts, shelf)
                shelf.report.add("evaluation_outcomes", CREATED if added else OUT, number=len(own))
            elif own:
                there = external_id in shelf.works
                shelf.report.add("evaluation_outcomes", ALONE if there else OUT, number=len(own))
            shelf.step()


def _add(row: Row, external_id: str, outcomes: list[Row], facts: Facts, shelf: Shelf):
    title = plain_title(row["title"])
    link, unofficial = links(row)
    stated = design_as_stated(row)
    programmes = [shelf.works.get(facts.external_id("programmes", key)) for key in row["programme_key"]]
    page = EvaluationPage(
        title=title.text,
        described_title=title.described,
        title_language=shelf.term("Language", title_language(TITLE_LANGUAGES.get(row["key"], ""), row["language"])),
        slug=row["key"],
        summary=_summary(row, facts),
        external_id=external_id,
        authors=plain_title(row["authors"]).text,
        year=row["year"],
        design=shelf.term("StudyDesign", facts.content.maps["study_design_map"][row["design"]]),
        design_as_stated=stated,
        wording_language=shelf.language_of(WRITTEN_IN, stated),
        source_urls=source_lines(row["source_url"]),
        review_notes=notes(
            title.note and f"About the title: {title.note}.",
            row["effect"] and f"Overall effect, as read from the abstract: {row['effect']}.",
            row["confidence"] == "medium" and "Part of this record is incomplete or inferred.",
        ),
    )
    rows = {
        "editions": [
            Edition(
                language=language,
                title=title.text,
                described_title=title.described,
                url=link,
                unofficial_url=unofficial,
                year=row["year"],
                doi=row["doi"],
                sort_order=place,
            )
            for place, language in enumerate(shelf.some("Language", row["language"]))
        ],
        "evaluated_programmes": [
            EvaluatedProgramme(target_id=programme.pk, sort_order=place)
            for place, programme in enumerate(filter(None, programmes))
        ],
        "outcomes": [
            EvaluationOutcome(
                outcome=outcome,
                direction=found["direction"],
                intervention=shelf.term("Intervention", found["intervention"]),
                measured=found["outcome_text"],
                wording_language=shelf.language_of(WRITTEN_IN, found["outcome_text"]),
                sort_order=place,
            )
            for place, found in enumerate(outcomes)
            if (outcome := shelf.term("Outcome", found["outcome"])) is not None
        ],
    }
    terms = facts.terms(shelf, KIND, row["key"], row)
    return shelf.add_work(KIND, page, rows, terms, draft_reason=draft_reason([row]))


def design_as_stated(row: Row) -> str:
    """The design in the study's words; what stands in parentheses is a remark on it."""
    return row["design"] if not row["design"].startswith("(") else ""


def _summary(row: Row, facts: Facts) -> str:
    """Sentences on the facts of the row: the tables give evaluations no summary."""
    design = facts.content.maps["study_design_map"][row["design"]]
    kind = DESIGN_WORDS.get(design) or _names(facts.content.vocabularies["study_designs"], f"name_{WRITTEN_IN}")[design]
    names = _names(facts.content.records["programmes"], "name")
    about = [names[key] for key in row["programme_key"]]
    first = f"{kind} of {listed(about)}" if about else kind
    if row["countries"]:
        first += f" in {countries_in_words(row['countries'])}"
    if row["year"]:
        first += f", {row['year']}"
    measured = listed(row["outcomes"].split("|")) if row["outcomes"] else ""
    sentences = [first + ".", measured and f"Studied: {measured}.", EFFECTS.get(row["effect"], "")]
    return shorten(" ".join(filter(None, sentences)))


def _names(rows: list[Row], column: str) -> dict[str, str]:
    return {row["key"]: row[column] for row in rows}
