"""What readers are told, and not told, of records of the starter content."""

import pytest

from resources.documents import build
from resources.models import CountryPage, EvaluationPage, PublicationPage, StrategyPage
from resources.record.building import build_record

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
    assert "August to November 2018" in colombia.review_notes
    assert [survey.headline for survey in colombia.surveys.all()] == [""]
    assert EvaluationPage.objects.get(external_id="murray-2015-tfcbt-zambia").authors == "Murray LK and colleagues"


def test_a_title_in_brackets_keeps_the_brackets_inside_it():
    cited = record(EvaluationPage, "moya-2022-semillas").citation.text
    assert "(results as presented in a seminar abstract)]." in cited


def test_half_an_address_is_no_link():
    page = EvaluationPage.objects.get(external_id="watts-2015-sasa-3ie")
    cut_off = {line for line in page.source_urls.splitlines() if line.endswith("...")}
    assert cut_off
    assert not cut_off & {source.url for source in record(EvaluationPage, page.external_id).sources}
