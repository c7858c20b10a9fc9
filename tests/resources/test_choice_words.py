"""Works are found by what lists call them: type, kind, mode, role, language and region, in every language."""

import pytest

from resources.choice_words import FILES, choice_words
from resources.models import ExpertRole, PracticePage, PublicationPage, TrainingPage
from resources.vocabulary_cache import CHOICES
from search import registry
from search.languages import LOCALES
from search.models import PendingChange
from tests.factories import (
    CountryFactory,
    EditionFactory,
    ExpertPageFactory,
    LanguageFactory,
    PublicationPageFactory,
    RegionFactory,
    TrainingPageFactory,
)

VALUES = {
    "type": [value for value, _label in CHOICES["type"]],
    "kind": PublicationPage.Kind.values,
    "mode": TrainingPage.Mode.values,
    "role": ExpertRole.values,
    "training_kind": TrainingPage.Kind.values,
    "practice_kind": PracticePage.Kind.values,
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", FILES)
def test_every_choice_has_words_in_every_language(name, locale):
    assert [value for value in VALUES[name] if not choice_words(name, value, locale)] == []
    assert choice_words(name, "unknown", locale) == ""


def keywords(page) -> dict[str, str]:
    [document] = registry.source().documents([str(page.translation_key)])
    return {
        locale: " · ".join(names for term in document.keywords for code, names in term.names if code == locale)
        for locale in LOCALES
    }


@pytest.mark.django_db
def test_a_publication_is_found_by_type_kind_language_and_region():
    page = PublicationPageFactory(kind="guide", countries=[CountryFactory(code="BO", region=RegionFactory(code="005"))])
    EditionFactory(page=page, language=LanguageFactory(code="pt"))
    words = keywords(page)
    for locale, expected in {
        "es": ("Publicación", "Guía", "portugués", "Sudamérica"),
        "en": ("Publication", "Guide", "Portuguese", "South America"),
        "ar": ("منشور", "دليل", "البرتغالية"),
    }.items():
        assert [word for word in expected if word not in words[locale]] == []


@pytest.mark.django_db
def test_a_training_is_found_by_kind_and_mode_and_an_expert_by_role():
    training = keywords(TrainingPageFactory(kind="webinar", mode="online"))["es"]
    assert [word for word in ("Formación", "capacitación", "Seminario web", "En línea") if word not in training] == []
    assert "experto" in keywords(ExpertPageFactory(is_speaker=True))["es"]


@pytest.mark.django_db
def test_another_name_of_a_language_reaches_search(django_capture_on_commit_callbacks):
    language = LanguageFactory(code="qux")
    page = PublicationPageFactory()
    EditionFactory(page=page, language=language)
    PendingChange.objects.all().delete()
    language.name_es = "quechua de Yauyos"
    language.save()
    assert [change.document_id for change in PendingChange.objects.all()] == [str(page.translation_key)]
    assert "Yauyos" in keywords(page)["es"]
