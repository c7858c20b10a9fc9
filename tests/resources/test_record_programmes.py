"""What programme and evaluation pages say beside their prose."""

import datetime

import pytest

from resources.search import WorkSource
from search.engines import get_engine
from tests import factories
from tests.resources.record_page import show

pytestmark = pytest.mark.django_db


def test_a_programme_at_a_glance(client):
    page = factories.ProgrammePageFactory(
        countries=[factories.CountryFactory(code="PE"), factories.CountryFactory(code="BO")],
        age_from=10,
        age_to=14,
        start_year=1999,
        status="active",
        scale="national",
        delivered_by="both",
        cost_band="low",
        evidence_level=factories.EvidenceLevelFactory(key="promising"),
        evaluation_status=factories.EvaluationStatusFactory(key="evaluated"),
        website="https://www.programme.example/about",
        organisations_text="Municipal teams",
        reach="Forty towns.\n\nTen countries.",
    )
    factories.OrganisationRoleFactory(
        page=page, organisation=factories.OrganisationFactory(key="who"), role="developer"
    )
    factories.EditionFactory(page=page, language="pt")
    factories.EditionFactory(page=page, language="en")
    factories.EditionFactory(page=page, language="fr", status="planned")

    shown = show(client, page)

    assert shown.glance() == {
        "Countries": ["Bolivia", "Peru"],
        "Ages": ["10 to 14 years"],
        "Years": ["Since 1999"],
        "Status": ["Active"],
        "Scale": ["National"],
        "Delivered by": ["Government and civil society"],
        "Developer": ["Who (en)"],
        "Organisations as the source names them": ["Municipal teams"],
        "Cost": ["Low cost"],
        "Evidence on the INSPIRE scale": ["Promising (en)"],
        "Evaluation status": ["Evaluated (en)"],
        "Languages of the material": ["English", "Portuguese"],
        "Website": ["programme.example"],
    }
    assert "/en/search/?country=BO" in shown.links
    assert "/en/search/?evidence=promising" in shown.links
    assert "/en/organisations/who/" in shown.links
    (reach,) = shown.record.sections
    assert (reach.heading, reach.paragraphs) == ("Reach", ("Forty towns.", "Ten countries."))


@pytest.mark.parametrize(
    ("fields", "ages"),
    [
        ({"age_from": 0}, "From 0 years of age"),
        ({"age_to": 8}, "Up to 8 years of age"),
        ({"age_from": 0, "age_to": 3}, "0 to 3 years"),
    ],
)
def test_ages_known_in_part(client, fields, ages):
    assert show(client, factories.ProgrammePageFactory(**fields)).glance()["Ages"] == [ages]


def test_what_is_not_known_says_nothing(client):
    shown = show(client, factories.ProgrammePageFactory())

    assert shown.glance() == {}
    assert "Evidence" not in shown.main
    assert "None" not in shown.main
    assert shown.soup.find(class_="glance") is None


def test_ratings_stand_side_by_side_and_harm_is_said_plainly(client):
    page = factories.ProgrammePageFactory()
    factories.RatingFactory(
        page=page,
        scheme="CrimeSolutions",
        level="No effects",
        rated_on="2011-06-10",
        reviewed_on="2020-03",
        valid_until=datetime.date(2027, 1, 31),
        population="Young people aged 8 to 17",
        harm_noted=True,
        harm_reason="More offences among those who took part.",
        source_url="https://crimesolutions.example/1",
    )
    factories.RatingFactory(page=page, scheme="CEBC", level="NR", rated_on="2019", harm_reason="Not asked.")

    shown = show(client, page)

    first, second = shown.record.ratings
    assert (first.date, first.reviewed, first.valid_until) == ("10 June 2011", "March 2020", "31 January 2027")
    assert (second.date, second.harm_noted, second.harm_reason) == ("2019", False, None)
    assert "Harm was noted" in shown.main
    assert "More offences among those who took part." in shown.main
    assert shown.main.count("Harm was noted") == 1
    assert [link.get_text() for link in shown.soup.select(".rating h3 a")] == []
    source = shown.soup.find("a", href="https://crimesolutions.example/1")
    assert source.parent.get_text() == "Source: crimesolutions.example"
    assert "evidence" not in {group.facet for group in shown.record.classification}


