"""What the loaders of all types of works need: keys, classification, sources, links, sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _

from resources import cldr
from resources.record.texts import host
from resources.starter.content import Content
from resources.starter.rows import Row
from resources.starter.tables import CLASSIFIED

LOW_CONFIDENCE = _("the sources say too little, confidence is low")
# The language that summaries of the source tables are written in.
WRITTEN_IN = "en"

# Column of classification.csv to its vocabulary; the fields of works have the same names.
CLASSIFICATION = {
    "interventions": "Intervention",
    "violence_types": "ViolenceType",
    "settings": "Setting",
    "topics": "Topic",
    "populations": "Population",
    "audiences": "Audience",
    "sdg_targets": "SDGTarget",
}
SINGULAR = {name: name.removesuffix("s") for name in CLASSIFIED}


class Facts:
    """The content with what has to be found across files."""

    def __init__(self, content: Content):
        self.content = content
        self._tags = {(row["file"], row["key"]): row for row in content.records["classification"]}
        keys = {
            name: {row["work_key" if name == "publications" else "key"] for row in content.records[name]}
            for name in CLASSIFIED
        }
        self._uses = Counter(key for found in keys.values() for key in found)

    def external_id(self, name: str, key: str) -> str:
        """The key itself; where two files have it, the type stands before it."""
        return key if self._uses[key] == 1 else f"{SINGULAR[name]}-{key}"

    def tags(self, name: str, key: str) -> Mapping:
        """The row of classification.csv, empty where there is none."""
        return self._tags.get((name, key), {})

    def terms(self, shelf, name: str, key: str, row: Mapping) -> dict[str, list]:
        """The classification of a record; `row` gives strategies, countries and sectors where it has them."""
        tags = self.tags(name, key)
        terms = {column: shelf.some(model, tags.get(column, ())) for column, model in CLASSIFICATION.items()}
        terms["strategies"] = shelf.some("Strategy", row.get("strategies", ()))
        terms["countries"] = shelf.some("Country", row.get("countries", ()))
        # What the record's own file says of sectors goes before the classification.
        terms["sectors"] = shelf.some("Sector", row.get("sectors") or tags.get("sectors", ()))
        return terms


def source_lines(*groups: Iterable[str], unofficial: str = "") -> str:
    """Sources, one a line, none twice; of where the copy `unofficial` lies only the name, which is no link."""
    site = host(unofficial)
    sources = (source for group in groups for source in group)
    return "\n".join(dict.fromkeys(site if site and host(one) == site else one for one in sources))


def links(row: Row) -> tuple[str, str]:
    """The address readers may follow and the address of an unofficial copy; "" for what there is not."""
    if row["url_kind"] == "third-party copy":
        return "", row["url"]
    return (row["url"], "") if row["url_kind"] in ("page", "doi") else ("", "")


def title_language(known: str, languages: Sequence[str]) -> str:
    """Code of the language of a title that all editions of a work bear: `known`, else English where one is in it.

    "" where it is that of the only edition, or of the page.
    """
    return known or (WRITTEN_IN if len(languages) > 1 and WRITTEN_IN in languages else "")


def notes(*texts: str) -> str:
    """Notes for editors, a line each."""
    return "\n".join(dict.fromkeys(filter(None, texts)))


def draft_reason(rows: Iterable[Row]) -> str:
    """Why a record is not published yet; "" if it is."""
    return LOW_CONFIDENCE if any(row["confidence"] == "low" for row in rows) else ""


def parts_of(text: str) -> list[str]:
    """The parts of a list separated by semicolons; those in parentheses belong to what stands before them."""
    return [part for found in re.split(r";(?![^()]*\))", text) if (part := found.strip())]


def listed(names: Sequence[str]) -> str:
    """An English enumeration: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def languages_in_words(codes: Iterable[str]) -> str:
    return listed([cldr.language(code, WRITTEN_IN) or code for code in codes])


def countries_in_words(codes: Iterable[str]) -> str:
    return listed([cldr.territory(code, WRITTEN_IN) for code in codes])


def day_in_words(day: date) -> str:
    return format_date(day, "d MMMM y", locale=WRITTEN_IN)


def shorten(text: str, limit: int = 600) -> str:
    """`text` cut at a word so that it fits, with three dots where something is missing."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
