"""A file with a fault is not loaded: the loader says file, row, column and reason, of every fault."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from resources.models import Language, StarterRecord
from resources.starter.content import BrokenFiles, read_content
from search.languages import LOCALES

pytestmark = pytest.mark.django_db


def change(path, row, column, value):
    """Put `value` into the cell; rows are numbered as a spreadsheet shows them."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    place = lines[0].index(column)
    lines[row - 1][place] = value(lines) if callable(value) else value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)


BROKEN = [
    ("starter/programmes.csv", 3, "start_year", "20x5"),
    ("starter/programmes.csv", 3, "countries", "US|XX"),
    ("starter/programmes.csv", 3, "strategies", "laws"),
    ("starter/programmes.csv", 3, "languages_of_materials", "english"),
    ("starter/programmes.csv", 3, "url", "www.example.org"),
    ("starter/programmes.csv", 3, "summary_en", ""),
    ("starter/programmes.csv", 3, "summary_en", "x" * 601),
    ("starter/programmes.csv", 3, "confidence", "sure"),
    ("starter/ratings.csv", 7, "programme_key", "nobody"),
    ("starter/ratings.csv", 7, "rated_on", "2019-13"),
    ("starter/evaluations.csv", 4, "design", "guess"),
    ("starter/evaluations.csv", 4, "programme_key", "nobody"),
    ("starter/evaluations.csv", 4, "doi", "bmj.a506"),
    ("starter/evaluation_outcomes.csv", 5, "direction", "up"),
    ("starter/publications.csv", 6, "language", "xx"),
    ("starter/publications.csv", 6, "kind", "song"),
    ("starter/practices.csv", 6, "organisations", "nobody"),
    ("starter/trainings.csv", 2, "start_date", "2018-02-30"),
    ("starter/sessions.csv", 2, "event_key", "nobody"),
    ("starter/countries.csv", 9, "code", "XX"),
    ("starter/helplines.csv", 9, "country", "ZZ"),
    ("starter/helplines.csv", 9, "number", ""),
    ("starter/classification.csv", 9, "topics", "weather"),
    ("starter/classification.csv", 9, "ages", "old"),
    ("starter/classification.csv", 9, "key", "nobody"),
    ("starter/organisations.csv", 2, "key", "nobody"),
    ("structure/training_strategies.csv", 2, "strategies", "laws"),
    ("starter/programmes.csv", 3, "key", "k" * 130),
    ("starter/publications.csv", 6, "work_key", "k" * 130),
    ("vocabularies/sectors.csv", 3, "key", "k" * 81),
    ("vocabularies/regions.csv", 4, "code", "0155"),
    ("vocabularies/languages.csv", 4, "code", "englisches"),
    ("vocabularies/sectors.csv", 3, "key", "Health Care"),
    ("vocabularies/interventions.csv", 3, "strategy", "laws"),
    ("vocabularies/outcomes.csv", 3, "group", "weather"),
    ("vocabularies/organisations.csv", 3, "type", "club"),
    ("vocabularies/regions.csv", 4, "parent", "999"),
    ("vocabularies/country_synonyms.csv", 4, "code", "XX"),
    ("vocabularies/regions.csv", 4, "members", "Bolivia"),
    ("vocabularies/languages.csv", 4, "direction", "up"),
]


@pytest.mark.parametrize(("file", "row", "column", "value"), BROKEN, ids=lambda value: str(value)[:30])
def test_a_broken_cell_is_named(copy, file, row, column, value):
    change(copy / file, row, column, value)
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    name = file.split("/")[1]
    assert (name, row, column) in [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert f"{name}, row {row}, column {column}: " in str(caught.value)


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("starter/programmes.csv", ["key"]),
        ("starter/publications.csv", ["work_key", "language", "title"]),
        ("starter/helplines.csv", ["country", "name", "number"]),
        ("vocabularies/topics.csv", ["key"]),
    ],
)
def test_a_doubled_key_is_named(copy, file, columns):
    for column in columns:
        change(copy / file, 3, column, lambda lines, column=column: lines[1][lines[0].index(column)])
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    assert "row 2 has the same already" in str(caught.value)


def test_a_term_needs_a_name(copy):
    for code in ("es", "en", "fr", "pt", "ar"):
        change(copy / "vocabularies" / "topics.csv", 3, f"name_{code}", "")
    with pytest.raises(BrokenFiles, match=r"topics\.csv, row 3, column name_es: "):
        read_content(copy)


