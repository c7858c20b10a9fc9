"""`make bench` from end to end, at a size that says nothing about speed: every figure is there, none is judged here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import served_hub

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
FIGURES = (
    "embedded build",
    "elasticsearch build",
    *(
        f"{engine} search, {works} works: {kind}"
        for engine in ("embedded", "elasticsearch")
        for works in (40, 80)
        for kind in ("words", "facets", "words and facets", "prefix", "deepest page", "all questions")
    ),
    "Wagtail page model, 40 works: all questions",
    "Wagtail page model, 40 works, after ANALYZE: all questions",
    "embedded faster than it, 40 works: all questions",
    "embedded faster than it, 40 works, after ANALYZE: all questions",
    "search pages, embedded, 40 works",
    "search pages, elasticsearch, 40 works: errors",
    "Elasticsearch server, resident",
    "search page, 40 works",
    "search page: SQL statements",
    "record page",
    "record page: SQL statements",
    "first view, HTML and CSS: home",
    "first view, HTML and CSS: search results",
    "first view, HTML and CSS: list",
    "first view, HTML and CSS: record",
    "first view, all files",
    "first view: requests",
    "one publish to visible, 40 works",
    "web worker after a publish too, resident",
)


def test_every_figure_is_in_the_table_and_in_the_json(tmp_path, starter_hub):
    environment = os.environ | {
        "HUB_DATA": str(tmp_path / "data"), "BENCH_WORKS": "40,80", "BENCH_RUNS": "1", "BENCH_QUICK": "1",
        "BENCH_DATABASE": str(served_hub.copy(starter_hub, tmp_path / "hub") / "hub.sqlite3"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (written,) = (tmp_path / "data/bench").iterdir()  # and nothing else is left
    told = json.loads(written.read_text())
    assert told["works"] == [40, 80] and told["runs"] == 1
    figures = {figure["name"]: figure for figure in told["figures"]}
    for name in FIGURES:
        assert name in figures
        assert name in done.stdout
        assert figures[name]["value"] >= 0
    judged = {name for name, figure in figures.items() if figure["target"] is not None}
    assert {name for name in judged if figures[name]["ok"] is None} == set()
    assert f"Written to {written}" in done.stdout
    assert ("Missed: " in done.stdout) == any(figure["ok"] is False for figure in figures.values())
