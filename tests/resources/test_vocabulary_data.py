"""The vocabularies that come with the hub are complete in five languages and cover the starter facts."""

import csv
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale
from django.utils import translation

import resources
from resources.models import (
    ExpertRole,
    Helpline,
    Organisation,
    Outcome,
    PracticePage,
    PublicationPage,
    TrainingPage,
)
from search.analysis import folded, is_stop_word
from search.analysis import keys as stems
from search.languages import LOCALES

DATA = Path(resources.__file__).parent / "data"
TERMS = (
    "strategies",
    "interventions",
    "outcomes",
    "evidence_levels",
    "evaluation_statuses",
    "sectors",
    "violence_types",
    "settings",
    "topics",
    "populations",
    "audiences",
    "sdg_targets",
    "study_designs",
    "publication_kinds",
    "training_modes",
    "expert_roles",
    "work_types",
)
CHOICES = (
    "outcome_groups",
    "training_kinds",
    "training_statuses",
    "practice_kinds",
    "organisation_types",
    "organisation_roles",
    "programme_statuses",
    "programme_scales",
    "delivered_by",
    "directions",
    "helpline_kinds",
    "edition_statuses",
    "edition_formats",
)
# What a strategy is put into practice by, and what it is about: each narrower than the strategy.
NARROWER = (
    "interventions",
    "violence_types",
    "topics",
    "settings",
    "sectors",
    "populations",
    "outcomes",
    "sdg_targets",
)
KEY = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
ARABIC = re.compile("[\u0621-\u064a]")
STATUSES = {"official", "own translation", "own wording", "not verified"}


