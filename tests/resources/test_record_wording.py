"""Words that stay as their source wrote them say in which language they are, whatever the reader's."""

import pytest
from django.urls import reverse

from resources.documents import build
from resources.helplines import helplines_by_country
from resources.models import Rating
from resources.record.texts import wording
from tests import factories
from tests.resources.admin_form import AdminForm
from tests.resources.record_page import Shown, show

pytestmark = pytest.mark.django_db

UNKNOWN = ("", "auto")


@pytest.fixture
def languages():
    """Code to language: one from right to left and one of signs among them."""
    return {
        code: factories.LanguageFactory(code=code, direction="rtl" if code == "ar" else "ltr", sign=code == "csn")
        for code in ("en", "nl", "ar", "csn")
    }


def marked(shown: Shown, text: str) -> tuple[str | None, str | None]:
    """`lang` and `dir` of the innermost element that holds just this text."""
    (node,) = shown.soup.main.find_all(string=text)
    element = node.find_parent(["bdi", "a"])
    if element.parent.name == "a":
        element = element.parent
    return element.get("lang"), element.get("dir")


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Effective", "en", ("en", "ltr")),
        ("فعال", "ar", ("ar", "rtl")),
        ("Effective", None, UNKNOWN),
        ("Effective", "csn", UNKNOWN),
        ("3.8-3.9", "en", ("", "")),
        ("24/7", None, ("", "")),
        ("٢٤/٧", "ar", ("", "")),
    ],
)
def test_words_are_in_their_language_and_numbers_in_none(languages, text, code, expected):
    item = wording(text, languages.get(code))
    assert (item.text, item.lang, item.dir) == (text, *expected)


def test_no_words_are_nothing(languages):
    assert wording("", languages["en"]) is None


def test_a_rating_is_in_the_language_of_its_scheme_and_what_is_told_of_it_in_its_own(client, languages):
    page = factories.ProgrammePageFactory(organisations_text="Teams of the towns")
    factories.RatingFactory(
        page=page,
        topic_area="Criminaliteit",
        level="Effectief volgens sterke aanwijzingen",
        wording_language=languages["nl"],
        population="Parents",
        harm_noted=True,
        harm_reason="One measure moved the wrong way.",
        description_language=languages["en"],
    )
    factories.RatingFactory(page=page, level="Well supported", topic_area="3 - 4")

    shown = show(client, page, "ar")

    assert marked(shown, "Criminaliteit") == marked(shown, "Effectief volgens sterke aanwijzingen") == ("nl", "ltr")
    assert marked(shown, "Parents") == marked(shown, "One measure moved the wrong way.") == ("en", "ltr")
    assert marked(shown, "Well supported") == UNKNOWN
    assert marked(shown, "3 - 4") == (None, None)
    assert marked(shown, "Teams of the towns") == UNKNOWN


def test_an_evaluation_names_design_and_measures_in_the_language_of_the_study(client, languages):
    page = factories.EvaluationPageFactory(design_as_stated="before and after", wording_language=languages["en"])
    factories.EvaluationOutcomeFactory(page=page, measured="ضرب|صراخ", wording_language=languages["ar"])
    factories.EvaluationOutcomeFactory(page=page, measured="shouting")

    shown = show(client, page, "es")

    assert marked(shown, "before and after") == ("en", "ltr")
    assert marked(shown, "ضرب; صراخ") == ("ar", "rtl")
    assert marked(shown, "shouting") == UNKNOWN


def test_sessions_and_materials_are_in_the_language_they_were_written_in(client, languages):
    page = factories.TrainingPageFactory(audience_text="trainers", wording_language=languages["en"])
    session = factories.SessionFactory(
        page=page,
        title="Opening",
        speakers_text="Somebody, who spoke",
        languages=[factories.LanguageFactory(code="es")],
        wording_language=languages["en"],
    )
    for code, title in (("ar", "عرض"), ("csn", "Signed"), ("en", "")):
        factories.SessionMaterialFactory(session=session, language=languages[code], title=title)

    shown = show(client, page, "es")

    assert marked(shown, "trainers") == marked(shown, "Opening") == marked(shown, "Somebody, who spoke")
    assert marked(shown, "Opening") == ("en", "ltr")
    assert marked(shown, "عرض") == ("ar", "rtl")
    assert marked(shown, "Signed") == UNKNOWN
    (row,) = shown.record.sessions
    assert (row.materials[2].link.lang, row.materials[2].link.dir) == ("", ""), "a word of the interface"


