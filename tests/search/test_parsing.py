import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import ParsedQuery, fold, parse
from search.parsing import LONGEST_QUERY, MOST_WORDS, without

any_text = st.one_of(
    st.text(st.characters(categories=None), max_size=80),
    st.text(st.sampled_from(list("aéñ 'ل\"«»“”-–*()~:^[]{}\\/+!&|?.,16\0\ud800\t\n")), max_size=80),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crianza positiva ", ("crianza", "positiva")),
        ("Crianza, CRIANZA; crianza. ", ("crianza",)),
        ("la crianza de los niños ", ("crianza", "ninos")),
        ("the children’s rights ", ("children", "rights")),
        ("l'enfant et d’autres ", ("enfant", "autres")),
        ("حماية الأطفال من العنف ", ("حماية", "الاطفال", "العنف")),
        ("COVID-19 ", ("covid", "19")),
        ("violence AND children OR NOT war ", ("violence", "children", "war")),
        ("title:violence^2 ~abuse [a TO b] ", ("title", "violence", "2", "abuse", "b")),
        ("(violencia) {hogar} \\escuela/ ", ("violencia", "hogar", "escuela")),
        ("violencia – niños ", ("violencia", "ninos")),
        ("maltrato - infantil ", ("maltrato", "infantil")),
        ("16-18 años ", ("16", "18", "anos")),
    ],
)
def test_words(text, words):
    parsed = parse(text)
    assert parsed == ParsedQuery(words=words)


def test_stop_words_are_kept_where_nothing_else_is_asked():
    assert parse("de la ").words == ("de", "la")
    assert parse("to be or not to be ").words == ("to", "be", "or", "not")
    assert parse("the -war ").words == ("the",)
    assert parse('the "child soldier" ').words == ()


def test_a_word_that_is_content_elsewhere_is_judged_by_the_others():
    assert parse("programas que son eficaces ").words == ("programas", "eficaces")
    assert parse("father and son ").words == ("father", "son")
    assert parse("General Comment 13 ").words == ("general", "comment", "13")
    assert parse("comment punir sans violence ").words == ("punir", "violence")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("parents don't hit children ", ("parents", "hit", "children")),
        ("children DON’T deserve it and they won't ", ("children", "deserve")),
        ("what doesn't, isn't, haven't, can't work", ("work",)),
        ("they're children, we've seen; parents'll help ", ("children", "seen", "parents", "help")),
        ("safe haven ", ("safe", "haven")),
        ("safe haven for children who haven't a home ", ("safe", "haven", "children", "home")),
        ("don de sang ", ("don", "sang")),
        ("re integración", ("re", "integracion")),
        ("don't", ("don", "t")),
        ("quelqu'un parce que l'enfant ", ("enfant",)),
        ("violência nesta escola e naquele lar deste país ", ("violencia", "escola", "lar", "pais")),
    ],
)
def test_what_contractions_leave_is_not_looked_for(text, words):
    parsed = parse(text)
    assert parsed.words == words
    assert parsed.prefix in (None, words[-1])


def test_phrases_and_exclusions_keep_their_contractions():
    assert parse("\"don't hit\" -they're") == ParsedQuery(
        phrases=(("don", "t", "hit"),), excluded_phrases=(("they", "re"),)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("WHO guidelines ", ("who", "guidelines")),
        ("who wrote this guideline ", ("wrote", "guideline")),
        ("W.H.O. guidelines ", ("who", "guidelines")),
        ("WHO INSPIRE ", ("who", "inspire")),
        ("UN Convention ", ("un", "convention")),
        ("un convenio ", ("convenio",)),
        ("CRIANZA SIN VIOLENCIA EN UN HOGAR ", ("crianza", "violencia", "hogar")),
        ("OR ", ("or",)),
        ("violence OR abuse ", ("violence", "abuse")),
    ],
)
def test_acronyms_that_fold_to_stop_words_are_kept_in_capitals(text, words):
    assert parse(text).words == words


@pytest.mark.parametrize(
    "text",
    [
        '"castigo físico" ', "“castigo físico” ", "«castigo físico» ", "« Castigo  FÍSICO » ",
        "„castigo físico“ ", "‹castigo físico› ", '"castigo-físico" ', "「castigo físico」 ",
    ],
)  # fmt: skip
def test_phrases_in_any_quotation_marks(text):
    assert parse(text) == ParsedQuery(phrases=(("castigo", "fisico"),))


def test_phrases_keep_their_stop_words():
    assert parse('"los derechos del niño"').phrases == (("los", "derechos", "del", "nino"),)


