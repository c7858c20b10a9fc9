"""What the hub holds after a load of the whole starter content."""

import json
from collections import Counter

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count
from wagtail.models import Locale, Page, Revision, Site

from home.models import HomePage, StandardPage
from resources.models import (
    PAGE_MODELS,
    CatalogueIndexPage,
    Country,
    CountryPage,
    Edition,
    EvaluatedProgramme,
    EvaluationOutcome,
    EvaluationPage,
    ExpertPage,
    Helpline,
    HelplinesPage,
    Language,
    Organisation,
    OrganisationRole,
    PracticePage,
    ProgrammePage,
    PublicationPage,
    Rating,
    Session,
    SessionMaterial,
    StarterRecord,
    StrategyPage,
    Survey,
    TrainingPage,
)
from resources.models.registry import TERM_MODELS
from resources.starter.facts import CLASSIFICATION
from search.languages import LOCALES
from tests.resources.starter.conftest import DATA, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]

TYPES = {
    "programmes": ProgrammePage,
    "evaluations": EvaluationPage,
    "publications": PublicationPage,
    "practices": PracticePage,
    "trainings": TrainingPage,
    "countries": CountryPage,
}


def originals(model):
    return [page for page in model.objects.all() if page.is_original]


# Every row


@pytest.mark.parametrize(("name", "model"), TYPES.items())
def test_every_row_is_a_work_published_or_a_draft(hub, name, model):
    rows = table(name)
    column = {"publications": "work_key", "countries": "code"}.get(name, "key")
    keys = {row[column] for row in rows}
    low = {row[column] for row in rows if row["confidence"] == "low"}
    assert len(originals(model)) == len(keys)
    assert {page.slug for page in model.objects.all()} == {key.lower() for key in keys}
    assert {page.slug for page in model.objects.filter(live=False)} == low
    assert hub.number(name, "created") == len(keys) - len(low)
    assert hub.number(name, "draft") == len(low)


def test_every_outcome_edition_and_session_is_there_and_every_rating_that_is_certain(hub):
    for file, model in (("ratings", Rating), ("evaluation_outcomes", EvaluationOutcome), ("sessions", Session)):
        rows = [row for row in table(file) if file != "ratings" or row["confidence"] != "low"]
        assert model.objects.count() == len(rows) == hub.number(file, "created")
    publications = Edition.objects.filter(page__in=PublicationPage.objects.all())
    assert publications.count() == len(table("publications")) == hub.number("editions", "created")


@pytest.mark.parametrize("name", ["strategies", "interventions", "outcomes", "evidence_levels", "organisations"])
def test_facts_behind_vocabularies_are_terms(name):
    from resources.starter.content import TERMS, VOCABULARIES

    keys = set(TERMS[VOCABULARIES[name]].objects.values_list("key", flat=True))
    assert {row["key"] for row in table(name)} <= keys


def test_every_classification_is_on_its_record():
    from resources.starter.content import read_content
    from resources.starter.facts import Facts

    facts = Facts(read_content(DATA))
    works = {page.external_id: page for name in TYPES for page in TYPES[name].objects.all()}
    for row in facts.content.records["classification"]:
        page = works[facts.external_id(row["file"], row["key"])]
        for column in CLASSIFICATION:
            assert sorted(row[column]) == sorted(term.key for term in getattr(page, column).all()), (row, column)
        if row["file"] == "programmes" and row["ages"]:
            assert (page.age_from, page.age_to) == row["ages"]


def test_the_summary_names_every_kind(hub):
    told = "\n".join(hub.lines())
    assert "Programmes: 100 created, 2 kept as drafts" in told
    assert "the sources say too little, confidence is low (2): pim, plan-z" in told
    assert f"Ratings, on their programmes: {len(table('ratings')) - 1} created, 1 left out" in told
    assert "confidence is low (1): impower-kenya, Safe Futures Hub" in told
    assert "not certain enough (42)" in told


# Every page


COMPARED = 10  # pages of a type whose revision is compared: each takes fifty queries


def test_every_page_is_valid_and_its_revision_is_what_is_stored():
    compared = Counter()
    for page in Page.objects.filter(depth__gt=1).select_related("latest_revision").specific():
        revision = page.latest_revision
        assert page.live_revision_id == (revision.pk if page.live else None)
        assert page.has_unpublished_changes != page.live
        assert bool(page.first_published_at) == page.live
        page.full_clean()
        compared[type(page)] += 1
        if compared[type(page)] > COMPARED:
            continue
        revision.as_object().full_clean()
        stored = type(page).objects.get(pk=page.pk).serializable_data()
        stored = json.loads(json.dumps(stored, cls=DjangoJSONEncoder))
        for name in ("latest_revision", "live_revision", "latest_revision_created_at", "numchild"):
            stored.pop(name), revision.content.pop(name)
        for content in (stored, revision.content):
            content["body"] = json.loads(content.get("body", "null"))  # PostgreSQL orders the keys in it
        assert stored == revision.content, page


