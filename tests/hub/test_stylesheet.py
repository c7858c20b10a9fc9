"""The one stylesheet that readers get."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command

from hub.stylesheet import NAME, SOURCE, StylesheetFinder, stylesheet


def test_holds_every_component_after_the_measures():
    css = stylesheet()
    assert css.startswith(":root {")
    assert css.count("{") == css.count("}")
    assert "/*" not in css
    assert len(css.splitlines()) == 2 + len(list((SOURCE / "components").glob("*.css")))


def test_is_found_like_a_file():
    found = finders.find(NAME)
    assert Path(found).read_text(encoding="utf-8") == stylesheet()
    assert StylesheetFinder().find(NAME, find_all=True) == [found]
    assert StylesheetFinder().find("css/other.css") == []
    assert StylesheetFinder().check() == []


def test_is_collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == stylesheet()


def test_is_rewritten_when_a_component_changes():
    file = Path(finders.find(NAME))
    file.write_text("old", encoding="utf-8")
    assert Path(finders.find(NAME)).read_text(encoding="utf-8") == stylesheet()


def test_every_class_occurs_somewhere():
    folders = [Path(name) for name in ("hub", "home", "resources", "search")]
    files = [file for folder in folders for kind in ("html", "py", "js") for file in folder.rglob(f"*.{kind}")]
    written = "\n".join(file.read_text(encoding="utf-8") for file in files)
    words = set(re.findall(r"[\w-]+", written))
    begun = tuple(re.findall(r"([\w-]+-)\{\{", written))  # class="direction-{{ … }}"
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", stylesheet())))
    assert "hit-title" in classes
    assert [name for name in sorted(classes - words) if not name.startswith(begun)] == []


def test_is_light():
    """It and the page share the 30 kB of a first view."""
    assert len(gzip.compress(stylesheet().encode())) < 10_000


def test_results_script_is_light():
    assert len((SOURCE.parent / "js" / "results.js").read_bytes()) < 5_500
