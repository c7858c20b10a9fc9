"""All files of the starter content, read and checked before anything is written."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext

from resources.forms import ascii_slug
from resources.models import Country, ExpertLanguage, Language, Organisation, Region
from resources.models.expert import ExpertRole
from resources.models.registry import TERM_MODELS
from resources.starter import cells, tables
from resources.starter.rows import Faults, Reader, Row, Table, read_table
from search.facets import TYPES
from search.languages import LOCALES

# File names of vocabularies to their models.
VOCABULARIES = {
    "strategies": "Strategy",
    "interventions": "Intervention",
    "outcomes": "Outcome",
    "sectors": "Sector",
    "violence_types": "ViolenceType",
    "settings": "Setting",
    "topics": "Topic",
    "populations": "Population",
    "evidence_levels": "EvidenceLevel",
    "evaluation_statuses": "EvaluationStatus",
    "study_designs": "StudyDesign",
    "audiences": "Audience",
    "sdg_targets": "SDGTarget",
    "organisations": "Organisation",
}
TERMS = {model.__name__: model for model in TERM_MODELS}
MAPS = ("study_design_map", "publication_kind_map", "helpline_kind_map")
STRUCTURE = ("pages", "strategies", "experts", "countries")
# Tables of records that stand in another folder than the rest.
OWN_TABLES = {"training_strategies": "structure", "helpline_names": "structure"}
# Facts behind vocabularies: the terms themselves are in the folder of vocabularies, each key must be there.
FACTS_OF_TERMS = ("strategies", "interventions", "outcomes", "evidence_levels", "organisations")


def _slug(text: str) -> str:
    try:
        ascii_slug(text)
    except ValidationError as error:
        raise ValueError(str(error.message)) from None
    return cells.text(255)(text)


# How the texts of the JSON files are read, by the name of their field; what stands in braces in some of them.
READERS: Mapping[str, Reader] = {
    "title": cells.text(255),
    "heading": cells.text(200),
    "summary": cells.text(600),
    "slug": _slug,
    "external_id": cells.key(120),
    "type": cells.one_of(TYPES),
    "roles": cells.one_of(ExpertRole.values),
    "level": cells.one_of(ExpertLanguage.Level.values),
}
FORMATTED = {"pathfinding_since": "year", "survey_years": "years"}


class BrokenFiles(Exception):
    """Some files have faults; `faults` holds every one of them."""

    def __init__(self, faults: Faults):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Content:
    """What the files hold. `facts` are rows behind vocabularies; `maps` say which key stands for a word of a source."""

    vocabularies: Mapping[str, list[Row]]
    records: Mapping[str, list[Row]]
    facts: Mapping[str, list[Row]]
    maps: Mapping[str, Mapping[str, str]]
    structure: Mapping[str, object]


def read_content(folder: Path) -> Content:
    """Everything in `folder`; BrokenFiles with all faults of all files if there is any."""
    faults = Faults()
    vocabularies = {
        name: read_table(folder / "vocabularies" / f"{name}.csv", table, faults)
        for name, table in tables.first_vocabulary_tables().items()
    }
    _check_regions(vocabularies["regions"], faults)
    maps = {name: _read_map(folder / "vocabularies" / f"{name}.csv", faults) for name in MAPS}
    known = tables.Known(_known_terms(vocabularies, faults), maps)
    for name, table in tables.second_vocabulary_tables(known, Organisation.Type.values).items():
        vocabularies[name] = read_table(folder / "vocabularies" / f"{name}.csv", table, faults)
        if name in VOCABULARIES:
            known.keys[name] = _keys(vocabularies[name]) | _stored_keys(name)
            if faults.unread(f"{name}.csv", vocabularies[name]):
                known.keys[name] = tables.Unread()
    facts = {
        name: read_table(folder / "starter" / f"{name}.csv", _facts_table(name, known), faults)
        for name in FACTS_OF_TERMS
    }
    known.keys.update(_record_keys(folder))
    records = {
        name: read_table(folder / OWN_TABLES.get(name, "starter") / f"{name}.csv", table, faults)
        for name, table in tables.record_tables(known).items()
    }
    structure = {name: _read_json(folder / "structure" / f"{name}.json", faults) for name in STRUCTURE}
    if not faults:
        _check_form(structure, faults)
        broken = {fault.file for fault in faults}
        _check_structure(
            {name: read for name, read in structure.items() if f"{name}.json" not in broken}, known, faults
        )
    if faults:
        raise BrokenFiles(faults)
    return Content(vocabularies, records, facts, maps, structure)


def default_folder() -> Path:
    """Where the project keeps its starter content."""
    folder = Path(settings.BASE_DIR) / "resources" / "data"
    if not folder.is_dir():
        raise ImproperlyConfigured(gettext("There is no folder %(path)s.") % {"path": folder})
    return folder


def _keys(rows: list[Row], column: str = "key") -> set[str]:
    return {row[column] for row in rows}


def _stored_keys(name: str) -> set[str]:
    return set(TERMS[VOCABULARIES[name]].objects.values_list("key", flat=True))


def _known_terms(vocabularies: Mapping[str, list[Row]], faults: Faults) -> dict[str, Collection[str]]:
    """Keys of the vocabularies read so far and of those that editors added in the hub."""
    keys: dict[str, Collection[str]] = {
        name: _keys(rows) | _stored_keys(name) for name, rows in vocabularies.items() if name in VOCABULARIES
    }
    keys["regions"] = _keys(vocabularies["regions"], "code") | set(Region.objects.values_list("code", flat=True))
    keys["languages"] = _keys(vocabularies["languages"], "code") | set(Language.objects.values_list("code", flat=True))
    members = {code for row in vocabularies["regions"] for code in row["members"]}
    keys["countries"] = members | set(Country.objects.values_list("code", flat=True))
    unread = [name for name, rows in vocabularies.items() if faults.unread(f"{name}.csv", rows)]
    return keys | {name: tables.Unread() for name in (*unread, *(["countries"] if "regions" in unread else []))}


def _check_regions(rows: list[Row], faults: Faults) -> None:
    parents = {row["code"]: row["parent"] for row in rows}
    for row in rows:
        above, seen = row["parent"], {row["code"]}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above in seen:
            faults.add("regions.csv", gettext("the region is part of itself."), row=row.number, column="parent")
        elif above:
            reason = gettext("“%(value)s” is not known.") % {"value": above}
            faults.add("regions.csv", reason, row=row.number, column="parent")


def _read_map(path: Path, faults: Faults) -> dict[str, str]:
    rows = read_table(path, tables.map_table(path.stem), faults)
    return tables.Unread() if faults.unread(path.name, rows) else {row["raw"]: row["key"] for row in rows}


def _facts_table(name: str, known: tables.Known) -> Table:
    columns = {"key": known.one(name, required=True), "source_url": tables.SOURCES}
    return Table(name, columns, optional_columns=frozenset(["source_url"]))


def _record_keys(folder: Path) -> dict[str, Collection[str]]:
    """Keys that other files may name; the faults of these files are told when they are read in full."""
    keys: dict[str, Collection[str]] = {}
    for name in tables.CLASSIFIED:
        column = "work_key" if name == "publications" else "key"
        plain = Table(name, {column: tables.NEEDED_TEXT}, unique=())
        faults = Faults()
        rows = read_table(folder / "starter" / f"{name}.csv", plain, faults)
        keys[name] = tables.Unread() if faults.unread(f"{name}.csv", rows) else _keys(rows, column)
    return keys


def _read_json(path: Path, faults: Faults):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.add(path.name, gettext("the file is missing."))
    except OSError as error:
        faults.add(path.name, error.strerror)
    except UnicodeDecodeError:
        faults.add(path.name, gettext("the text is not UTF-8; save the file as UTF-8."))
    except json.JSONDecodeError as error:
        reason = gettext("this is not JSON (%(error)s).") % {"error": error.msg}
        faults.add(path.name, reason, row=error.lineno)
    except (RecursionError, ValueError) as error:  # lists in lists without end, a number of thousands of digits
        faults.add(path.name, gettext("this is not JSON (%(error)s).") % {"error": error})
    return None


def _check_form(structure: Mapping, faults: Faults) -> None:
    """That every file has at least what the project's own has, and texts that fit, so that no load fails in its middle.
    Rows are counted as entries from 1; a column is the way to a text inside its entry."""
    for name, given in structure.items():
        own = json.loads((default_folder() / "structure" / f"{name}.json").read_text(encoding="utf-8"))
        file, form = f"{name}.json", gettext("the file does not have the form of the hub’s own.")
        if not isinstance(given, type(own)) or (isinstance(own, dict) and not set(own) <= set(given)):
            faults.add(file, form)
            continue
        entries = given.items() if isinstance(own, dict) else (("", entry) for entry in given)
        for row, (key, entry) in enumerate(entries, start=1):
            if not isinstance(own, dict) or key in own:
                for place, reason in _faults_of(entry, own[key] if key else own[0], (key,) if key else ()):
                    faults.add(file, reason or form, row=row, column=".".join(place))


def _faults_of(given: object, own: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where `given` is not as `own` is, and why; "" where it has another form."""
    if not isinstance(given, type(own)):
        yield place, ""
    elif isinstance(own, dict):
        if set(own) == set(LOCALES) != set(given):
            yield place, gettext("the text is not there in all five languages.")
        for key in own:
            if key in given:
                yield from _faults_of(given[key], own[key], (*place, key))
            elif set(own) != set(LOCALES):
                yield (*place, key), ""
    elif isinstance(own, list):
        for number, entry in enumerate(given, start=1):
            yield from _faults_of(entry, own[0], (*place, str(number)))
    elif isinstance(given, str):
        try:
            _read_text(given, place)
        except ValueError as error:
            yield place, str(error)


