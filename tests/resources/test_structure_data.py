"""The structure content (strategy pages, fixed pages, example experts) is complete and sound in five languages."""

import csv
import json
import re
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "resources" / "data"
LANGUAGES = ["es", "en", "fr", "pt", "ar"]
PAGE_TYPES = ["strategy", "programme", "expert", "training", "evaluation", "publication", "practice", "country"]
FILES = ["strategies.json", "pages.json", "experts.json", "countries.json"]
# The name of the package and of standards stay in Latin script inside Arabic text.
LATIN_NAMES = re.compile(r"INSPIRE|VACS|\{\w+\}|WCAG|AA|JavaScript|Esc")


def load(name):
    return json.loads((DATA / "structure" / name).read_text(encoding="utf-8"))


def starter(name):
    with (DATA / "starter" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def translated_fields(node, path=""):
    """Every mapping of the five languages in a JSON tree, with the path that names it."""
    if isinstance(node, dict):
        if "en" in node and "es" in node:
            yield path, node
            return
        for key, value in node.items():
            yield from translated_fields(value, f"{path}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from translated_fields(value, f"{path}/{place}")


FIELDS = [pytest.param(path, field, id=name + path) for name in FILES for path, field in translated_fields(load(name))]
PROSE = [field for field in FIELDS if not field.values[0].endswith("/slug")]
SLUGS = [field for field in FIELDS if field.values[0].endswith("/slug")]


def passages(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_every_field_has_the_five_languages_and_no_empty_text(path, field):
    assert list(field) == LANGUAGES
    assert len({len(passages(value)) for value in field.values()}) == 1, "as many paragraphs in each language"
    for value in field.values():
        for text in passages(value):
            assert text == text.strip() != ""
            assert not re.search(r"TODO|FIXME|XXX|\s{2}|[<>]", text)


@pytest.mark.parametrize(("path", "field"), PROSE)
def test_translations_have_comparable_lengths(path, field):
    for language in LANGUAGES:
        for text, english in zip(passages(field[language]), passages(field["en"]), strict=True):
            assert 0.4 <= len(text) / len(english) <= 2.5, (language, text)


@pytest.mark.parametrize(("path", "field"), PROSE)
def test_arabic_is_in_arabic_script_and_the_others_are_not(path, field):
    for language in LANGUAGES:
        for text in passages(field[language]):
            letters = [char for char in LATIN_NAMES.sub("", text) if char.isalpha()]
            arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
            if language == "ar":
                assert arabic >= 0.95 * len(letters), text
                assert not re.search(r"[,;?]", text), "Arabic has its own comma, semicolon and question mark"
            else:
                assert arabic == 0, text


@pytest.mark.parametrize(("path", "field"), PROSE)
def test_typography(path, field):
    for text in passages(field["fr"]):
        assert not re.search(r"(?<!\u00a0)[:;?!»]", text), "French sets a no-break space before : ; ? ! »"
    for language in ("en", "fr", "pt"):
        for text in passages(field[language]):
            assert "'" not in text and '"' not in text


@pytest.mark.parametrize(("path", "field"), SLUGS)
def test_slugs_are_plain_ascii_and_arabic_takes_the_english_one(path, field):
    for slug in field.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert field["ar"] == field["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slugs_are_unique_among_siblings(language):
    pages = load("pages.json")
    top = [page["slug"][language] for page in pages["indexes"]]
    top += [pages[name]["slug"][language] for name in ("helplines", "about", "accessibility", "privacy")]
    strategies = [page["slug"][language] for page in load("strategies.json")]
    experts = [page["slug"][language] for page in load("experts.json")]
    for slugs in (top, strategies, experts):
        assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("row", starter("strategies.csv"), ids=lambda row: row["key"])
def test_strategy_page_agrees_with_the_vocabulary(row):
    page = next(page for page in load("strategies.json") if page["key"] == row["key"])
    assert page["title"] == {language: row[f"name_{language}"] for language in LANGUAGES}
    expected = [other["key"] for other in starter("interventions.csv") if other["strategy"] == row["key"]]
    assert [intervention["key"] for intervention in page["interventions"]] == expected
    for language in LANGUAGES:
        assert len(page["summary"][language]) <= 600
        assert 2 <= len(page["why"][language]) <= 3
        assert 3 <= len(page["indicators"][language]) <= 5


def test_strategy_pages_follow_the_order_of_the_package():
    assert [page["key"] for page in load("strategies.json")] == [row["key"] for row in starter("strategies.csv")]


def test_there_is_one_index_page_for_each_type():
    assert [page["type"] for page in load("pages.json")["indexes"]] == PAGE_TYPES


def test_experts_are_plainly_titled_as_examples():
    words = {"es": "Ejemplo: ", "en": "Example: ", "fr": "Exemple\u00a0: ", "pt": "Exemplo: ", "ar": "مثال: "}
    for expert in load("experts.json"):
        for language, word in words.items():
            assert expert["title"][language].startswith(word)
            assert len(expert["summary"][language]) <= 600


def test_experts_use_known_terms_and_cover_the_languages():
    experts = load("experts.json")
    strategy_of = {row["key"]: row["strategy"] for row in starter("interventions.csv")}
    known_strategies = {row["key"] for row in starter("strategies.csv")}
    assert [expert["external_id"] for expert in experts] == [f"example-expert-{number}" for number in range(1, 7)]
    for expert in experts:
        assert expert["roles"] and set(expert["roles"]) <= {"speaker", "trainer", "evaluator", "adviser"}
        assert expert["strategies"] and set(expert["strategies"]) <= known_strategies
        assert {strategy_of[key] for key in expert["interventions"]} <= set(expert["strategies"])
        assert set(expert["sectors"]) <= {"health", "education", "justice", "social-protection", "labour"}
        assert all(re.fullmatch(r"[A-Z]{2}", country) for country in expert["countries"])
        assert {language["level"] for language in expert["languages"]} <= {"native", "working", "basic"}
        assert isinstance(expert["open_to_invitations"], bool)
    native = {entry["code"] for expert in experts for entry in expert["languages"] if entry["level"] == "native"}
    assert native == set(LANGUAGES)
    assert {key for expert in experts for key in expert["strategies"]} == known_strategies
