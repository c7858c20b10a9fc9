"""What words, phrases, exclusions and beginnings find, in five languages, and what a better spelling is."""

import random
from datetime import UTC, datetime

import pytest

from search.documents import Material, Term
from search.fewer_words import fewer_words
from search.query import Query, Shorter
from tests.search.works import document, page


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            document("es", page("es", "Crianza con ternura", summary="Un programa para familias.")),
            document("en", page("en", "Parents matter", summary="A programme on raising children without violence.")),
            document("pt", page("pt", "Avaliações de programas", summary="A educação das crianças.")),
            document("fr", page("fr", "L’œuvre de l’école", summary="Les enfants d'abord.", body="Un corps de texte.")),
            document("ar", page("ar", "برامج حماية الأطفال", summary="من أجل الأسرة")),
            document(
                "key", page("en", "Unrelated"), keywords=(Term((("es", "apoyo a la crianza"), ("fr", "parentalité"))),)
            ),
            document(
                "pdf", page("en", "With a file"), materials=(Material("es", "Guía", text="La disciplina positiva"),)
            ),
        ]
    )
    return engine


def found(engine, text: str, **more) -> set[str]:
    result = engine.search(Query(text=text, **more))
    return set() if result.corrected else {hit.document.id for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"es", "en", "pt", "fr", "ar", "key", "pdf"}),
        ("crianza ", {"es", "key"}),
        ("CRIANZAS ", {"es", "key"}),
        ("avaliacao ", {"pt"}),
        ("educacoes ", {"pt"}),
        ("oeuvres ", {"fr"}),
        ("برنامج ", {"ar"}),
        ("والطفل ", {"ar"}),
        ("disciplina guía ", {"pdf"}),
        ("corps ", {"fr"}),
        ("la crianza para familias ", {"es"}),
        ("crianza escuela ", set()),
        ('"apoyo a la crianza"', {"key"}),
        ('"crianza apoyo"', set()),
        ('"ternura un"', set()),  # the end of a title and the start of a summary are no phrase
        ('"crianzas"', set()),  # a phrase is taken as it is written
        ("crianza -ternura ", {"key"}),
        ('crianza -"con ternura" ', {"key"}),
        ("-crianza ", {"en", "pt", "fr", "ar", "pdf"}),
        ("cria", {"es", "key", "pt"}),
        ("cri", {"es", "key", "pt"}),
        ("ternur", {"es"}),
        ("cria ", set()),
        ("cr ternura ", set()),
        ("parentali", {"key"}),
        ("!!! ???", set()),
        ("😀", set()),
    ],
)
def test_what_is_found(library, text, expected):
    assert found(library, text) == expected


def test_a_work_in_one_language_is_found_from_every_locale(library):
    for locale in ("es", "en", "fr", "pt", "ar"):
        assert found(library, "crianza ", locale=locale) == {"es", "key"}


def test_a_title_is_read_in_its_own_language(engine):
    engine.rebuild(
        [
            document("kept", page("en", "برامج", title_language="ar")),
            document("said to be English", page("en", "برامج")),
        ]
    )
    assert found(engine, "برنامج ") == {"kept"}


def test_titles_count_more_than_keywords_than_summaries_than_bodies(engine):
    def work(id: str, title="uno", keywords="dos", summary="tres", body="cuatro"):
        return document(id, page("es", title, summary=summary, body=body), keywords=(Term((("es", keywords),)),))

    word = "ternura"
    engine.rebuild([work(field, **{field: word}) for field in ("body", "summary", "title", "keywords")])
    hits = engine.search(Query(text="ternura ")).hits
    assert [hit.document.id for hit in hits] == ["title", "keywords", "summary", "body"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("de la ", {"house", "street"}),
        ("-de ", {"cards", "rice"}),
        ("casa -la ", set()),
        ("comment ", {"rice", "cards"}),
        ("WHO ", {"cards", "rice"}),
        ("WHO guidelines ", {"rice"}),
        ("from the ", {"cards"}),
    ],
)
def test_stop_words_are_found_where_they_are_asked_for(engine, text, ids):
    on_the_street = Term((("es", "niños en situación de calle"),))
    engine.rebuild(
        [
            document("house", page("es", "La casa de papel")),
            document("street", page("es", "Niñez", body="Vive en la escuela."), keywords=(on_the_street,)),
            document("cards", page("en", "House of cards", summary="Who comments on cards from the table?")),
            document("rice", page("fr", "Comment faire", summary="Riz"), materials=(Material("en", "WHO guidelines"),)),
        ]
    )
    assert found(engine, text) == ids