def _read_text(text: str, place: tuple[str, ...]) -> None:
    """ValueError for a text that does not fit into what `place` is named after: a title, a slug, a key."""
    field = next(part for part in reversed(place) if part not in LOCALES and not part.isdecimal())
    if not text.strip():
        raise ValueError(gettext("the cell is empty."))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character, as \ud83d is
        raise ValueError(gettext("the text holds a character that cannot be stored.")) from None
    READERS.get(field, cells.text())(text)
    if place[0] in FORMATTED:
        try:
            text.format(**{FORMATTED[place[0]]: ""})
        except (AttributeError, LookupError, TypeError, ValueError):
            reason = gettext("only {%(name)s} may stand between braces.")
            raise ValueError(reason % {"name": FORMATTED[place[0]]}) from None


def _check_structure(structure: Mapping, known: tables.Known, faults: Faults) -> None:
    """That every key is known and no entry stands twice."""
    for name in [name for name in ("pages", "strategies", "experts") if name in structure]:
        seen: dict[tuple[str, str], int] = {}
        for row, before, entry in _entries(name, structure[name]):
            slugs = [(f"slug.{code}", slug) for code, slug in entry["slug"].items()]
            for column, value in [(key, entry[key]) for key in ("type", "key", "external_id") if key in entry] + slugs:
                if (column, value) in seen:
                    reason = gettext("row %(row)d has the same already.") % {"row": seen[column, value]}
                    faults.add(f"{name}.json", reason, row=row, column=before + column)
                seen.setdefault((column, value), row)
        for number, entry in enumerate(structure[name] if name != "pages" else (), start=1):
            for column, names in _named_terms(name, entry).items():
                for key in names:
                    if key not in known.keys[column]:
                        reason = gettext("“%(value)s” is not known.") % {"value": key}
                        faults.add(f"{name}.json", reason, row=number, column=column)


def _entries(name: str, given: list | Mapping) -> Iterator[tuple[int, str, Mapping]]:
    """Row, what stands before the names of its columns, and what is there, of everything that becomes a page."""
    if name != "pages":
        yield from ((row, "", entry) for row, entry in enumerate(given, start=1))
        return
    for row, (key, entry) in enumerate(given.items(), start=1):
        if key == "indexes":
            yield from ((row, f"{key}.{number}.", one) for number, one in enumerate(entry, start=1))
        elif key in ("helplines", "about", "accessibility", "privacy"):
            yield row, f"{key}.", entry


def _named_terms(name: str, entry: Mapping) -> dict[str, list[str]]:
    if name == "strategies":
        return {"strategies": [entry["key"]], "interventions": [part["key"] for part in entry["interventions"]]}
    found = {column: entry[column] for column in ("countries", "strategies", "interventions", "sectors")}
    return {**found, "languages": [language["code"] for language in entry["languages"]]}
