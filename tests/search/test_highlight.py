import re
import unicodedata

import pytest
from django.template import Context, Template
from django.utils.html import escape
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import LANGUAGES, ParsedQuery, highlight, parse, snippet

any_text = st.one_of(
    st.text(st.characters(categories=None), max_size=120),
    st.text(st.sampled_from(list("abé e\u0301ñل أ\u064e<>&\"';\0\ud800\u200d. \n")), max_size=120),
    st.lists(
        st.sampled_from(["violencia", "l'enfant", "<b>", "&amp;", "الأطفال", "日本", "\ud800", "e\u0301cole"])
    ).map(" ".join),
)
any_question = st.one_of(any_text, st.sampled_from(["violenci", "enfant", '"l\'enfant <b>"', "a e", "طفل", "日"]))


def sendable(text: str) -> str:
    return re.sub("[\ud800-\udfff\0]", "\ufffd", text)


def unmarked(html: str) -> str:
    return re.sub("</?(?:mark|bdi)>", "", html)


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("es", "evaluacion ", "Las evaluaciones de impacto", "Las <mark>evaluaciones</mark> de impacto"),
        ("es", "viol", "La violencia y la violación", "La <mark>violencia</mark> y la <mark>violación</mark>"),
        ("es", "viol ", "La violencia", "La violencia"),
        ("es", "la viol", "La violencia", "La <mark>violencia</mark>"),
        ("es", "la ", "La violencia", "<mark>La</mark> violencia"),
        ("en", "child ", "Children's rights", "<mark>Children</mark>&#x27;s rights"),
        ("fr", "enfants ", "l’enfant d'abord", "l’<mark>enfant</mark> d&#x27;abord"),
        ("pt", "educacao ", "educações", "<mark>educações</mark>"),
        ("ar", "طفل ", "حماية والأَطْفَال", "حماية <mark>والأَطْفَال</mark>"),
        ("es", "ecole ", "une e\u0301cole", "une <mark>e\u0301cole</mark>"),
        ("es", '"castigo físico"', "El castigo, FÍSICO o no", "El <mark>castigo, FÍSICO</mark> o no"),
        ("es", '"castigo físico"', "castigo no físico, castigo", "castigo no físico, castigo"),
        ("es", '"castigos físicos"', "castigo físico", "castigo físico"),
        ("es", '"castigo físico" físico ', "castigo físico", "<mark>castigo físico</mark>"),
        ("es", '"a b" "b c"', "a b c", "<mark>a b c</mark>"),
        ("es", '"a b" "b c" x ', "x a b c a", "<mark>x</mark> <mark>a b c</mark> a"),
        ("es", "16.2", "Meta 16.2 de los ODS", "Meta <mark>16.2</mark> de los ODS"),
        ("es", "-guerra", "la guerra", "la guerra"),
        ("en", "eficaces ", "Es eficaz", "Es eficaz"),
        ("de", "kinder ", "Kinder und Kindern", "<mark>Kinder</mark> und Kindern"),
        ("en", "lt amp ", "a < b &amp; c", "a &lt; b &amp;<mark>amp</mark>; c"),
        (
            "en",
            "script",
            "<script>alert(1)</script>",
            "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;",
        ),
        ("en", "b", "a\ud800b\0c", "a\ufffd<mark>b</mark>\ufffdc"),
        ("es", "日 本 ", "日本語", "<mark>日本</mark>語"),
        ("es", "niñ", "", ""),
    ],
)
def test_highlight(language, question, text, expected):
    assert highlight(text, language, parse(question)) == expected


def test_nothing_is_marked_where_nothing_is_asked():
    assert highlight("La <violencia>", "es", ParsedQuery()) == "La &lt;violencia&gt;"


def test_a_template_does_not_escape_it_again():
    html = highlight("<b> & niños", "es", parse("niño "))
    assert isinstance(html, SafeString)
    assert isinstance(snippet("<b>", "es", ParsedQuery()), SafeString)
    assert Template("{{ html }}").render(Context({"html": html})) == "&lt;b&gt; &amp; <mark>niños</mark>"


