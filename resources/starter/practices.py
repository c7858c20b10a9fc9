"""Practices: experiences, lessons, promising practices and challenges."""

from django.db import transaction

from resources.models import OrganisationRole, PracticePage
from resources.starter.facts import Facts, draft_reason, notes, source_lines
from resources.starter.shelf import Shelf
from resources.starter.titles import plain_title

KIND = "practices"


def count(facts: Facts) -> int:
    return len(facts.content.records["practices"])


def load(facts: Facts, shelf: Shelf) -> None:
    with transaction.atomic():
        for row in facts.content.records["practices"]:
            external_id = facts.external_id(KIND, row["key"])
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                title = plain_title(row["title_en"])
                page = PracticePage(
                    title=title.text,
                    described_title=title.described,
                    slug=row["key"],
                    summary=row["summary_en"],
                    external_id=external_id,
                    kind=row["kind"].replace(" ", "-"),
                    year=row["year"],
                    source_urls=source_lines(row["source_url"]),
                    review_notes=notes(title.note and f"About the title: {title.note}."),
                )
                roles = [
                    OrganisationRole(
                        organisation=organisation, role=OrganisationRole.Role.IMPLEMENTER, sort_order=place
                    )
                    for place, organisation in enumerate(shelf.some("Organisation", row["organisations"]))
                ]
                terms = facts.terms(shelf, KIND, row["key"], {**row, "countries": row["country"]})
                shelf.add_work(KIND, page, {"organisation_roles": roles}, terms, draft_reason=draft_reason([row]))
            shelf.step()