def test_an_acronym_counts_in_a_title_though_it_is_written_like_a_stop_word(engine):
    engine.rebuild(
        [
            document("pronoun", page("en", "Children who write", summary="Who writes?")),
            document("acronym", page("en", "WHO on children", summary="Writing.")),
        ]
    )
    assert [hit.document.id for hit in engine.search(Query(text="WHO ", locale="en")).hits] == ["acronym", "pronoun"]


@pytest.mark.parametrize(
    ("title", "language", "texts"),
    [
        ("No es no", "es", ("no es no ", "No es no", '"no es no"')),
        ("He for She", "en", ("he for she ", "He for She")),
        ("Entre nós", "pt", ("entre nós ", '"entre nós"')),
        ("من نحن", "ar", ("من نحن ",)),
    ],
)
def test_a_title_of_stop_words_stands_before_texts_that_have_them(engine, title, language, texts):
    others = [document(f"other {n}", page(language, "2026", summary=f"{title} {title} {n}")) for n in range(12)]
    engine.rebuild([document("title", page(language, title, summary="ternura " * 40)), *others])
    for text in texts:
        assert engine.search(Query(text=text, locale=language)).hits[0].document.id == "title", text
        assert title in engine.suggest(text, language, limit=1), text


def test_the_language_of_the_reader_comes_first(engine):
    # "programas" has a stem in Spanish and in Portuguese; the works differ in nothing else.
    engine.rebuild([document(code, page(code, "programas")) for code in ("es", "pt")])
    for code in ("es", "pt"):
        assert engine.search(Query(text="programa ", locale=code)).hits[0].document.id == code


def test_a_word_counts_by_how_rare_it_is_in_all_languages_together(engine):
    """Few titles are French, so their words are rare as French words, however common in the hub."""
    broad = Term((("fr", "exploitation sexuelle"), ("en", "sexual exploitation")))
    subject = Term((("fr", "abus sexuels"), ("en", "sexual abuse")))
    common = [
        document(f"w{number}", page("en", f"Violence report {number}"), keywords=(broad,)) for number in range(40)
    ]
    engine.rebuild(
        [
            *common,
            document("beside", page("fr", "Violence et paix"), keywords=(broad,)),
            document("about", page("en", "Abuse", summary="Of violence."), keywords=(broad, subject)),
        ]
    )
    found = engine.search(Query(text="violence sexuelle ", locale="fr"))
    assert [hit.document.id for hit in found.hits][:2] == ["about", "beside"]


def test_a_term_that_has_two_words_of_the_question_counts_more_than_two_that_have_one_each(engine):
    both = Term((("en", "sexual violence"),))
    each = [Term((("en", "sexual health"),)), Term((("en", "armed violence"),))]
    others = [document(f"w{number}", page("en", f"Other {number}"), keywords=(both, *each)) for number in range(5)]
    engine.rebuild(
        [
            *others,
            document("each", page("en", "One"), keywords=tuple(each)),
            document("with both", page("en", "Two"), keywords=(both,)),
        ]
    )
    found = engine.search(Query(text="sexual violence ", locale="en"))
    ranked = [hit.document.id for hit in found.hits]
    assert ranked.index("with both") < ranked.index("each")  # as equals they would stand by id