def test_a_region_is_not_part_of_itself(copy):
    change(copy / "vocabularies" / "regions.csv", 2, "parent", lambda lines: lines[1][0])
    with pytest.raises(BrokenFiles, match=r"regions\.csv, row 2, column parent: "):
        read_content(copy)


def test_faults_of_all_files_are_told_at_once_and_nothing_is_loaded(copy):
    change(copy / "starter" / "programmes.csv", 3, "start_year", "soon")
    change(copy / "starter" / "programmes.csv", 9, "countries", "XX")
    change(copy / "starter" / "helplines.csv", 4, "kind", "tea")
    (copy / "structure" / "experts.json").write_text("{", encoding="utf-8")
    (copy / "starter" / "sessions.csv").unlink()
    pages = Page.objects.count()
    with pytest.raises(CommandError) as caught:
        call_command("load_starter", data=copy, stdout=io.StringIO(), stderr=io.StringIO())
    lines = str(caught.value).splitlines()
    assert lines[0] == "Nothing was loaded: the files have faults."
    assert [line.split(":")[0] for line in lines[1:]] == [
        "programmes.csv, row 3, column start_year",
        "programmes.csv, row 9, column countries",
        "sessions.csv",
        "helplines.csv, row 4, column kind",
        "experts.json, row 1",
    ]
    assert Page.objects.count() == pages
    assert not StarterRecord.objects.exists() and not Language.objects.exists()


STRAY = (
    "starter/programmes.csv",
    "starter/evaluations.csv",
    "vocabularies/evidence_levels.csv",
    "vocabularies/organisations.csv",
    "vocabularies/regions.csv",
    "vocabularies/publication_kind_map.csv",
    "vocabularies/study_design_map.csv",
)


@pytest.mark.parametrize("file", STRAY)
def test_of_a_file_that_is_no_table_the_row_is_told_and_none_of_its_keys_is_called_unknown(copy, file):
    path, name = copy / file, file.split("/")[1]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = f'"{lines[2]}'
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    assert [(fault.file, fault.row) for fault in caught.value.faults] == [(name, 3)]


def test_structure_texts_have_five_languages_and_known_terms(copy):
    path = copy / "structure" / "strategies.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"ar":', '"xx":', 1), encoding="utf-8")
    path = copy / "structure" / "experts.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"CO"', '"XX"', 1), encoding="utf-8")
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    assert [(fault.file, fault.row, fault.column) for fault in caught.value.faults] == [
        ("strategies.json", 1, "slug"),
        ("experts.json", 1, "countries"),
    ]


@pytest.mark.parametrize("content", [None, b"\xff", b"{"], ids=["missing", "not UTF-8", "no JSON"])
def test_structure_files_that_cannot_be_read(copy, content):
    path = copy / "structure" / "pages.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(BrokenFiles, match=r"^pages\.json"):
        read_content(copy)


def test_structure_files_that_python_cannot_read(copy):
    (copy / "structure" / "strategies.json").write_text("1" * 5_000, encoding="utf-8")
    (copy / "structure" / "experts.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    assert [str(fault).split(" (")[0] for fault in caught.value.faults] == [
        "strategies.json: this is not JSON",
        "experts.json: this is not JSON",
    ]


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("pages", "[]", ""),
        ("pages", "{}", ""),
        ("strategies", "{}", ""),
        ("strategies", "[1]", ", row 1"),
        ("experts", '[{"slug": {}}]', ", row 1, column external_id"),
        ("countries", "[1]", ""),
    ],
)
def test_structure_files_of_another_form(copy, name, content, place):
    (copy / "structure" / f"{name}.json").write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFiles, match=rf"^{name}\.json{place}: the file does not have the form"):
        read_content(copy)


FORM = "the file does not have the form of the hub’s own."
LANGUAGES = "the text is not there in all five languages."
CHARACTER = "the text holds a character that cannot be stored."
LETTERS = "Use only letters a to z (without accents), digits, hyphens and underscores."