def test_a_phrase_of_one_word_asks_for_exactly_this_word():
    assert parse('"niño"') == ParsedQuery(phrases=(("nino",),))


@pytest.mark.parametrize("text", ['"', '""', '" "', '"…"', '-""', '""""'])
def test_empty_phrases_ask_nothing(text):
    assert parse(text).is_empty


def test_a_quotation_mark_that_is_not_closed_is_no_phrase():
    assert parse('violencia "castigo físico ') == ParsedQuery(words=("violencia", "castigo", "fisico"))
    assert parse('"a priori" "castigo ') == ParsedQuery(words=("castigo",), phrases=(("a", "priori"),))


@pytest.mark.parametrize("text", ["SDG 16.2", "SDG 16.2 ", "SDG (16.2)", "SDG ١٦٫٢,"])
def test_the_numbers_of_a_target_belong_together(text):
    parsed = parse(text)
    assert parsed.phrases == (("16", "2"),)
    assert parsed.words == ("sdg",)
    assert parsed.prefix is None


def test_exclusions():
    parsed = parse('violencia -guerra -"castigo físico" -covid-19 --conflicto -"niñez" -')
    assert parsed.words == ("violencia",)
    assert parsed.excluded == ("guerra", "conflicto", "ninez")
    assert parsed.excluded_phrases == (("castigo", "fisico"), ("covid", "19"))
    assert parsed.phrases == ()


def test_a_minus_excludes_only_after_a_space():
    assert parse('"castigo"-guerra ') == ParsedQuery(words=("guerra",), phrases=(("castigo",),))


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\ufeff", "\u200b", "\u202b\u2067"])
def test_what_is_not_seen_beside_a_minus_changes_nothing(mark):
    for minus in (f"{mark}-", f"-{mark}", f"{mark}-{mark}"):
        assert parse(f"عنف {minus}مدرسة ") == ParsedQuery(words=("عنف",), excluded=("مدرسة",))
        assert parse(f'{minus}"castigo físico"') == ParsedQuery(excluded_phrases=(("castigo", "fisico"),))
    assert parse(f"عنف{mark}-{mark}مدرسة ").words == ("عنف", "مدرسة")
    assert parse(f"عنف -{mark} ") == ParsedQuery(words=("عنف",))
    assert parse(f'{mark}"castigo físico"{mark} ') == ParsedQuery(phrases=(("castigo", "fisico"),))


def test_a_question_may_only_exclude():
    parsed = parse("-guerra")
    assert parsed == ParsedQuery(excluded=("guerra",))
    assert not parsed.is_empty


def test_repeated_parts_count_once():
    assert parse('"a b" "A B" -x -X -"c d" -"c d" ') == ParsedQuery(
        phrases=(("a", "b"),), excluded=("x",), excluded_phrases=(("c", "d"),)
    )


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("crianza posit", "posit"),
        ("CRIANZA POSÍT", "posit"),
        ("posit*", "posit"),
        ("الأطف", "الاطف"),
        ("l'enf", "enf"),
        ("covid-2019", "2019"),
        ('"castigo físico" viol', "viol"),
        ("posit ", None),
        ("posit.", None),
        ("posit* ", None),
        ("child's", None),
        ("violencia de", None),
        ("posit v", None),
        ("posit vi", None),
        ("posit vi*", "vi"),
        ("posit v*", None),
        ("posit vio", "vio"),
        ("l'en", None),
        ("ni\u0303", None),
        ("violencia -gue", None),
        ('viol "castigo físico"', None),
        ("violencia 👩", None),
        ("", None),
    ],
)
def test_the_last_word_may_still_be_being_typed(text, prefix):
    assert parse(text).prefix == prefix


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("UN", None),
        ("UN*", "un"),
        ("uni", "uni"),
        ("ÓMS", None),
        ("U.N", None),
        ("SEL", None),
        ("UNICEF", "unicef"),
        ("guidelines of the WHO", None),
        ("guidelines of the WHO*", "who"),
        ("reports of UNICEF", None),
        ("WHO guid", "guid"),
        ("WHO GUID", "guid"),
        ('"castigo" ONU', None),
        ('"castigo físico" ONU', None),
        ("covid-2019", "2019"),
        ("ONU 2030", "2030"),
        ("2030", "2030"),
        ("الأطف", "الاطف"),
        ("WHO الأطف", "الاطف"),
    ],
)
def test_an_acronym_in_capitals_is_not_the_beginning_of_a_word(text, prefix):
    assert parse(text).prefix == prefix