def test_of_equal_works_the_newest_comes_first_however_many_there_are(engine):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    works = [document(f"w{number:03d}", added_on=moment.replace(microsecond=number // 2)) for number in range(150)]
    random.Random(7).shuffle(works)
    engine.rebuild(works)
    expected = sorted((work.id for work in works), key=lambda id: (-(int(id[1:]) // 2), id))
    for text in ("", "crianza ", "cri"):
        pages = [engine.search(Query(text=text, offset=start, limit=20)) for start in range(0, 150, 20)]
        assert [hit.document.id for one in pages for hit in one.hits] == expected


def test_a_better_spelling_is_searched_when_nothing_matches(library):
    result = library.search(Query(text="crinaza ", facets=("type",)))
    assert (result.suggestion, result.corrected) == ("crianza ", "crianza ")
    assert {hit.document.id for hit in result.hits} == {"es", "key"}
    assert result.total == 2
    assert [(one.value, one.count) for one in result.facets["type"]] == [("programme", 2)]


def test_a_better_spelling_has_the_accents_of_the_works(library):
    assert library.search(Query(text="¿Educasao? ")).suggestion == "¿educação? "


def test_a_better_spelling_is_of_the_readers_language(engine):
    titles = [("en", "Education")] * 3 + [("es", "Educación")] + [("es", "Crianza")] * 3 + [("pt", "A criança")]
    engine.rebuild([document(f"{code}{number}", page(code, title)) for number, (code, title) in enumerate(titles)])
    for locale, text, expected in (
        ("es", "educasion ", "educación "),
        ("en", "educasion ", "education "),
        ("es", "criansa ", "crianza "),
        ("pt", "criansa ", "criança "),
    ):
        assert engine.search(Query(text=text, locale=locale)).corrected == expected


def test_a_better_spelling_goes_with_the_other_words(engine):
    works = [document(f"w{number}", page("es", "Crianza")) for number in range(3)]
    engine.rebuild([*works, document("met", page("es", "Crianda", summary="Un programa."))])
    assert engine.search(Query(text="crianxa programa ")).corrected == "crianda programa "


def test_a_better_spelling_is_only_offered_when_the_filters_leave_nothing_of_it(library):
    result = library.search(Query(text="crinaza ", filters={"type": ("country",)}))
    assert (result.suggestion, result.corrected, result.total, result.hits) == ("crianza ", None, 0, ())


def test_no_better_spelling_where_only_the_filters_leave_nothing(library):
    result = library.search(Query(text="crianza ", filters={"type": ("country",)}))
    assert (result.suggestion, result.corrected, result.total) == (None, None, 0)


def test_no_better_spelling_where_every_word_is_known_or_none_is_near(library):
    for text in ("crianza escuela educação ", "xyzzyplugh ", "xy ", "-violence -educação qqqqqq "):
        result = library.search(Query(text=text))
        assert (result.suggestion, result.total) == (None, 0)


def test_a_name_and_an_acronym_are_right_though_nothing_has_them(library):
    for text, right in (("crinaza ", {"crinaza"}), ("apoyo CRINAZA ", set())):
        result = library.search(Query(text=text, right=frozenset(right)))
        assert (result.suggestion, result.corrected, result.total) == (None, None, 0)
    assert library.search(Query(text="CRINAZA ")).total == 2  # all in capitals tells nothing
    assert library.search(Query(text="crinaza ", right=frozenset({"ternura"}))).total == 2


def test_several_words_are_corrected_together_and_the_rest_is_kept(library):
    result = library.search(Query(text="Crinaza, con ternrua "))
    assert result.suggestion == "crianza, con ternura "
    assert {hit.document.id for hit in result.hits} == {"es"}


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("Crianza positiva ", [("Crianza", ("positiva",), 2), ("positiva", ("Crianza",), 1)]),
        ("la crianza, POSITIVA  école ", [("la crianza,", ("POSITIVA", "école"), 2)]),
        ('ternura "apoyo a la crianza"', [('"apoyo a la crianza"', ("ternura",), 1)]),
        ("crianza xyzzy -ternura ", [("crianza -ternura", ("xyzzy",), 1)]),
        ("xyzzy-ternura crianza ", [("ternura crianza", ("xyzzy",), 1)]),
        ("crianza ternura-xyzzy ", [("crianza ternura", ("xyzzy",), 1)]),
        ('xyzzy-"apoyo a la crianza"', [('"apoyo a la crianza"', ("xyzzy",), 1)]),
        ("apoyo -apoyo-xyzzy ternura crianza ", [("-apoyo-xyzzy ternura crianza", ("apoyo",), 1)]),
        ('familias "apoyo a la crianza" crianza ', [('"apoyo a la crianza" crianza', ("familias",), 1)]),
        ("xyzzy ", []),
        ("xyzzy plugh ", []),
        ("crianza ", []),
    ],
)
def test_what_is_found_with_fewer_words_where_nothing_has_all_of_them(library, text, shorter):
    offered = fewer_words(Query(text=text), library.totals)
    assert list(offered[: len(shorter)]) == [Shorter(*one) for one in shorter]
    assert bool(offered) == bool(shorter)


def test_fewer_words_keep_the_filters(library):
    asked = Query(text="crianza positiva ", filters={"described_in": ("es",)})
    assert fewer_words(asked, library.totals) == (Shorter("crianza", ("positiva",), 1),)


def test_suggestions_are_titles_in_the_language_of_the_reader(engine):
    engine.rebuild(
        [
            document("a", page("es", "Crianza con ternura"), page("en", "Raising with tenderness")),
            document("b", page("pt", "Criar com ternura")),
            document("c", page("pt", "Criar com ternura")),
            document("d", page("fr", "Autre")),
        ]
    )
    assert set(engine.suggest("tern", "en")) == {"Raising with tenderness", "Criar com ternura"}
    assert engine.suggest("crianza con tern ", "es") == ("Crianza con ternura",)
    assert len(engine.suggest("cri", "es", limit=1)) == 1
    assert engine.suggest("  ", "es") == ()
    assert engine.suggest("zzz", "es") == ()