def test_a_country_page_keeps_the_words_of_its_sources(client, languages):
    page = factories.CountryPageFactory(
        country=factories.CountryFactory(), pathfinding_note="year not stated", wording_language=languages["en"]
    )
    factories.SurveyFactory(page=page, year="2018", report_year="2019 (first findings)", headline="One in three.")
    factories.SurveyFactory(page=page, year="", report_year="2021", report_url="https://survey.example/2021")
    factories.SurveyFactory(page=page, year="2023", report_url="https://survey.example/2023")

    shown = show(client, page, "ar")

    assert marked(shown, "year not stated") == marked(shown, "2019 (first findings)") == ("en", "ltr")
    assert marked(shown, "One in three.") == ("en", "ltr")
    assert shown.record.surveys[0].name.dir == ""
    assert shown.record.surveys[1].name is None, "the year of a report is not that of the survey"
    assert shown.record.surveys[1].report_year.text == "2021"
    assert {"https://survey.example/2021", "https://survey.example/2023"} <= set(shown.links)


def test_a_helpline_keeps_the_words_of_its_source(client, languages):
    page = factories.helplines_page("ar")
    factories.HelplineFactory(
        name="De Kindertelefoon",
        name_language=languages["nl"],
        hours="office hours",
        coverage="the capital",
        wording_language=languages["en"],
    )
    factories.HelplineFactory(name="911", hours="24/7", coverage="7")

    shown = Shown(client.get(page.get_url()))

    assert marked(shown, "De Kindertelefoon") == ("nl", "ltr")
    assert marked(shown, "office hours") == marked(shown, "the capital") == ("en", "ltr")
    assert marked(shown, "24/7") == (None, None)
    assert marked(shown, "7") == UNKNOWN
    assert helplines_by_country()[0].helplines[0].number == "141"


def test_a_reference_is_in_no_language_that_anybody_noted(client):
    page = factories.PracticePageFactory(source_urls="Report of the workshop\nhttps://www.source.example/a")

    shown = show(client, page, "es")

    assert marked(shown, "Report of the workshop") == UNKNOWN
    assert marked(shown, "source.example") == (None, None)


def test_a_citation_is_in_the_language_of_the_title_it_names(client, languages):
    publication = factories.PublicationPageFactory(title="INSPIRE", language="es")
    factories.EditionFactory(page=publication, language="ar", title="إنسباير")
    practice = factories.PracticePageFactory(title="In our town", language="en")
    given = factories.EvaluationPageFactory(citation="Somebody 2012. A study.")
    kept = factories.PublicationPageFactory(title="Handbook", language="en", title_language=languages["en"])
    factories.EditionFactory(page=kept, language="ar", title="Handbook")

    def cited(page, locale):
        area = show(client, page, locale).soup.find(id="citation-text")
        return area["lang"], area["dir"]

    assert cited(publication, "es") == ("ar", "rtl")
    assert cited(kept, "en") == ("en", "ltr"), "an Arabic edition that keeps its English title"
    assert cited(practice, "en") == ("en", "auto")
    assert cited(practice, "ar") == UNKNOWN, "the hub's name in Arabic after a title in English"
    assert cited(given, "es") == UNKNOWN


