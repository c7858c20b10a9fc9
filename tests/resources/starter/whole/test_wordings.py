"""Words that stay as their source wrote them have the language they are written in."""

from collections import Counter

import pytest
from wagtail.models import Revision

from resources.documents import build
from resources.models import (
    CountryPage,
    Edition,
    EvaluationOutcome,
    EvaluationPage,
    Helpline,
    ProgrammePage,
    Rating,
    Session,
    StarterRecord,
    TrainingPage,
)
from resources.starter import wordings
from resources.starter.content import read_content
from resources.starter.load import load
from search.models import PendingChange
from tests.resources.starter.conftest import DATA, table
from tests.term_factories import LanguageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]

FIELDS = [
    (Rating, "wording_language"),
    (Rating, "description_language"),
    (EvaluationPage, "wording_language"),
    (EvaluationOutcome, "wording_language"),
    (TrainingPage, "wording_language"),
    (Session, "wording_language"),
    (CountryPage, "wording_language"),
    (Helpline, "name_language"),
    (Helpline, "wording_language"),
    (ProgrammePage, "title_language"),
    (TrainingPage, "title_language"),
    (Edition, "title_language"),
]
HAVE_DRAFTS = (ProgrammePage, EvaluationPage, TrainingPage, CountryPage)


def codes(model, name):
    """How many rows have each language."""
    return Counter(model.objects.values_list(f"{name}__code", flat=True))


def keys_of(*models):
    return [str(key) for model in models for key in model.objects.values_list("translation_key", flat=True)]


def load_again():
    return load(read_content(DATA), True, lambda: None)


def as_before_there_were_languages():
    """What the migration leaves of a hub that was loaded before it."""
    for model, name in FIELDS:
        model.objects.update(**{name: None})
    for model in HAVE_DRAFTS:
        for page in model.objects.select_related("latest_revision"):
            content = page.latest_revision.content
            rows = [row for name in ("ratings", "outcomes", "sessions") for row in content.get(name, ())]
            for values in (content, *rows):
                values.pop("wording_language", None)
                values.pop("description_language", None)
                values.pop("title_language", None)
            page.latest_revision.save(update_fields=["content"])
    StarterRecord.objects.filter(kind=wordings.KIND).delete()


def test_each_scheme_says_its_levels_in_its_own_language():
    found = {
        (rating.scheme, rating.wording_language.code)
        for rating in Rating.objects.select_related("wording_language")
        if rating.wording_language.code != "en"
    }
    assert found == {
        ("Erkenningscommissie Justitiële Interventies", "nl"),
        ("Grüne Liste Prävention", "de"),
        ("Kasvun tuki", "fi"),
        ("Loket Gezond Leven (RIVM)", "nl"),
        ("NJi Databank Effectieve Jeugdinterventies", "nl"),
        ("Ungsinn", "no"),
    }
    assert set(codes(Rating, "description_language")) == {"en", None}
    assert not Rating.objects.filter(description_language=None).exclude(population="", harm_reason="").exists()


def test_everything_else_is_english_but_what_is_not():
    assert set(codes(Session, "wording_language")) == {"en"}
    for model, field in ((EvaluationOutcome, "measured"), (EvaluationPage, "design_as_stated")):
        assert set(codes(model, "wording_language")) == {"en", None}
        assert set(model.objects.filter(wording_language=None).values_list(field, flat=True)) == {""}
    spanish = TrainingPage.objects.filter(wording_language__code="es")
    assert {page.audience_text for page in spanish} == {
        "personal de salud de América Latina y el Caribe",
        "personal de atención primaria",
    }
    zambia = CountryPage.objects.get(external_id="country-ZM")
    assert (zambia.pathfinding_note, zambia.wording_language.code) == ("", "en"), "of the headline of a survey"
    assert CountryPage.objects.get(external_id="country-BO").wording_language is None