@cache
def vocabulary(name):
    with (DATA / "vocabularies" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def starter(name):
    with (DATA / "starter" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keys(name, column="key"):
    return {row[column] for row in vocabulary(name)}


def used(name, column):
    """Every value of a column of the starter facts, lists taken apart."""
    cells = (row[column].split("|") for row in starter(name))
    return {value.strip() for values in cells for value in values} - {""}


def slugs(values):
    """The values as keys: the starter facts write some of them with spaces."""
    return {value.replace(" ", "-") for value in values}


@pytest.mark.parametrize("name", TERMS + CHOICES)
def test_keys_are_unique_slugs_in_an_unbroken_order(name):
    rows = vocabulary(name)
    assert [key for key in keys(name) if not KEY.fullmatch(key)] == []
    assert len(keys(name)) == len(rows)
    assert [int(row["order"]) for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", TERMS + CHOICES)
def test_names_are_complete_and_distinct(name, locale):
    names = [row[f"name_{locale}"] for row in vocabulary(name)]
    assert all(names)
    assert len({text.casefold() for text in names}) == len(names)
    assert [text for text in names if text != text.strip() or len(text) > 255 or "  " in text] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("outcome_groups", Outcome.Group),
        ("organisation_types", Organisation.Type),
        ("publication_kinds", PublicationPage.Kind),
        ("training_kinds", TrainingPage.Kind),
        ("training_modes", TrainingPage.Mode),
        ("practice_kinds", PracticePage.Kind),
        ("expert_roles", ExpertRole),
        ("helpline_kinds", Helpline.Kind),
    ],
)
def test_a_choice_is_called_alike_in_its_file_and_in_the_catalogue(name, choices, locale):
    with translation.override(locale):
        labels = {value: str(label) for value, label in choices.choices}
    assert labels == {row["key"]: row[f"name_{locale}"] for row in vocabulary(name)}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", TERMS)
def test_descriptions_are_one_sentence_and_synonyms_are_words_people_type(name, locale):
    for row in vocabulary(name):
        description = row[f"description_{locale}"]
        assert description.endswith("."), (row["key"], description)
        assert not re.search(r"\.\s", description), (row["key"], description)
        synonyms = row[f"synonyms_{locale}"].split("|")
        assert 1 <= len(synonyms) <= 10 and all(word == word.strip() != "" for word in synonyms), (row["key"], synonyms)
        folded = [word.casefold() for word in synonyms]
        assert len(set(folded)) == len(folded), (row["key"], synonyms)
        assert row[f"name_{locale}"].casefold() not in folded, (row["key"], synonyms)
        assert row[f"name_status_{locale}"] in STATUSES, row["key"]


def spelt(name, locale):
    """Every name and synonym of a vocabulary as a search compares them, with the key of its term."""
    return {
        stems(text, locale): row["key"]
        for row in vocabulary(name)
        for text in (row[f"name_{locale}"], *row[f"synonyms_{locale}"].split("|"))
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_a_synonym_of_a_strategy_is_no_name_of_anything_narrower(locale):
    narrower = {text: (name, key) for name in NARROWER for text, key in spelt(name, locale).items()}
    synonyms = [word for row in vocabulary("strategies") for word in row[f"synonyms_{locale}"].split("|")]
    assert {word: narrower[stems(word, locale)] for word in synonyms if stems(word, locale) in narrower} == {}


@pytest.mark.parametrize("name", (*TERMS, *CHOICES, "organisations"))
def test_arabic_is_written_in_arabic(name):
    assert [row["key"] for row in vocabulary(name) if row["name_ar"] and not ARABIC.search(row["name_ar"])] == []
    described = [row for row in vocabulary(name) if row.get("description_ar")]
    assert [row["key"] for row in described if not ARABIC.search(row["description_ar"])] == []


@pytest.mark.parametrize("path", sorted((DATA / "vocabularies").glob("*.csv")), ids=lambda path: path.stem)
def test_files_are_plain_utf8_with_typographic_apostrophes(path):
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text and "\ufeff" not in text and "\ufffd" not in text
    assert path.stem.endswith("_map") or "'" not in text


def luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_strategies_keep_their_order_letters_and_readable_colours():
    rows = vocabulary("strategies")
    assert "".join(row["letter"] for row in rows) == "INSPIRE"
    assert [row["kind"] for row in rows] == ["strategy"] * 7 + ["cross-cutting"] * 2
    assert len(keys("strategies", "colour")) == len(rows)
    for row in rows:
        assert re.fullmatch("#[0-9A-F]{6}", row["colour"])
        assert 1.05 / (luminance(row["colour"]) + 0.05) >= 4.5, row["key"]


@pytest.mark.parametrize("name", ("strategies", "interventions", "outcomes"))
def test_names_given_by_the_sources_are_kept_word_for_word(name):
    given = {row["key"]: [row[f"name_{locale}"] for locale in LOCALES] for row in starter(name)}
    assert {row["key"]: [row[f"name_{locale}"] for locale in LOCALES] for row in vocabulary(name)} == given


def test_terms_point_to_terms_that_exist():
    assert keys("interventions", "strategy") <= keys("strategies")
    assert keys("outcomes", "group") == keys("outcome_groups")


@pytest.mark.parametrize(
    ("name", "file", "column"),
    [
        *(
            ("strategies", file, "strategies")
            for file in ("programmes", "evaluations", "publications", "practices", "sessions")
        ),
        ("interventions", "classification", "interventions"),
        ("interventions", "evaluation_outcomes", "intervention"),
        ("outcomes", "evaluation_outcomes", "outcome"),
        ("directions", "evaluation_outcomes", "direction"),
        ("directions", "evaluations", "effect"),
        ("sectors", "classification", "sectors"),
        ("sectors", "programmes", "sectors"),
        ("violence_types", "classification", "violence_types"),
        ("settings", "classification", "settings"),
        ("topics", "classification", "topics"),
        ("populations", "classification", "populations"),
        ("audiences", "classification", "audiences"),
        ("sdg_targets", "classification", "sdg_targets"),
        ("programme_statuses", "programmes", "status"),
        ("practice_kinds", "practices", "kind"),
        ("organisations", "practices", "organisations"),
        ("training_modes", "trainings", "mode"),
    ],
)
def test_the_starter_facts_use_known_terms(name, file, column):
    assert slugs(used(file, column)) - keys(name) == set()


def test_evidence_levels_of_programmes_are_known_or_unknown():
    assert used("programmes", "evidence_level") - {"unknown"} <= keys("evidence_levels")


@pytest.mark.parametrize(
    ("mapping", "file", "column", "target"),
    [
        ("study_design_map", "evaluations", "design", "study_designs"),
        ("publication_kind_map", "publications", "kind", "publication_kinds"),
        ("organisation_type_map", "organisations", "type", "organisation_types"),
        ("helpline_kind_map", "helplines", "kind", "helpline_kinds"),
    ],
)
def test_maps_cover_every_wording_of_the_starter_facts(mapping, file, column, target):
    rows = vocabulary(mapping)
    assert len({row["raw"] for row in rows}) == len(rows)
    assert used(file, column) == {row["raw"] for row in rows}
    assert {row["key"] for row in rows} - {""} <= keys(target)


def test_organisations_are_those_of_the_starter_facts():
    rows = vocabulary("organisations")
    assert [row["key"] for row in rows] == [row["key"] for row in starter("organisations")]
    assert keys("organisations", "type") <= keys("organisation_types")
    assert all(row["name_en"] for row in rows)
    for locale in LOCALES:
        names = [row[f"name_{locale}"] for row in rows if row[f"name_{locale}"]]
        assert len(set(names)) == len(names)


def test_organisations_are_named_in_all_five_languages_as_the_source_names_them():
    for row in vocabulary("organisations"):
        assert all(row[f"name_{locale}"] for locale in LOCALES), row["key"]
    stored = {row["key"]: row["name_es"] for row in vocabulary("organisations")}
    told = {row["key"]: row["name_es"] for row in starter("organisations") if row["name_es"]}
    assert {key: stored[key] for key in told} == told


def test_every_country_lies_in_one_region_and_regions_form_a_tree():
    rows = vocabulary("regions")
    codes = {row["code"] for row in rows}
    members = [country for row in rows for country in row["members"].split("|") if country]
    assert len(members) == len(set(members)) == 249
    assert all(re.fullmatch("[0-9]{3}", code) for code in codes) and len(codes) == len(rows)
    assert {row["parent"] for row in rows} - {""} <= codes
    parents = {row["code"]: row["parent"] for row in rows}
    for code in codes:
        chain = [code]
        while parents[chain[-1]]:
            chain.append(parents[chain[-1]])
            assert len(chain) <= 4
    assert {code for code, parent in parents.items() if parent == "419"} == {"005", "013", "029"}
    # A loader that reads line by line finds the parent before the child.
    order = [row["code"] for row in rows]
    assert all(order.index(row["parent"]) < order.index(row["code"]) for row in rows if row["parent"])


@pytest.mark.parametrize("locale", LOCALES)
def test_cldr_names_every_region_and_country(locale):
    territories = Locale(locale).territories
    for row in vocabulary("regions"):
        for code in (row["code"], *filter(None, row["members"].split("|"))):
            assert territories.get(code), code


@pytest.mark.parametrize("locale", LOCALES)
def test_known_countries_have_synonyms_in_every_language(locale):
    members = {country for row in vocabulary("regions") for country in row["members"].split("|")}
    rows = vocabulary("country_synonyms")
    assert keys("country_synonyms", "code") <= members and len(keys("country_synonyms", "code")) == len(rows)
    for row in rows:
        synonyms = row[f"synonyms_{locale}"].split("|")
        assert 1 <= len(synonyms) <= 10 and all(word == word.strip() != "" for word in synonyms), row["code"]
        spelt = [folded(word) for word in synonyms]
        assert len(set(spelt)) == len(spelt), (row["code"], synonyms)
        assert folded(Locale(locale).territories[row["code"]]) not in spelt, (row["code"], synonyms)
        assert [word for word in spelt if is_stop_word(word)] == [], row["code"]
        assert locale != "ar" or all(map(ARABIC.search, synonyms)), row["code"]
    assert keys("country_synonyms", "code") >= used("programmes", "countries") | used("countries", "code")


def test_no_two_countries_have_a_synonym_in_common_but_those_whose_peoples_do():
    countries = defaultdict(set)
    for row in vocabulary("country_synonyms"):
        for locale in LOCALES:
            for word in row[f"synonyms_{locale}"].split("|"):
                countries[folded(word)].add(row["code"])
    members = {country for row in vocabulary("regions") for country in row["members"].split("|")} - {""}
    for code in members:
        for locale in LOCALES:
            if (name := folded(Locale(locale).territories[code])) in countries:
                countries[name].add(code)
    shared = {frozenset(codes) for codes in countries.values() if len(codes) > 1}
    assert shared == {frozenset(codes) for codes in (("CD", "CG"), ("KP", "KR"), ("DM", "DO"))}


@pytest.mark.parametrize(
    ("file", "column"),
    [(file, "countries") for file in ("programmes", "evaluations", "organisations")]
    + [(file, "country") for file in ("practices", "trainings", "sessions", "helplines")]
    + [("countries", "code")],
)
def test_countries_of_the_starter_facts_lie_in_a_region(file, column):
    members = {country for row in vocabulary("regions") for country in row["members"].split("|")}
    assert used(file, column) - members == set()


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("programmes", "languages_of_materials"),
        ("publications", "language"),
        ("helplines", "languages"),
        ("evaluations", "language"),
        ("sessions", "language"),
        ("trainings", "languages"),
    ],
)
def test_languages_of_the_starter_facts_are_known(file, column):
    assert used(file, column) - keys("languages", "code") == set()


