"""Copies of the files of the starter content: all of them, to be broken, and a few records of every type."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from django.utils import translation

from resources.starter.content import default_folder

DATA = default_folder()

# What the small copy keeps of each file: rows whose cell in the column is one of these.
KEPT = {
    "programmes": ("key", {"kiva", "plan-z", "sasa"}),
    "ratings": ("programme_key", {"kiva"}),
    "evaluations": ("key", {"valenzuela-2022-kiva-chile", "gaete-2017-kiva-protocol"}),
    "evaluation_outcomes": ("evaluation_key", {"valenzuela-2022-kiva-chile"}),
    "publications": ("work_key", {"inspire-core"}),
    "practices": ("key", {"spotlight-jamaica-committees"}),
    "trainings": ("key", {"iwg-2023-12-07", "windhoek-planned"}),
    "sessions": ("event_key", {"iwg-2023-12-07"}),
    "countries": ("code", {"BR", "ZW"}),
    "helplines": ("country", {"AE", "MX"}),
    "classification": ("key", {"kiva", "sasa", "inspire-core"}),
}


def table(name, folder=DATA / "starter"):
    """The rows of a file as they stand there."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_table(path: Path, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(autouse=True)
def in_english():
    """What commands say is compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of all files, to be broken."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def small(copy) -> Path:
    """A folder with few records of every type."""
    for name, (column, kept) in KEPT.items():
        path = copy / "starter" / f"{name}.csv"
        write_table(path, [row for row in table(name) if row[column] in kept])
    path = copy / "structure" / "training_strategies.csv"
    rows = table("training_strategies", copy / "structure")
    write_table(path, [row for row in rows if row["key"] in KEPT["trainings"][1]])
    for name in ("strategies", "experts"):
        path = copy / "structure" / f"{name}.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[:1]), encoding="utf-8")
    return copy