def test_titles_say_their_language_where_it_is_not_that_of_page_or_materials():
    assert codes(TrainingPage, "title_language") == {"es": 5, None: 36}
    assert codes(ProgrammePage, "title_language") == {"en": 22, "es": 1, "pt": 1, "rw": 1, None: 77}
    assert codes(Edition, "title_language").keys() == {"en", None}
    of_editions = Edition.objects.exclude(title_language=None).values_list("title", "language__code")
    assert sorted((title.split()[0], code) for title, code in of_editions) == [("New", "ar"), ("Program", "pt")]
    documents = {document.external_id: document for document in build(keys_of(ProgrammePage, TrainingPage))}
    written = {id: {page.language_of_title for page in of.pages} for id, of in documents.items()}
    assert written["triple-p-chile"] == written["kiva"] == {"en"}
    assert written["apapacho"] == written["mexico-crianza-positiva-2025"] == {"es"}
    assert (written["fica-vivo"], written["familias-unidas"]) == ({"pt"}, {"es"})


def test_names_of_helplines_are_in_their_own_language_where_it_is_one():
    of_names = codes(Helpline, "name_language")
    assert {"en", "es", "fr", "pt", "nl", "pap", None} <= set(of_names)
    assert Helpline.objects.get(number="131", country__code="AW").name_language.code == "pap"
    mixed = Helpline.objects.get(name="Te Guío (harmful sexual behaviour among minors)")
    assert mixed.name_language is None
    names = {(row["country"], row["name"]) for row in table("helplines")}
    listed = [(row["country"], row["name"]) for row in table("helpline_names", DATA / "structure")]
    assert set(listed) <= names, "of no helpline"
    assert not Helpline.objects.exclude(hours="", coverage="").filter(wording_language=None).exists()


def test_a_hub_that_had_the_words_before_gets_their_languages_once():
    expected = {field: codes(*field) for field in FIELDS}
    as_before_there_were_languages()
    PendingChange.objects.all().delete()
    load_again()
    assert {field: codes(*field) for field in FIELDS} == expected
    chile = ProgrammePage.objects.get(external_id="triple-p-chile")
    assert PendingChange.objects.filter(document_id=str(chile.translation_key)).exists()
    for model, slug in zip(HAVE_DRAFTS, ("kiva", "nfp-18-years-2019", "san-salvador-2019", "zm"), strict=True):
        page = model.objects.filter(slug=slug).earliest("pk")
        page.get_latest_revision_as_object().save_revision().publish()
    assert {field: codes(*field) for field in FIELDS} == expected, "an editor's next publish keeps them"


def test_words_an_editor_changed_get_no_language_and_a_language_an_editor_took_away_stays_away():
    as_before_there_were_languages()
    kiva = ProgrammePage.objects.get(external_id="kiva")
    changed, given, kept = kiva.ratings.all()[:3]
    changed.level = "Nuestra palabra"
    given.wording_language = LanguageFactory(code="pt")
    kiva.ratings = [changed, given, *kiva.ratings.all()[2:]]
    kiva.save_revision().publish()
    drafts = Revision.objects.count()
    load_again()
    assert Revision.objects.count() == drafts
    languages = {rating.pk: rating.wording_language for rating in Rating.objects.filter(page=kiva)}
    assert languages[changed.pk] is None
    assert (languages[given.pk].code, languages[kept.pk].code) == ("pt", "fi")
    Rating.objects.filter(pk=kept.pk).update(wording_language=None)
    load_again()
    assert Rating.objects.get(pk=kept.pk).wording_language is None


def test_records_that_are_none_of_the_starter_content_are_left_alone():
    as_before_there_were_languages()
    StarterRecord.objects.filter(kind="programmes", key="kiva").delete()
    StarterRecord.objects.filter(kind="helplines", key__startswith="NL/").delete()
    load_again()
    assert set(Rating.objects.filter(page__external_id="kiva").values_list("wording_language", flat=True)) == {None}
    assert set(Helpline.objects.filter(country__code="NL").values_list("name_language", flat=True)) == {None}
    assert Helpline.objects.get(number="106", country__code="CO").name_language.code == "es"
