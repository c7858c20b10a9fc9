import ast
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from search import storage, texts, version
from search.analysis import folded, keys
from search.documents import Material, Term
from search.engines import fields
from search.texts import analysed
from tests.search import works


@given(document=works.documents())
def test_a_document_comes_back_whole(document):
    again = storage.load(storage.dump(document, whole=True))
    assert again == document
    assert storage.fingerprint(again) == storage.fingerprint(document)


@given(document=works.documents())
def test_a_list_gets_what_it_shows(document):
    shown = storage.load(storage.dump(document))
    assert shown == replace(
        document,
        keywords=(),
        pages=tuple(replace(page, body="") for page in document.pages),
        materials=tuple(replace(edition, text="") for edition in document.materials),
    )


CHANGES = {
    "body": {"pages": (works.page(body="otro cuerpo"),)},
    "title": {"pages": (works.page(title="Otro"),)},
    "language of the title": {"pages": (works.page(title_language="rw"),)},
    "term": {"keywords": (Term((("es", "crianza"),)),)},
    "text of an edition": {"materials": (Material("es", "Guía", text="otro"),)},
    "edition": {"materials": (Material("es", "Guía", available=False),)},
    "facets": {"facets": {"topic": ("b",)}},
    "years": {"years": (2001,)},
    "address": {"urls": {"es": "/es/otro/"}},
    "order": {"order": 7},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_in_a_document_changes_its_fingerprint(change):
    document = works.document("one", materials=(Material("es", "Guía"),))
    changed = replace(document, **change)
    assert storage.fingerprint(changed) != storage.fingerprint(document)
    assert storage.fingerprint(changed, storage.dump(changed)) == storage.fingerprint(changed)


def test_the_order_in_which_facets_were_found_changes_no_fingerprint():
    one, other = ({"topic": ("a",), "sector": ("b",)}, {"sector": ("b",), "topic": ("a",)})
    first, second = (storage.fingerprint(works.document("one", facets=facets)) for facets in (one, other))
    assert first == second


def test_lone_surrogates_and_nul_survive():
    document = works.document("one", works.page("es", "\ud800\0", body="\udfff"))
    assert storage.load(storage.dump(document, whole=True)) == document


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff", b'{"p":[],"m":[],"id":1}', b'{"p":1,"m":[]}'])
def test_what_is_no_document_is_told(data):
    with pytest.raises(ValueError):
        storage.load(data)


@pytest.mark.parametrize("language", ["es", "en", "ar", "de", ""])
def test_text_by_text_and_piece_by_piece_are_the_same(language):
    for text in (*works.WORDS, " ".join(works.WORDS), "", "  \n", "¿Qué?\u2028L’œuvre\u00a0d'art—aquí/allá", "x" * 100):
        found = analysed(text, language)
        assert found.keys == keys(text, language)
        assert found.folded == folded(text)


def test_the_memory_of_pieces_has_a_bound(monkeypatch):
    monkeypatch.setattr(texts, "_CACHED", 2)
    table = texts._Table("es")
    for piece in ("uno", "dos", "tres", "tres"):
        assert table[piece][1] == piece
    assert set(table) == {"uno", "dos"}


def test_the_memory_of_facet_values_has_a_bound(monkeypatch):
    monkeypatch.setattr(fields, "_MOST_KEPT", 2)
    kept = fields._Values("country")
    assert [kept[value] for value in ("CO", "KE", "FR")] == ["country=CO", "country=KE", "country=FR"]
    assert set(kept) == {"FR"}


def test_the_version_knows_all_that_the_forms_of_words_come_from():
    found, left = set(), {"forms.py"}
    while left:
        found.add(part := left.pop())
        for node in ast.walk(ast.parse((Path(version.__file__).parent / part).read_text())):
            if isinstance(node, ast.ImportFrom):
                folder, _, module = node.module.partition(".")
                names = ([module] if module else [alias.name for alias in node.names]) if folder == "search" else []
                left |= {f"{name}.py" for name in names} - found
    assert "arabic_tables.py" in found
    assert found <= set(version._PARTS)


def test_the_version_follows_the_tables_of_unicode(monkeypatch):
    before = version.analysis_version()
    monkeypatch.setattr(unicodedata, "unidata_version", "1.1.0")
    assert version.analysis_version.__wrapped__() != before


def test_the_version_follows_the_code_of_the_analysis(monkeypatch):
    before = version.analysis_version()
    assert before == version.analysis_version.__wrapped__()
    monkeypatch.setattr(version, "_PARTS", ("years.py",))
    assert version.analysis_version.__wrapped__() != before


def test_the_version_follows_every_table_of_words():
    tables = {path.name for path in Path(version.__file__).parent.glob("*_tables.py")}
    assert "arabic_tables.py" in tables
    assert tables <= set(version._PARTS)
