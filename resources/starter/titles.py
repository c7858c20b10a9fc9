"""Titles of the source tables carry notes in parentheses; readers see the title, editors the notes."""

import re
from dataclasses import dataclass

_LAST_PARENTHESES = re.compile(r"^(?P<title>.*\S)\s*\((?P<inside>[^()]*)\)$")
# A remark on the title itself, as against a part of the title that happens to stand in parentheses.
_REMARK = re.compile(
    r"\b(title|título|titre)\b|\bnot (seen|stated)\b|\bnot in the\b|\b(study|programme) page\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Title:
    """`described`: the published title was not seen, `text` only describes the work. `note` is for editors."""

    text: str
    described: bool = False
    note: str = ""


def plain_title(cell: str) -> Title:
    """The title without remarks on it. What stands wholly in parentheses is a description."""
    if _wholly_in_parentheses(cell):
        parts = [part.strip() for part in cell[1:-1].split(";")]
        return _without_remarks(parts, "{}", described=True)
    found = _LAST_PARENTHESES.match(cell)
    if found and _REMARK.search(found["inside"]):
        parts = [part.strip() for part in found["inside"].split(";")]
        return _without_remarks(parts, found["title"] + " ({})", described=True, bare=found["title"])
    return Title(cell)


def without_last_note(cell: str) -> Title:
    """The title without whatever stands in parentheses at its end."""
    found = _LAST_PARENTHESES.match(cell)
    return Title(found["title"], note=found["inside"]) if found else Title(cell)


def _wholly_in_parentheses(cell: str) -> bool:
    if not (cell.startswith("(") and cell.endswith(")")):
        return False
    depth = 0
    for place, sign in enumerate(cell):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(cell) - 1
    return False


def _without_remarks(parts: list[str], form: str, described: bool, bare: str = "") -> Title:
    kept = [part for part in parts if not _REMARK.search(part)]
    text = form.format("; ".join(kept)) if kept else bare or "; ".join(parts)
    return Title(text, described, "; ".join(part for part in parts if part not in kept))