UNFIT = [
    ("pages", 1, "home.heading.en", "x" * 201, "201 characters, at most 200 fit."),
    ("pages", 2, "indexes.2.type", "weather", "“weather” is not known."),
    ("pages", 2, "indexes.2.slug.en", "a b", LETTERS),
    ("pages", 3, "helplines.intro.es.1", 5, FORM),
    ("strategies", 1, "slug.fr", "s" * 256, "256 characters, at most 255 fit."),
    ("strategies", 1, "slug.ar", "a b/c?", LETTERS),
    ("strategies", 1, "title.es", "x" * 400, "400 characters, at most 255 fit."),
    ("strategies", 1, "title.en", 5, FORM),
    ("strategies", 1, "title.fr", " ", "the cell is empty."),
    ("strategies", 1, "title.pt", "a\0b", CHARACTER),
    ("strategies", 1, "title.ar", "a\ud83d", CHARACTER),
    ("strategies", 1, "summary.fr", "x" * 601, "601 characters, at most 600 fit."),
    ("strategies", 1, "why.es", "x", FORM),
    ("strategies", 1, "why.ar.1", 5, FORM),
    ("strategies", 1, "interventions.1.text", {"es": "Leyes"}, LANGUAGES),
    ("strategies", 1, "interventions.2.text.pt", None, FORM),
    ("strategies", 2, "title", {"es": "Leyes"}, LANGUAGES),
    ("experts", 1, "external_id", "k" * 121, "121 characters, at most 120 fit."),
    ("experts", 1, "roles.1", "painter", "“painter” is not known."),
    ("experts", 1, "languages.1.level", "some", "“some” is not known."),
    ("experts", 1, "open_to_invitations", "yes", FORM),
    ("experts", 2, "external_id", "Not a key", "“Not a key” is not a key: "),
    ("countries", 2, "pathfinding_since.en", "Since {years}.", "only {year} may stand between braces."),
    ("countries", 4, "survey_years.en", "In {", "only {years} may stand between braces."),
]


def test_texts_of_structure_files_that_do_not_fit_are_named_and_nothing_is_loaded(copy):
    for name in ("pages", "strategies", "experts", "countries"):
        path = copy / "structure" / f"{name}.json"
        changed = json.loads(path.read_text(encoding="utf-8"))
        for row, place, value in ((row, place, value) for of, row, place, value, _reason in UNFIT if of == name):
            *way, last = place.split(".")
            entry = changed[row - 1] if isinstance(changed, list) else changed
            for part in way:
                entry = entry[int(part) - 1 if part.isdecimal() else part]
            entry[int(last) - 1 if last.isdecimal() else last] = value
        path.write_text(json.dumps(changed), encoding="utf-8")
    pages = Page.objects.count()
    with pytest.raises(CommandError) as caught:
        call_command("load_starter", data=copy, stdout=io.StringIO(), stderr=io.StringIO())
    told = str(caught.value).splitlines()[1:]
    wanted = [f"{name}.json, row {row}, column {place}: {reason}" for name, row, place, _value, reason in UNFIT]
    assert [line[: len(begin)] for line, begin in zip(told, wanted, strict=True)] == wanted
    assert Page.objects.count() == pages
    assert not Language.objects.exists()


def test_an_entry_of_a_structure_file_that_stands_twice_is_named(copy):
    for name in ("strategies", "experts"):
        path = copy / "structure" / f"{name}.json"
        entries = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps([*entries, entries[1]]), encoding="utf-8")
    path = copy / "structure" / "pages.json"
    pages = json.loads(path.read_text(encoding="utf-8"))
    pages["indexes"].append(pages["indexes"][0] | {"slug": pages["about"]["slug"]})
    path.write_text(json.dumps(pages), encoding="utf-8")
    with pytest.raises(BrokenFiles) as caught:
        read_content(copy)
    slugs = [f"slug.{code}" for code in LOCALES]
    found = [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert found == [
        ("pages.json", 2, "indexes.9.type"),
        *(("pages.json", 4, f"about.{slug}") for slug in slugs),
        *(("strategies.json", 10, column) for column in ("key", *slugs)),
        *(("experts.json", 7, column) for column in ("external_id", *slugs)),
    ]
    assert all(fault.reason.endswith("has the same already.") for fault in caught.value.faults)


def test_a_page_lacks_no_language(copy):
    path = copy / "structure" / "pages.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"ar":', '"xx":', 1), encoding="utf-8")
    with pytest.raises(BrokenFiles, match=r"^pages\.json, row 1, column home\.title: "):
        read_content(copy)


@pytest.mark.parametrize("file", ["starter/programmes.csv", "structure/pages.json"])
def test_a_folder_in_the_place_of_a_file(copy, file):
    (copy / file).unlink()
    (copy / file).mkdir()
    with pytest.raises(BrokenFiles, match="Is a directory"):
        read_content(copy)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_starter", data=tmp_path / "nowhere")