def test_a_long_question_is_cut_between_words_and_says_so():
    parsed = parse("crianza " + "violencia " * 1000)
    assert parsed.truncated
    assert parsed.words == ("crianza", "violencia")
    assert parsed.prefix is None
    exactly = ("x" * 98 + "ab ") * 4
    exactly = exactly[:LONGEST_QUERY]
    assert not parse(exactly).truncated
    assert parse(exactly).prefix
    assert parse(exactly + "niño").truncated
    assert parse(exactly + " niño").words == ("x" * 64,)
    assert parse(exactly + " niño").prefix is None
    assert parse("x" * (LONGEST_QUERY - 3) + " niños").words == ("x" * 64,)


def test_a_long_question_without_spaces_is_cut_anywhere():
    parsed = parse("é" * 10_000)
    assert parsed.truncated
    assert parsed.words == ("e" * 64,)
    assert parse("日" * 10_000).words == ("日",)


def test_of_many_words_the_first_are_used():
    numbers = [str(n) for n in range(100, 100 + MOST_WORDS)]
    assert parse(" ".join(numbers)).words == tuple(numbers)
    assert not parse(" ".join(numbers)).truncated
    parsed = parse(" ".join([*numbers, "999", '"998 997"']))
    assert parsed.words == tuple(numbers)
    assert parsed.phrases == ()
    assert parsed.truncated
    assert parse('"' + " ".join([*numbers, "999"]) + '"').phrases == (tuple(numbers),)


@pytest.mark.parametrize(
    ("text", "dropped", "left"),
    [
        ("terremoto haití 2016-2018", {"2016"}, "terremoto haití 2018"),
        ("terremoto haití 2016-2018", {"2016", "2018"}, "terremoto haití"),
        ("escuela COVID-19 ", {"covid"}, "escuela 19"),
        ("escuela COVID-19 ", {"19"}, "escuela COVID"),
        ("(bien-être), enfant", {"bien"}, "(-être), enfant"),
        ("l'enfant\u200f-soldat", {"enfant"}, "l'-soldat"),
        ("enfant\u200f-soldat", {"enfant"}, "soldat"),
        ("socio--educativo", {"socio"}, "educativo"),
        ('niños-"castigo físico"', {"ninos"}, '"castigo físico"'),
        ("-violencia-sexual Violencia  x", {"violencia"}, "-violencia-sexual x"),
        ("\u200f-violencia violencia x", {"violencia"}, "\u200f-violencia x"),
        ('-"violencia sexual" violencia', {"violencia"}, '-"violencia sexual"'),
        ('"la violencia" violencia', {"violencia"}, '"la violencia"'),
        ("ODS 16.2 16", {"16"}, "ODS 16.2"),
        ("crianza", {"ternura"}, "crianza"),
        ("- – crianza -", {"crianza"}, "- – -"),
        ("", {"crianza"}, ""),
    ],
)
def test_a_text_without_some_of_its_words(text, dropped, left):
    assert without(text, dropped) == left


@given(st.text(st.sampled_from("ab -\"“',2\u200f"), max_size=20))
@example("2-a")
@example('a"-b')
def test_without_a_word_the_rest_of_a_question_is_asked_as_before(text):
    asked = parse(text + " ")
    for word in asked.words:
        left = parse(without(text, {word}) + " ")
        assert set(left.words) - {"a"} == set(asked.words) - {"a", word}
        assert (left.phrases, left.excluded) == (asked.phrases, asked.excluded)
        assert left.excluded_phrases == asked.excluded_phrases


def test_only_nothing_is_empty():
    assert parse("").is_empty
    assert parse(" \t\n\0 👩 \ud800 … ").is_empty
    assert not parse("a").is_empty
    assert not parse('"a b"').is_empty
    assert not parse('-"a b"').is_empty


@given(any_text)
@example('-"' * 500)
@example("-" * 10_000)
@example('"' * 10_000)
@example("\0" * 10_000)
@example("a\u0301" * 5_000)
@example("*" * 401)
def test_any_input_is_legal(text):
    parsed = parse(text)
    groups = [*parsed.phrases, *parsed.excluded_phrases, parsed.words, parsed.excluded]
    everything = [word for group in groups for word in group]
    assert all(word and fold(word) == word for word in everything)
    assert len(everything) <= MOST_WORDS
    assert all(len(set(group)) == len(group) for group in (parsed.words, parsed.excluded, parsed.phrases))
    assert all(len(phrase) > 1 for phrase in parsed.excluded_phrases)
    assert parsed.prefix is None or parsed.prefix in parsed.words
    assert parsed == parse(text)
    hash(parsed)