def test_a_rating_that_may_no_longer_hold_says_why(client):
    page = factories.ProgrammePageFactory()
    listed = {"source_url": "https://www.registry.example/a", "may_be_outdated": True}
    factories.RatingFactory(page=page, scheme="SAMHSA NREPP", level="2.9", scheme_ended=True, **listed)
    factories.RatingFactory(page=page, scheme="CEBC", level="1", may_be_outdated=True)
    factories.RatingFactory(page=page, scheme="Blueprints", level="Model")
    shown = show(client, page)
    assert [rating.remarks for rating in shown.record.ratings] == [
        ("As listed by registry.example; may be out of date.", "This scheme no longer operates."),
        ("May be out of date.",),
        (),
    ]
    assert "This scheme no longer operates." in shown.main


def test_a_programme_is_found_by_the_schemes_that_rate_it(client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    factories.RatingFactory(page=factories.ProgrammePageFactory(title="Rated"), scheme="SAMHSA NREPP", level="2.9")
    factories.ProgrammePageFactory(title="Not rated")
    get_engine().rebuild(WorkSource().documents())
    html = client.get("/en/search/?q=nrepp").content.decode()
    assert "Rated" in html
    assert "Not rated" not in html


def test_an_evaluation_tells_who_studied_what_and_what_they_found(client):
    page = factories.EvaluationPageFactory(
        title="A trial",
        authors="Orpinas P; Ambrose A",
        year=2014,
        design=factories.StudyDesignFactory(key="pre-post"),
        design_as_stated="before and after",
        open_access=True,
        sample="Two hundred families.",
    )
    outcome = factories.OutcomeFactory(key="parenting")
    factories.EvaluationOutcomeFactory(
        page=page,
        outcome=outcome,
        direction="mixed",
        measured="parental hostility|family time",
        intervention=factories.InterventionFactory(key="groups"),
    )
    factories.EvaluationOutcomeFactory(page=page, direction="")

    shown = show(client, page)

    assert shown.glance()["Authors"] == ["Orpinas P", "Ambrose A"]
    assert shown.glance()["Year"] == ["2014"]
    assert shown.glance()["Study design"] == ["Pre-Post (en)"]
    assert shown.glance()["Access"] == ["Open access"]
    first, second = shown.record.outcomes
    assert (first.outcome.text, first.direction_label, first.measured.text) == (
        "Parenting (en)",
        "Mixed",
        "parental hostility; family time",
    )
    assert first.intervention.url == "/en/search/?intervention=groups"
    assert (second.direction_key, second.direction_label, second.intervention) == ("", "Not stated", None)
    facets = {group.facet: [item.text for item in group.items] for group in shown.record.classification}
    assert facets["design"] == ["Pre-Post (en)"]
    assert facets["intervention"] == ["Groups (en)"]
    assert "Parenting (en)" in facets["outcome"]
    assert show(client, factories.EvaluationPageFactory(open_access=False)).glance()["Access"] == ["Not open access"]


def test_classification_is_read_from_the_original_by_every_translation(client):
    topic = factories.TopicFactory(key="financing")
    original = factories.ProgrammePageFactory(topics=[topic], strategies=[factories.StrategyFactory(key="s-one")])
    factories.EditionFactory(page=original, language="fr")
    translation = factories.ProgrammePageFactory(translation_of=original, language="ar")

    def seen(locale):
        record = show(client, translation, locale).record
        facets = {group.facet: [item.url for item in group.items] for group in record.classification}
        return facets, [edition.language_code for edition in record.editions]

    assert seen("ar") == (
        {"strategy": ["/ar/search/?strategy=s-one"], "topic": ["/ar/search/?topic=financing"]},
        ["fr"],
    )
    original.topics = []
    original.save()
    assert "topic" not in seen("ar")[0]
