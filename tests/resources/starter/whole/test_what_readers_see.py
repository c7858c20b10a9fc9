"""What readers are told, and not told, of records of the starter content."""

import pytest
from django.utils import translation

from resources.documents import build
from resources.models import (
    CountryPage,
    EvaluationPage,
    ProgrammePage,
    PublicationPage,
    StrategyPage,
    TrainingPage,
)
from resources.record.building import build_record
from tests.resources.starter.conftest import table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]


def documents(model) -> list:
    return list(build({str(page.translation_key) for page in model.objects.all()}))


def record(model, external_id: str):
    return build_record(model.objects.get(external_id=external_id), None)


def test_strategies_stand_in_the_order_of_the_package():
    pages = StrategyPage.objects.exclude(term=None).select_related("term")
    letters = {str(page.translation_key): page.term.letter for page in pages}
    ordered = sorted(documents(StrategyPage), key=lambda document: document.order)
    assert "".join(letters[document.id] for document in ordered[:7]) == "INSPIRE"
    assert {document.order for document in documents(PublicationPage)} == {0}


def test_descriptions_say_that_they_are_no_titles():
    described = {document.external_id for document in documents(PublicationPage) if document.described}
    assert "egm-brief-norms-values" in described
    assert record(PublicationPage, "egm-brief-norms-values").described
    assert not record(PublicationPage, "safecare-es-2012").described


def test_notes_to_ourselves_are_for_editors():
    shown = [page.pathfinding_note for page in CountryPage.objects.all()]
    assert not [note for note in shown if "seed" in note or "not stated" in note]
    assert CountryPage.objects.get(external_id="country-BR").pathfinding_note == ""
    colombia = CountryPage.objects.get(external_id="country-CO")
    assert colombia.review_notes == ""
    assert EvaluationPage.objects.get(external_id="murray-2015-tfcbt-zambia").authors == "Murray LK and colleagues"


def test_a_title_in_brackets_keeps_the_brackets_inside_it():
    cited = record(EvaluationPage, "moya-2022-semillas").citation.text
    assert "(results as presented in a seminar abstract)]." in cited


def test_half_an_address_is_no_link():
    page = EvaluationPage.objects.get(external_id="watts-2015-sasa-3ie")
    cut_off = {line for line in page.source_urls.splitlines() if line.endswith("...")}
    assert cut_off
    assert not cut_off & {source.url for source in record(EvaluationPage, page.external_id).sources}


def test_what_is_known_of_surveys_is_told():
    facts = {row["code"]: row for row in table("countries")}
    for code, row in facts.items():
        surveys = record(CountryPage, f"country-{code}").surveys
        assert bool(surveys) == (row["vacs"] != "no evidence found"), code
        assert [survey.headline.text for survey in surveys if survey.headline] == (
            [row["vacs_note"]] if row["vacs_note"] else []
        )
    colombia, haiti = record(CountryPage, "country-CO").surveys, record(CountryPage, "country-HT").surveys
    assert colombia[0].name.text == "2018"
    assert "first results presented July 2019" in colombia[0].headline.text
    assert (haiti[0].name, haiti[0].report_year) == (None, None), "no year is made up"
    for row in facts.values():
        if row["vacs"] == "yes" and not row["vacs_years"]:
            (survey,) = record(CountryPage, f"country-{row['code']}").surveys
            assert survey.name is None, row["code"]


def test_what_the_tables_say_of_surveys_is_told_in_the_language_of_the_reader():
    headlines = {row["vacs_note"] for row in table("countries")} - {""}
    for code in ("es", "fr", "pt", "ar"):
        with translation.override(code):
            shown = [record(CountryPage, page.external_id) for page in CountryPage.objects.exclude(external_id=None)]
        surveys = [survey for of in shown for survey in of.surveys]
        items = [item for survey in surveys for item in (survey.headline, survey.report_year) if item]
        assert {(item.lang, item.dir) for item in items} == {("", "")}, code
        assert not {item.text for item in items} & headlines
        glance = [item for of in shown for row in of.glance for item in row.items]
        assert {(item.lang, item.dir) for item in glance} == {("", "")}
    with translation.override("fr"):
        (zambia,) = record(CountryPage, "country-ZM").surveys
    assert zambia.report_year.text == "2018, 2015 (principaux résultats)"
    assert zambia.headline.text == "rapport complet déjà disponible en 2019"