@given(any_text, any_question, st.sampled_from([*LANGUAGES, "de"]))
@example("<script>alert('&amp;')</script>", "script amp alert", "en")
@example("\ud800<\udfff>", "\ud800", "es")
@example("a" * 1000, "a*", "es")
def test_a_highlight_is_the_escaped_text_with_whole_words_marked(text, question, language):
    html = highlight(text, language, parse(question))
    html.encode("utf-8")
    assert unmarked(html) == escape(sendable(text))
    for before, after in re.findall("(.?)</?mark>(.?)", html, re.DOTALL):
        assert not unicodedata.combining(after or " "), (before, after)
    assert re.fullmatch(r"(?:[^<]|</?bdi>|<mark>[^<]+</mark>)*", html)
    assert re.fullmatch(r"(?:(?!</?bdi>).|<bdi>(?:(?!</?bdi>).)+</bdi>)*", html, re.DOTALL)


# Snippets

LONG = (
    "Los programas de crianza enseñan a madres y padres a educar sin golpes. "
    "Se dan en grupo o en casa, por personal de salud o de educación. "
    "Quienes los reciben ejercen menos violencia, y sus hijas e hijos tienen menos problemas de conducta. "
    "El efecto se mantiene al cabo de un año. Cuestan poco."
)


def test_a_short_text_is_shown_whole():
    assert snippet("Crianza & paz", "es", parse("paz")) == "Crianza &amp; <mark>paz</mark>"
    assert snippet("", "es", parse("paz")) == ""


def test_without_a_match_the_beginning_is_shown():
    assert snippet(LONG, "es", parse("guerra"), 60) == "Los programas de crianza enseñan a madres y padres a educar…"


def test_a_match_at_the_beginning_leaves_the_beginning():
    html = snippet(LONG, "es", parse("crianza "), 90)
    assert html.startswith("Los programas de <mark>crianza</mark> enseñan")


def test_a_match_further_on_is_shown_early_with_a_little_before_it():
    html = snippet(LONG, "es", parse("violencias "), 90)
    assert html.startswith("…menos <mark>violencia</mark>, y sus hijas e hijos tienen menos problemas")


@pytest.mark.parametrize("word", ["educar", "salud", "violencia", "conducta", "mantiene", "poco"])
def test_a_match_is_among_what_a_phone_shows_of_a_snippet(word):
    html = snippet(LONG, "es", parse(word))
    assert 0 <= html.index("<mark>") < 220 / 3


def test_a_match_near_the_end_is_shown_with_the_end():
    html = snippet(LONG, "es", parse("costar cuestan "), 90)
    assert html == "…cabo de un año. <mark>Cuestan</mark> poco."


def test_a_phrase_longer_than_the_snippet_is_cut_and_marked():
    html = snippet(LONG, "es", parse('"enseñan a madres y padres a educar sin golpes"'), 20)
    assert html == "…<mark>enseñan a madres y p</mark>…"


def test_latin_names_inside_arabic_are_isolated():
    html = highlight("دليل INSPIRE (Safe Schools) للمدارس", "ar", parse("schools "))
    assert html == "دليل <bdi>INSPIRE (Safe <mark>Schools</mark>)</bdi> للمدارس"
    assert highlight("Guide عربي", "en", parse("")) == "Guide عربي"
    assert highlight("No Arabic (yet).", "ar", parse("")) == "No Arabic (yet)."


def test_a_match_without_a_space_before_it_begins_the_snippet():
    assert snippet("x/" * 100 + "paz y " + "z" * 100, "es", parse("paz "), 40) == "…<mark>paz</mark> y…"


def test_writing_without_spaces_is_cut_between_characters():
    assert snippet("日本語" * 100, "es", parse("guerra"), 10) == "日本語日本語日本語日…"
    assert snippet("か\u3099" * 100, "es", parse("guerra"), 11) == "か\u3099" * 5 + "…"
    assert snippet("e" + "\u0301" * 300, "es", parse("guerra"), 10) == "e…"


@given(any_text.map(lambda text: text * 4), any_question, st.integers(1, 60), st.sampled_from(LANGUAGES))
@example("  " * 50, "a", 5, "es")
@example(" a" * 50, "guerra", 1, "es")
def test_a_snippet_is_a_piece_of_the_escaped_text(text, question, length, language):
    html = snippet(text, language, parse(question), length)
    html.encode("utf-8")
    piece = unmarked(html)
    before = piece.startswith("…") and not sendable(text).startswith("…")
    after = piece.endswith("…") and not sendable(text).endswith("…")
    assert piece[before : len(piece) - after] in escape(sendable(text))
    assert len(text) > length or unmarked(html) == escape(sendable(text))
    if "<mark>" in highlight(text, language, parse(question)):
        assert "<mark>" in html