def test_languages_have_a_name_in_each_language_and_only_one_source_of_it():
    rows = vocabulary("languages")
    assert len(keys("languages", "code")) == len(rows)
    for locale in LOCALES:
        cldr = Locale(locale).languages
        names = []
        for row in rows:
            assert bool(row[f"name_{locale}"]) != bool(cldr.get(row["code"])), (row["code"], locale)
            names.append(row[f"name_{locale}"] or cldr[row["code"]])
        repeated = [one for one, next_one in pairwise(sorted(names)) if one == next_one]
        assert repeated == []
    for row in rows:
        assert row["endonym"] and row["sign"] in {"yes", "no"} and row["direction"] in {"ltr", "rtl"}
        assert re.fullmatch("[a-z]{3}" if row["sign"] == "yes" else "[a-z]{2,3}", row["code"])
        assert not row["name_ar"] or ARABIC.search(row["name_ar"])
        rtl = re.match("[\u0590-\u08ff]", row["endonym"]) is not None
        assert (row["direction"] == "rtl") == rtl, row["code"]


def test_the_hubs_own_languages_and_sign_languages_of_its_regions_are_there():
    assert set(LOCALES) <= keys("languages", "code")
    signed = {row["code"] for row in vocabulary("languages") if row["sign"] == "yes"}
    assert {"ase", "bzs", "csn", "mfs", "aed", "csg", "fsl", "jos", "esl", "sdl"} <= signed