def test_sessions_of_several_countries_name_them_all():
    sessions = record(TrainingPage, "san-salvador-2019").sessions
    of_three = next(session for session in sessions if session.title.text.startswith("End Violence and the experience"))
    assert of_three.country.split(", ") == ["El Salvador", "Honduras", "Mexico"]
    assert [session.country.count(", ") for session in sessions if session.country.count(", ")] == [8, 2, 8]


def test_every_source_of_a_rating_is_shown():
    ratings = {rating.scheme: rating for rating in record(ProgrammePage, "kiva").ratings}
    blueprints = ratings["Blueprints for Healthy Youth Development"]
    sources = {row["scheme"]: row["source_url"] for row in table("ratings") if row["programme_key"] == "kiva"}
    shown = [blueprints.source.url, *(more.url for more in blueprints.more_sources)]
    assert shown == sources["Blueprints for Healthy Youth Development"].split("|")


def test_a_rating_that_is_not_certain_is_not_shown():
    assert "Safe Futures Hub" not in {rating.scheme for rating in record(ProgrammePage, "impower-kenya").ratings}


def test_a_rating_read_elsewhere_says_so():
    rows = [row for row in table("ratings") if row["confidence"] != "low"]
    remarks = [rating.remarks for page in ProgrammePage.objects.all() for rating in build_record(page, None).ratings]
    assert len([of for of in remarks if of]) == len([row for row in rows if row["confidence"] == "medium"]) == 75
    ended = [of for of in remarks if "This scheme no longer operates." in of]
    assert len(ended) == len([row for row in rows if "NREPP" in row["scheme"]]) == 11
    nrepp = next(rating for rating in record(ProgrammePage, "safe-dates").ratings if rating.scheme == "SAMHSA NREPP")
    assert nrepp.remarks[0] == "As listed by blueprintsprograms.org; may be out of date."


def test_programmes_are_found_by_the_schemes_that_rate_them():
    bodies = {document.external_id: document.pages[0].body for document in documents(ProgrammePage)}
    for scheme, programme in (("NREPP", "safe-dates"), ("CEBC", "triple-p"), ("EIF", "triple-p")):
        assert scheme in bodies[programme]


def test_numbers_of_documents_are_read_and_found():
    found = {document.external_id: document for document in documents(PublicationPage)}
    for work, number in (("inspire-core-summary", "WHO/NMH/NVI/16.7"), ("respect-women", "WHO/RHR/18.19")):
        assert number in record(PublicationPage, work).summary
        assert any(number in text for page in found[work].pages for text in (page.summary,))
        assert number not in PublicationPage.objects.get(external_id=work).review_notes


def test_a_work_without_an_edition_in_the_language_of_its_page_is_called_as_the_next_language_calls_it():
    guide = record(PublicationPage, "child-maltreatment-guide-2006")
    assert (guide.title_lang, guide.title) == (
        "es",
        "Prevención del maltrato infantil: qué hacer, y cómo obtener evidencias",
    )
    assert guide.summary.startswith("Guide by World Health Organization and ")


def test_notes_beside_the_title_of_a_training_are_told_in_the_language_of_the_summary():
    summaries = {page.external_id: page.summary for page in TrainingPage.objects.all()}
    assert "In the province of Buenos Aires." in summaries["crianzas-sin-violencias-2020"]
    assert "On the virtual campus of the Pan American Health Organization." in summaries["cvsp-salud-mental-nna"]
    assert "Eight courses." in summaries["upou-crp-moocs-2015"]
    assert not [text for text in summaries.values() if "Campus Virtual" in text or "curso en línea" in text]