ROWS = (Edition, EvaluatedProgramme, EvaluationOutcome, OrganisationRole, Rating, Session, SessionMaterial, Survey)


@pytest.mark.parametrize("model", [*ROWS, Helpline, Language, Country, *TERM_MODELS])
def test_every_row_passes_the_checks_of_its_form(model):
    rows = model.objects.all()
    assert rows
    for row in rows:
        row.full_clean()


def test_one_revision_a_page_and_slugs_of_ascii():
    counts = Counter(Revision.objects.values_list("object_id", flat=True))
    assert set(counts.values()) == {1}
    assert all(slug.isascii() for slug in Page.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("model", PAGE_MODELS)
def test_pages_can_be_published_again(model):
    page = model.objects.filter(live=True).order_by("pk").first()
    editions = page.editions.count()
    page.title += " changed"
    page.save_revision().publish()
    again = model.objects.get(pk=page.pk)
    assert again.live and again.title.endswith(" changed") and again.editions.count() == editions


def test_drafts_can_be_published():
    page = ProgrammePage.objects.get(external_id="pim")
    page.get_latest_revision().publish()
    assert ProgrammePage.objects.get(pk=page.pk).live


def test_external_ids_are_those_of_the_files_with_the_type_where_two_files_share_a_key():
    ids = [page.external_id for model in PAGE_MODELS for page in originals(model)]
    assert len(ids) == len(set(ids)) and all(ids)
    assert {"kiva", "country-BO", "norms-values", "example-expert-1", "inspire-core"} <= set(ids)
    assert {"programme-abrindo-espacos", "publication-abrindo-espacos", "training-inspire-mooc"} <= set(ids)
    assert "abrindo-espacos" not in ids


# Structure


def test_home_lists_and_plain_pages_are_translations_of_one_another():
    for model, kinds in ((HomePage, 1), (CatalogueIndexPage, 8), (HelplinesPage, 1), (StandardPage, 3)):
        groups = model.objects.values("translation_key").annotate(locales=Count("locale", distinct=True)).order_by()
        assert [group["locales"] for group in groups] == [len(LOCALES)] * kinds
        assert not model.objects.filter(live=False).exists()
    assert set(CatalogueIndexPage.objects.values_list("type", flat=True)) == set(CatalogueIndexPage.Type.values)


def test_the_site_begins_at_the_spanish_home_page():
    site = Site.objects.get()
    assert (site.hostname, site.site_name, site.is_default_site) == ("localhost", "INSPIRE", True)
    assert site.root_page.specific.title == "Portal INSPIRE"
    assert not Page.objects.filter(title__startswith="Welcome to").exists()
    paths = {page.locale.language_code: page.get_url() for page in HomePage.objects.select_related("locale")}
    assert paths == {code: f"/{code}/" for code in LOCALES}


def test_strategy_pages_are_whole_in_five_languages():
    pages = StrategyPage.objects.select_related("locale").all()
    assert len(pages) == 45
    assert Counter(page.locale.language_code for page in pages) == dict.fromkeys(LOCALES, 9)
    assert all(page.live and page.summary and page.objective and page.why_it_matters for page in pages)
    for page in pages:
        assert "<li>" in page.indicators and page.interventions_text.startswith("<p>")
        headings = page.interventions_text.count("<h3>")
        assert headings == page.work.interventions.count()
        assert page.get_parent().specific.type == "strategy"
        assert page.work.term.key == page.work.work_id
        assert page.is_original == (page.locale.language_code == "es") == bool(page.strategies.count())


def test_examples_of_experts_are_six_in_five_languages_and_say_so():
    pages = ExpertPage.objects.select_related("locale").all()
    assert len(pages) == 30 and len(originals(ExpertPage)) == 6
    assert all(page.live and page.example for page in pages)
    words = {"es": "Ejemplo", "en": "Example", "fr": "Exemple", "pt": "Exemplo", "ar": "مثال"}
    assert all(page.title.startswith(words[page.locale.language_code]) for page in pages)
    assert all(page.languages.count() and page.roles for page in originals(ExpertPage))


# Works


def test_rows_of_one_work_are_its_editions():
    page = PublicationPage.objects.get(external_id="inspire-core")
    assert [edition.language.code for edition in page.editions.all()] == ["en", "es", "fr", "pt"]
    english = page.editions.all()[0]
    assert page.title == english.title == "INSPIRE: seven strategies for ending violence against children"
    assert (page.kind, page.year) == ("technical-package", 2016)
    spanish = page.editions.all()[1]
    assert spanish.title.startswith("INSPIRE. Siete estrategias")
    assert spanish.url == "" and "scribd.com" in spanish.unofficial_url, "an unofficial copy is no link"
    assert spanish.isbn.startswith("978")
    assert {role.organisation.key for role in page.organisation_roles.all()} == {"who", "paho", "nev-usp"}
    assert "published in 2016" in page.summary and "English, Spanish, French and Portuguese" in page.summary


def test_links_are_shown_only_where_they_are_the_publisher_s_own():
    for row in table("publications"):
        edition = Edition.objects.filter(
            page__in=PublicationPage.objects.filter(slug=row["work_key"]), language__code=row["language"]
        )
        expected = row["url"] if row["url_kind"] in ("page", "doi") else ""
        assert expected in {one.url for one in edition}
    for row in table("programmes"):
        page = ProgrammePage.objects.get(slug=row["key"])
        assert page.website == (row["url"] if row["url_kind"] in ("page", "doi") else "")


def test_titles_that_only_describe_say_so():
    described = {page.external_id for page in EvaluationPage.objects.filter(described_title=True)}
    assert {"altafim-2025-act-brazil", "nfp-18-years-2019", "moya-2022-semillas"} <= described
    page = EvaluationPage.objects.get(external_id="altafim-2025-act-brazil")
    assert page.title.startswith("Randomized controlled trial of the ACT Raising Safe Kids parenting programme")
    assert page.review_notes.startswith("About the title: full title not seen")
    assert page.editions.get().described_title
    for model in PAGE_MODELS:
        for title in model.objects.values_list("title", flat=True):
            assert not title.startswith("(") and "not seen" not in title and "descriptive" not in title
    assert Session.objects.filter(described_title=True).count() == 8
    assert not Session.objects.filter(title__startswith="(").exists()


def test_sources_are_addresses_or_the_plain_names_of_documents():
    page = PracticePage.objects.get(external_id="spotlight-jamaica-committees")
    assert page.source_urls == "Spotlight Initiative learning brief"
    names = {line for model in PAGE_MODELS for page in originals(model) for line in page.source_urls.splitlines()}
    plain = {name for name in names if not name.startswith("http")}
    unofficial = {name for name in plain if " " not in name}
    assert (
        "docslib.org" in unofficial
        and len(plain - unofficial) == 5
        and not any(name.endswith(".txt") for name in plain)
    )


def test_ratings_stand_side_by_side_and_harm_has_its_reason():
    kiva = ProgrammePage.objects.get(external_id="kiva")
    assert [rating.scheme for rating in kiva.ratings.all()] == [
        row["scheme"] for row in table("ratings") if row["programme_key"] == "kiva"
    ]
    harm = Rating.objects.filter(harm_noted=True)
    assert {rating.page.external_id for rating in harm} == {"kiva", "scared-straight"}
    assert "bystander behaviour in grades 8 and 9" in kiva.ratings.get(harm_noted=True).harm_reason
    assert all(rating.harm_reason for rating in harm)
    assert ProgrammePage.objects.filter(evidence_level__key="promising").count() == 2
    assert ProgrammePage.objects.filter(evidence_level=None).count() == 100


def test_evaluations_point_to_programmes_and_tell_how_far_these_are_evaluated():
    page = EvaluationPage.objects.get(external_id="valenzuela-2022-kiva-chile")
    assert [link.target.external_id for link in page.evaluated_programmes.all()] == ["kiva"]
    assert (page.design.key, page.design_as_stated, page.year) == ("cluster-rct", "cluster RCT", 2022)
    assert page.editions.get().doi == "10.1007/s11121-022-01379-z"
    assert [outcome.direction for outcome in page.outcomes.all()] == [
        row["direction"] for row in table("evaluation_outcomes") if row["evaluation_key"] == page.external_id
    ]
    status = {
        page.external_id: page.evaluation_status and page.evaluation_status.key for page in ProgrammePage.objects.all()
    }
    assert status["kiva"] == "evaluated" and status["scared-straight"] is None
    assert {key for key, value in status.items() if value == "under-way"} == {"manhood-2"}
    assert {status[key] for key in ("apapacho", "maan-jordan", "metrocable-medellin")} == {None}, (
        "no effect is measured"
    )
    assert EvaluationPage.objects.get(external_id="pinheiro-carozzo-2021-familias-fortes").design is None


def test_programmes_have_an_edition_a_language_without_links():
    page = ProgrammePage.objects.get(external_id="primeiros-lacos")
    rows = {row["key"]: row for row in table("programmes")}
    for page in ProgrammePage.objects.all():
        codes = [code for code in rows[page.slug]["languages_of_materials"].split("|") if code]
        assert [edition.language.code for edition in page.editions.all()] == codes
        assert not any(edition.public_url for edition in page.editions.all())
    sectors = ProgrammePage.objects.get(external_id="criando-con-amor").sectors.all()
    assert {sector.key for sector in sectors} <= {"health", "education", "social-protection", "justice", "labour"}


def test_dates_and_states_of_trainings():
    def facts(key):
        page = TrainingPage.objects.get(slug=key)
        return page.kind, page.status, page.start_date and page.start_date.isoformat(), page.only_year

    assert facts("san-salvador-2019") == ("workshop", "held", "2019-11-12", False)
    assert facts("upou-crp-moocs-2015") == ("mooc", "", "2015-01-01", True)
    assert facts("tot-2021") == ("training-of-trainers", "held", "2021-01-01", True)
    assert facts("buenos-aires-2024") == ("meeting", "planned", "2024-06-26", False)
    assert facts("windhoek-planned") == ("course", "planned", None, False)
    assert facts("iwg-2024-q1") == ("meeting", "planned", "2024-02-28", False), "its source is older"
    announced = TrainingPage.objects.get(slug="iwg-2024-q1").summary
    assert announced.endswith("It was announced; whether it took place was not verified.")
    assert TrainingPage.objects.get(slug="windhoek-planned").date_to_be_announced
    page = TrainingPage.objects.get(slug="colombia-2020-planned")
    assert page.title == "2nd INSPIRE Regional Workshop for South America"
    assert "whether it took place was not verified" in page.summary
    assert "12 November 2019 to 15 November 2019" in TrainingPage.objects.get(slug="san-salvador-2019").summary
    assert not TrainingPage.objects.filter(title__contains="(").exists()


def test_sessions_stand_on_their_event_in_order():
    sessions = list(TrainingPage.objects.get(slug="san-salvador-2019").sessions.all())
    assert [session.title for session in sessions][:2] == [
        "Manifesto Against Violence",
        "Accelerating action to end violence against children",
    ]
    assert sessions[0].country.code == "SV" and sessions[1].described_title
    assert [material.kind for material in sessions[0].materials.all()] == ["folder"]
    assert [language.code for language in sessions[0].languages.all()] == ["es"]
    assert {strategy.key for strategy in sessions[13].strategies.all()} == {
        "education-life-skills",
        "safe-environments",
    }


def test_countries_have_their_surveys():
    assert CountryPage.objects.count() == len(LOCALES) * len(originals(CountryPage))
    zimbabwe = CountryPage.objects.get(external_id="country-ZW")
    assert [(survey.year, survey.report_year) for survey in zimbabwe.surveys.all()] == [("2011", ""), ("2017", "2019")]
    zambia = CountryPage.objects.get(external_id="country-ZM")
    assert [(survey.year, survey.report_year) for survey in zambia.surveys.all()] == [("", "2018|2015 (key findings)")]
    brazil = CountryPage.objects.get(external_id="country-BR")
    assert (brazil.title, brazil.pathfinding, brazil.pathfinding_since) == ("Brasil", "yes", 2017)
    assert {page.locale.language_code: page.title for page in brazil.get_translations(inclusive=True)} == {
        "es": "Brasil", "en": "Brazil", "fr": "Brésil", "pt": "Brasil", "ar": "البرازيل",
    }  # fmt: skip
    assert brazil.get_translation(Locale.objects.get(language_code="fr")).specific.summary.endswith("depuis 2017.")
    assert zimbabwe.summary.endswith("(VACS): 2011 y 2017.")
    assert CountryPage.objects.get(external_id="country-AR").pathfinding == "city"
    assert [country.code for country in brazil.countries.all()] == ["BR"]
    assert Country.objects.count() > 200


def test_helplines_say_where_they_serve_and_when_their_source_was_read():
    places = dict(Helpline.objects.exclude(coverage="").values_list("number", "coverage"))
    assert places == {
        "106": "Bogotá",
        "116": "Kurdistan Region",
        "800 700": "Sharjah",
        "800111": "Dubai",
        "800988": "Dubai",
    }
    line = Helpline.objects.get(country__code="AE", number="800111")
    assert line.free and line.source_read.isoformat() == "2022-05-18" and line.source_url.startswith("https://")
    assert {language.code for language in line.languages.all()} == {"ar", "en"}
    assert Helpline.objects.get(country__code="MX", number="911").kind == "emergency"


def test_terms_have_five_languages_and_organisations_their_countries():
    assert Organisation.objects.get(key="who").name_ar == "منظمة الصحة العالمية"
    assert [country.code for country in Organisation.objects.get(key="icbf").countries.all()] == ["CO"]


def test_what_was_put_in_is_remembered():
    assert StarterRecord.objects.filter(kind="programmes").count() == 102
    assert StarterRecord.objects.filter(kind="helplines").count() == Helpline.objects.count()