def test_an_editor_says_in_which_language_the_words_are_but_in_none_of_signs(editor, languages):
    strategy = factories.StrategyFactory()
    page = factories.ProgrammePageFactory(strategies=[strategy])
    words = {"scheme": "CEBC", "level": "Supported", "description_language": ""}
    for code, saved in (("csn", []), ("en", ["en"])):
        form = AdminForm(editor, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        form.add_row("ratings", **words, wording_language=languages[code].pk).send()
        assert [rating.wording_language.code for rating in Rating.objects.filter(page=page)] == saved


def test_a_title_is_in_no_sign_language(client, languages):
    page = factories.PublicationPageFactory(language="es", title="Crianza")
    factories.EditionFactory(page=page, language=languages["csn"], title="Crianza")
    assert show(client, page, "es").soup.h1["lang"] == "es"


def test_a_name_kept_as_it_is_says_its_language_wherever_it_stands(client, languages):
    programme = factories.ProgrammePageFactory(title="أسرتي", language="en", title_language=languages["ar"])
    factories.ProgrammePageFactory(title="أسرتي", language="fr", translation_of=programme)
    factories.ProgrammePageFactory(title="Minha família", language="pt", translation_of=programme)
    factories.EditionFactory(page=programme, language=languages["en"], title="أسرتي")
    factories.EditionFactory(page=programme, language=languages["nl"], title="Mijn gezin")
    other = factories.PublicationPageFactory(language="en")
    factories.RelatedWorkFactory(page=other, target=programme)

    titles = {"en": ("ar", "rtl"), "es": ("pt", "ltr"), "fr": ("ar", "rtl"), "pt": ("pt", "ltr")}
    for locale, expected in titles.items():
        shown = show(client, programme, locale)
        assert (shown.soup.h1["lang"], shown.soup.h1["dir"]) == expected, locale
        assert {row.title: row.lang for row in shown.record.editions} == {"أسرتي": "ar", "Mijn gezin": "nl"}
        ((link,),) = [group.items for group in show(client, other, locale).record.related]
        assert (link.lang, link.dir) == (("", "") if expected[0] == locale else expected), locale
    (document,) = build([str(programme.translation_key)])
    written = {page.locale: page.language_of_title for page in document.pages}
    assert written == {"en": "ar", "fr": "ar", "pt": "pt"}


def test_an_edition_may_have_a_title_in_another_language(client, languages):
    page = factories.PublicationPageFactory(title="INSPIRE: media note", language="en")
    note = {"page": page, "url": "https://example.org/note", "title": "Media note (Arabic)"}
    factories.EditionFactory(language=languages["ar"], title_language=languages["en"], **note)
    shown = show(client, page, "ar")
    assert [(row.lang, row.dir, row.language_code) for row in shown.record.editions] == [("en", "ltr", "ar")]
    area = shown.soup.find(id="citation-text")
    assert (area["lang"], area["dir"]) == ("en", "ltr")
    (document,) = build([str(page.translation_key)])
    assert {one.title: one.language for one in document.materials if one.title} == {"Media note (Arabic)": "en"}
    assert {one.language: one.url for one in document.materials if one.available} == {"ar": "https://example.org/note"}


def test_a_link_to_a_work_is_in_the_language_that_its_edition_says(client, languages):
    page = factories.PublicationPageFactory(title="Media note", language="es")
    factories.EditionFactory(page=page, language=languages["ar"], title_language=languages["en"], title="Media note")
    other = factories.PublicationPageFactory(language="es")
    factories.RelatedWorkFactory(page=other, target=page)
    ((link,),) = [group.items for group in show(client, other, "es").record.related]
    assert (link.lang, link.dir) == ("en", "ltr") == (show(client, page, "es").soup.h1["lang"], "ltr")


def test_the_title_of_a_film_in_signs_is_in_the_language_of_the_record(client, languages):
    page = factories.PublicationPageFactory(language="en", title="أسرتي", title_language=languages["ar"])
    for title in ("أسرتي", "Signed"):
        factories.EditionFactory(page=page, language=languages["csn"], title=title)
    rows = {row.title: (row.lang, row.dir) for row in show(client, page, "es").record.editions}
    assert rows == {"أسرتي": ("ar", "rtl"), "Signed": UNKNOWN}
