"""One work has the same facets whichever of its pages is asked: they are read from the original."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone, translation

from resources.documents import build
from resources.search import WorkSource
from resources.vocabulary_cache import vocabularies
from search.storage import fingerprint
from tests.factories import (
    WORK_FACTORIES,
    AudienceFactory,
    CountryFactory,
    EditionFactory,
    InterventionFactory,
    LanguageFactory,
    OrganisationRoleFactory,
    PopulationFactory,
    SDGTargetFactory,
    SectorFactory,
    SessionFactory,
    SettingFactory,
    StrategyFactory,
    TopicFactory,
    ViolenceTypeFactory,
)
from tests.resources.record_page import show

pytestmark = pytest.mark.django_db
LOCALES = ("es", "en", "fr", "pt", "ar")


def classified(type_id: str):
    page = WORK_FACTORIES[type_id](
        strategies=[StrategyFactory(key="norms-values")],
        interventions=[InterventionFactory(key="hotspots")],
        sectors=[SectorFactory(key="health")],
        countries=[CountryFactory(code="CO")],
        violence_types=[ViolenceTypeFactory(key="bullying")],
        settings=[SettingFactory(key="school")],
        topics=[TopicFactory(key="migration")],
        populations=[PopulationFactory(key="indigenous")],
        audiences=[AudienceFactory(key="donors")],
        sdg_targets=[SDGTargetFactory(key="16.2")],
    )
    OrganisationRoleFactory(page=page, organisation__key="who")
    EditionFactory(page=page, language=LanguageFactory(code="pt"))
    EditionFactory(page=page, language=LanguageFactory(code="qu"), status="planned")
    return page


EXPECTED = {
    "strategy": ("norms-values",),
    "intervention": ("hotspots",),
    "sector": ("health",),
    "country": ("CO",),
    "region": ("005",),
    "violence": ("bullying",),
    "setting": ("school",),
    "topic": ("migration",),
    "population": ("indigenous",),
    "audience": ("donors",),
    "sdg": ("16.2",),
    "organisation": ("who",),
    "language": ("pt",),
}


@pytest.mark.parametrize("type_id", list(WORK_FACTORIES))
def test_all_translations_have_the_facets_of_the_original(type_id):
    original = classified(type_id)
    [alone] = build([str(original.translation_key)])
    for code in LOCALES[1:]:
        WORK_FACTORIES[type_id](title=f"In {code}", language=code, translation_of=original)
    [document] = build([str(original.translation_key)])
    assert {facet: document.facets[facet] for facet in EXPECTED} == EXPECTED
    assert document.facets == alone.facets
    assert {page.locale for page in document.pages} == set(LOCALES)


@pytest.mark.parametrize("type_id", list(WORK_FACTORIES))
def test_every_link_of_a_record_to_more_like_it_finds_the_record_itself(client, type_id):
    page = classified(type_id)
    if type_id == "training":
        SessionFactory(page=page, strategies=[StrategyFactory(key="safe-environments"), *page.strategies.all()])
    [document] = build([str(page.translation_key)])
    groups = show(client, page).record.classification
    offered = {group.facet: {unquote(item.url).split("=")[-1] for item in group.items} for group in groups}
    assert offered["strategy"] == {"norms-values", *(["safe-environments"] if type_id == "training" else [])}
    assert offered == {facet: set(document.facets[facet]) for facet in offered}


@pytest.mark.parametrize("type_id", [one for one in WORK_FACTORIES if one != "expert"])
def test_the_facets_outlive_the_original_being_unpublished(type_id):
    original = classified(type_id)
    WORK_FACTORIES[type_id](language="ar", translation_of=original)
    original.unpublish()
    [document] = build([str(original.translation_key)])
    assert {facet: document.facets[facet] for facet in EXPECTED} == EXPECTED
    assert [page.locale for page in document.pages] == ["ar"]


@pytest.mark.parametrize("type_id", list(WORK_FACTORIES))
def test_emptying_a_field_on_the_original_empties_it_everywhere(type_id):
    original = classified(type_id)
    WORK_FACTORIES[type_id](language="fr", translation_of=original)
    original = type(original).objects.get(pk=original.pk)
    original.sectors = []
    original.editions = []
    original.save_revision().publish()
    [document] = build([str(original.translation_key)])
    assert "sector" not in document.facets
    assert "language" not in document.facets


@pytest.mark.parametrize("type_id", list(WORK_FACTORIES))
def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(type_id, django_assert_max_num_queries):
    keys = [str(classified(type_id).translation_key)]
    assert len(list(build(keys))) == 1
    with django_assert_max_num_queries(40) as few:
        list(build(keys))
    for _ in range(4):
        keys.append(str(WORK_FACTORIES[type_id](sectors=[SectorFactory()]).translation_key))
    vocabularies()  # loaded anew because of the new terms
    with django_assert_max_num_queries(len(few)):
        assert len(list(build(keys))) == 5


def test_a_profile_without_valid_consent_is_in_no_list_and_no_contact_is_in_any_document():
    yesterday = timezone.localdate() - timedelta(days=1)
    gone = WORK_FACTORIES["expert"](consent_until=yesterday)
    WORK_FACTORIES["expert"](language="fr", translation_of=gone)
    summary = "Escriba a ana@example.org o +57 300 123 4567."
    page = WORK_FACTORIES["expert"](summary=summary, bio="<p>ana@example.org</p>")
    works = WorkSource()
    assert works.ids() == {str(page.translation_key)}
    [document] = works.documents()
    assert works.listing("es", (), 0, 20)[0] == 1
    with translation.override("ar"):
        assert fingerprint(next(works.documents())) == fingerprint(document)
    assert "example.org" not in repr(document)
    assert "300 123" not in repr(document)
