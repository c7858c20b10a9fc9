"""Words by which works are found whose type, kind, mode or role is named in the code, not in a vocabulary table."""

import csv
from functools import cache
from pathlib import Path

from resources.models.terms import search_words
from search.documents import Term
from search.languages import LOCALES

FILES = {
    "type": "work_types",
    "kind": "publication_kinds",
    "mode": "training_modes",
    "role": "expert_roles",
    "training_kind": "training_kinds",
    "practice_kind": "practice_kinds",
}
_FOLDER = Path(__file__).parent / "data/vocabularies"


@cache
def _rows(name: str) -> dict[str, dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def choice_words(name: str, value: str, locale: str) -> str:
    """Name and synonyms in `locale` of a value of the choice `name`, a key of FILES; "" for a value without words."""
    row = _rows(FILES[name]).get(value, {})
    return search_words(row.get(f"name_{locale}"), row.get(f"synonyms_{locale}"))


@cache
def choice_term(name: str, value: str) -> Term:
    """What a search finds works with a value of the choice `name` by, in every language."""
    return Term(tuple((code, choice_words(name, value, code)) for code in LOCALES))
