"""Programmes with their ratings."""

from collections import defaultdict

from django.db import transaction

from resources.models import Edition, OrganisationRole, ProgrammePage, Rating
from resources.starter.facts import (
    LOW_CONFIDENCE,
    WRITTEN_IN,
    Facts,
    draft_reason,
    links,
    notes,
    source_lines,
    title_language,
)
from resources.starter.report import ALONE, CREATED, OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf

KIND = "programmes"
# What each scheme warns of, in words, for the ratings that note harm.
HARM = {
    "kiva": "One measure of one study moved in the wrong direction: bystander behaviour in grades 8 and 9. "
    "The other measures and grades did not show harm.",
    "scared-straight": "The scheme rates the programme as a whole as harmful.",
}
HARM_UNEXPLAINED = "The scheme notes harm; its source says what kind."

# Schemes that do not rate in English.
SCHEME_LANGUAGES = {
    "Erkenningscommissie Justitiële Interventies": "nl",
    "Grüne Liste Prävention": "de",
    "Kasvun tuki": "fi",
    "Loket Gezond Leven (RIVM)": "nl",
    "NJi Databank Effectieve Jeugdinterventies": "nl",
    "Ungsinn": "no",
}
# Schemes that rate no more.
ENDED_SCHEMES = {"SAMHSA NREPP"}
# Schemes that are better known by letters that the tables do not give.
SCHEME_NAMES = {"Early Intervention Foundation": "Early Intervention Foundation (EIF)"}

# Names that are not in English, the language of the pages, or are so beside materials in another language.
TITLE_LANGUAGES = {
    "abrindo-espacos": "pt",
    "ecuador-transfers": "en",
    "familias-unidas": "es",
    "firearm-carrying-ban-colombia": "en",
    "mejor-sin-violencia": "en",
    "metrocable-medellin": "en",
    "sugira-muryango": "rw",
    "triple-p-chile": "en",
}

# Designs of studies that measure no effect of a programme: by these alone it is not evaluated.
WITHOUT_EFFECT = {"descriptive", "programme-monitoring"}


def count(facts: Facts) -> int:
    return len(facts.content.records["programmes"])


def load(facts: Facts, shelf: Shelf) -> None:
    ratings = defaultdict(list)
    for row in facts.content.records["ratings"]:
        if row["confidence"] == "low":
            shelf.report.add("ratings", OUT, f"{row['programme_key']}, {row['scheme']}", LOW_CONFIDENCE)
        else:
            ratings[row["programme_key"]].append(row)
    evaluated = evaluation_statuses(facts)
    with transaction.atomic():
        for row in facts.content.records["programmes"]:
            external_id = facts.external_id(KIND, row["key"])
            own = ratings[row["key"]]
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                added = _add(row, external_id, own, evaluated.get(row["key"], ""), facts, shelf)
                shelf.report.add("ratings", CREATED if added else OUT, number=len(own))
            elif own:
                there = external_id in shelf.works
                shelf.report.add("ratings", ALONE if there else OUT, number=len(own))
            shelf.step()


def language_of_name(row: Row) -> str:
    """ISO 639 code, "" where the name is in the language of the page or of its only edition."""
    return title_language(TITLE_LANGUAGES.get(row["key"], ""), row["languages_of_materials"])


def evaluation_statuses(facts: Facts) -> dict[str, str]:
    """Key of each programme with evaluations to the key of its status: a protocol is no evaluation yet."""
    designs = defaultdict(set)
    for row in facts.content.records["evaluations"]:
        for key in row["programme_key"]:
            if not draft_reason([row]):
                designs[key].add(facts.content.maps["study_design_map"][row["design"]])
    measured = {key: found - WITHOUT_EFFECT for key, found in designs.items()}
    return {key: "under-way" if found == {"protocol"} else "evaluated" for key, found in measured.items() if found}


def _add(row: Row, external_id: str, ratings: list[Row], evaluated: str, facts: Facts, shelf: Shelf):
    website, unofficial = links(row)
    named = shelf.organisation_names.read(row["organisation"], OrganisationRole.Role.IMPLEMENTER)
    ages = facts.tags(KIND, row["key"]).get("ages") or (None, None)
    page = ProgrammePage(
        title=row["name"],
        title_language=shelf.term("Language", language_of_name(row)),
        slug=row["key"],
        summary=row["summary_en"],
        external_id=external_id,
        age_from=ages[0],
        age_to=ages[1],
        start_year=row["start_year"],
        status=row["status"],
        organisations_text=named.text,
        evidence_level=shelf.term("EvidenceLevel", row["evidence_level"]),
        evaluation_status=shelf.term("EvaluationStatus", evaluated),
        website=website,
        source_urls=source_lines(row["source_url"], unofficial=unofficial),
        review_notes=notes(
            unofficial and f"Unofficial copy, replace it by the publisher’s own record: {unofficial}",
            row["languages_of_materials"]
            and "The languages of the materials are inferred from the country or the page.",
            row["confidence"] == "medium" and "Part of this record is incomplete or inferred.",
        ),
    )
    rows = {
        "editions": [
            Edition(language=language, title=row["name"], sort_order=place)
            for place, language in enumerate(shelf.some("Language", row["languages_of_materials"]))
        ],
        "organisation_roles": named.rows(),
        "ratings": [_rating(rating, place, shelf) for place, rating in enumerate(ratings)],
    }
    terms = facts.terms(shelf, KIND, row["key"], row)
    return shelf.add_work(KIND, page, rows, terms, draft_reason=draft_reason([row]))


def scheme_language(row: Row) -> str:
    """ISO 639 code of the language in which the scheme says topic area and level."""
    return SCHEME_LANGUAGES.get(row["scheme"], WRITTEN_IN)


def harm_reason(row: Row) -> str:
    return HARM.get(row["programme_key"], HARM_UNEXPLAINED) if row["harm_noted"] else ""


def _rating(row: Row, place: int, shelf: Shelf) -> Rating:
    source, *more = [one for one in row["source_url"] if one.startswith("http")] or [""]
    names = ("topic_area", "level", "rated_on", "reviewed_on", "population", "harm_noted")
    return Rating(
        scheme=SCHEME_NAMES.get(row["scheme"], row["scheme"]),
        **{name: row[name] for name in names},
        wording_language=shelf.term("Language", scheme_language(row)),
        harm_reason=harm_reason(row),
        description_language=shelf.language_of(WRITTEN_IN, row["population"], harm_reason(row)),
        source_url=source,
        more_source_urls="\n".join(more),
        may_be_outdated=row["confidence"] == "medium",
        scheme_ended=row["scheme"] in ENDED_SCHEMES,
        sort_order=place,
    )
