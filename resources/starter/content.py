"""All files of the starter content, read and checked before anything is written."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext

from resources.models import Country, Language, Organisation, Region
from resources.models.registry import TERM_MODELS
from resources.starter import tables
from resources.starter.rows import Faults, Row, Table, read_table
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
    if not faults:
        _check_structure(structure, known, faults)
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
    return None


def _check_form(structure: Mapping, faults: Faults) -> None:
    """That every file has at least what the project's own has, so that no load fails in its middle."""
    for name, given in structure.items():
        own = json.loads((default_folder() / "structure" / f"{name}.json").read_text(encoding="utf-8"))
        # That texts are there in five languages is looked at below, but for those of the pages.
        if not _has_form(given, own, frozenset(() if name == "pages" else LOCALES)):
            faults.add(f"{name}.json", gettext("the file does not have the form of the hub’s own."))


def _has_form(given: object, own: object, optional: Collection[str]) -> bool:
    if not isinstance(given, type(own)):
        return False
    if isinstance(own, dict):
        return all(key in given and _has_form(given[key], own[key], optional) for key in own if key not in optional)
    if isinstance(own, list):
        return all(_has_form(entry, own[0], optional) for entry in given if own)
    return True


def _check_structure(structure: Mapping, known: tables.Known, faults: Faults) -> None:
    """That every text has the five languages and every key is known. Rows are counted as entries from 1."""
    wanted = (
        ("strategies", ("slug", "title", "summary", "objective", "why", "interventions_intro", "indicators")),
        ("experts", ("slug", "title", "summary", "bio")),
    )
    for name, fields in wanted:
        for number, entry in enumerate(structure[name], start=1):
            for field in fields:
                if set(entry.get(field) or ()) != set(LOCALES):
                    reason = gettext("the text is not there in all five languages.")
                    faults.add(f"{name}.json", reason, row=number, column=field)
            for column, names in _named_terms(name, entry).items():
                for key in names:
                    if key not in known.keys[column]:
                        reason = gettext("“%(value)s” is not known.") % {"value": key}
                        faults.add(f"{name}.json", reason, row=number, column=column)
    for name, sentence in structure["countries"].items():
        if set(sentence) != set(LOCALES):
            faults.add("countries.json", gettext("the text is not there in all five languages."), column=name)


def _named_terms(name: str, entry: Mapping) -> dict[str, list[str]]:
    if name == "strategies":
        return {"strategies": [entry["key"]], "interventions": [part["key"] for part in entry["interventions"]]}
    found = {column: entry[column] for column in ("countries", "strategies", "interventions", "sectors")}
    return {**found, "languages": [language["code"] for language in entry["languages"]]}
