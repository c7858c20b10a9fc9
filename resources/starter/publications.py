"""Publications: rows with one `work_key` are editions of one work."""

from django.db import transaction
from django.utils.translation import override

from resources.models import Edition, OrganisationRole, PublicationPage
from resources.starter.facts import (
    WRITTEN_IN,
    Facts,
    draft_reason,
    languages_in_words,
    links,
    listed,
    notes,
    shorten,
    source_lines,
)
from resources.starter.organisations import OrganisationNames
from resources.starter.report import ALONE, CREATED, OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf
from resources.starter.titles import plain_title
from search.languages import best_locale

KIND = "publications"
# How a sentence names a kind whose label names two things.
KIND_WORDS = {"guide": "Guide", "web-page": "Web page"}
# Editions whose title is not in the language of the material, by the work and that language.
TITLE_LANGUAGES = {("inspire-launch-note", "ar"): "en", ("program-h-review", "pt"): "en"}
# Kinds whose publisher, in the tables, is the journal or encyclopedia they appeared in.
PARTS_OF_OTHERS = ("journal-article", "encyclopedia-article")


def works(facts: Facts) -> dict[str, list[Row]]:
    """Editions by work, in the order of the file."""
    found: dict[str, list[Row]] = {}
    for row in facts.content.records["publications"]:
        found.setdefault(row["work_key"], []).append(row)
    return found


def count(facts: Facts) -> int:
    return len(works(facts))


def load(facts: Facts, shelf: Shelf) -> None:
    with transaction.atomic():
        for key, editions in works(facts).items():
            external_id = facts.external_id(KIND, key)
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                added = _add(key, external_id, editions, facts, shelf)
                shelf.report.add("editions", CREATED if added else OUT, number=len(editions))
            else:
                there = external_id in shelf.works
                shelf.report.add("editions", ALONE if there else OUT, number=len(editions))
            shelf.step()


def _add(key: str, external_id: str, editions: list[Row], facts: Facts, shelf: Shelf):
    shown = best_locale({row["language"] for row in editions}, WRITTEN_IN)
    first = next(row for row in editions if row["language"] == shown)
    title = plain_title(first["title"])
    years = [row["year"] for row in editions if row["year"]]
    publishers = "; ".join(row["publisher"] for row in editions)
    named = shelf.organisation_names.read(publishers, OrganisationRole.Role.PUBLISHER)
    page = PublicationPage(
        title=title.text,
        described_title=title.described,
        slug=key,
        summary=_summary(first, editions, shelf.organisation_names),
        external_id=external_id,
        kind=first["kind"],
        year=min(years, default=None),
        source_urls=source_lines(*(row["source_url"] for row in editions)),
        review_notes=notes(*(line for row in editions for line in _notes(row))),
    )
    terms = facts.terms(shelf, KIND, key, {})
    strategies = {strategy for row in editions for strategy in row["strategies"]}
    terms["strategies"] = [term for key, term in shelf.terms["Strategy"].items() if key in strategies]
    rows = {
        "editions": [_edition(row, place, shelf) for place, row in enumerate(editions)],
        "organisation_roles": named.rows(),
    }
    return shelf.add_work(KIND, page, rows, terms, draft_reason=draft_reason(editions))


def language_of_title(row: Row) -> str:
    """ISO 639 code, "" where the title of the edition is in the language of the material."""
    return TITLE_LANGUAGES.get((row["work_key"], row["language"]), "")


def _edition(row: Row, place: int, shelf: Shelf) -> Edition:
    title = plain_title(row["title"])
    link, unofficial = links(row)
    number = row["isbn_or_doi"]
    return Edition(
        language=shelf.terms["Language"][row["language"]],
        title=title.text,
        title_language=shelf.term("Language", language_of_title(row)),
        described_title=title.described,
        url=link,
        unofficial_url=unofficial,
        publisher=row["publisher"],
        year=row["year"],
        isbn=number if number.startswith("97") else "",
        doi=number if number.startswith("10.") else "",
        sort_order=place,
    )


def _notes(row: Row) -> list[str]:
    language = languages_in_words([row["language"]])
    title = plain_title(row["title"])
    return [
        title.note and f"About the title in {language}: {title.note}.",
        row["confidence"] == "medium" and f"Facts of the edition in {language} are incomplete or inferred.",
    ]


def _summary(first: Row, editions: list[Row], names: OrganisationNames) -> str:
    """Sentences on the facts of the rows: the tables give publications no summary."""
    kind = first["kind"]
    with override(WRITTEN_IN):
        sentence = KIND_WORDS.get(kind) or str(PublicationPage.Kind(kind).label)
    publishers = names.in_english(first["publisher"])
    years = [row["year"] for row in editions if row["year"]]
    if publishers:
        sentence += f" {'in' if kind in PARTS_OF_OTHERS else 'by'} {listed(publishers)}"
    if years:
        sentence += f", first published in {min(years)}" if len(set(years)) > 1 else f", published in {years[0]}"
    codes = list(dict.fromkeys(row["language"] for row in editions))
    sentences = [sentence, f"Available in {languages_in_words(codes)}", *_document_numbers(editions)]
    return shorten(" ".join(f"{one}." for one in sentences))


def _document_numbers(editions: list[Row]) -> list[str]:
    """Numbers that are neither ISBN nor DOI, for which an edition has no field."""
    return [
        f"Number of the document in {languages_in_words([row['language']])}: {row['isbn_or_doi']}"
        for row in editions
        if row["isbn_or_doi"] and not row["isbn_or_doi"].startswith(("97", "10."))
    ]
