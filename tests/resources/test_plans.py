"""PostgreSQL reads no table whole that grows with the works, for any page that is asked for often.

Looked at among some thousand works, where it would be wrong already. tests/bench/plans.py shows the plans, and their
times, among a hundred thousand.
"""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from resources import vocabulary_cache
from resources.documents import build
from resources.search import WorkSource
from search.engines import get_engine
from search.models import PendingChange
from tests.bench.multiply import copied_models, multiply
from tests.factories import WORK_FACTORIES, EditionFactory, OrganisationRoleFactory, SectorFactory
from tests.resources.record_page import address

pytestmark = pytest.mark.postgresql
WORKS = 4000


@pytest.fixture(scope="module")
def works(django_db_setup, django_db_blocker):
    """One page of each type that has many like it, in a database of this module's own."""
    with django_db_blocker.unblock():
        django_db_setup.restore()
        pages = {}
        for type_id, factory in WORK_FACTORIES.items():
            pages[type_id] = factory(language="en", sectors=[SectorFactory()])
            EditionFactory(page=pages[type_id])
            OrganisationRoleFactory(page=pages[type_id])
            factory(translation_of=pages[type_id], language="fr")
        assert multiply(WORKS) >= WORKS
        ids = WorkSource().ids()
        assert len(ids) >= WORKS
        # Those that the factories made may be pending still.
        PendingChange.objects.bulk_create((PendingChange(document_id=key) for key in ids), ignore_conflicts=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield pages
        django_db_setup.restore()
        ContentType.objects.clear_cache()
        vocabulary_cache.drop()


@pytest.fixture
def check(django_db_blocker):
    """Fails where asking reads a whole table that grows."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE reltuples >= 400")
        large = {name for (name,) in cursor.fetchall()}
    growing = large & {model._meta.db_table for model in (*copied_models(), PendingChange)}

    def read_whole(statement: str) -> set[str]:
        with transaction.atomic(), connection.cursor() as cursor:
            # Among some thousand works these are as good as rows found one by one, among more they are not.
            cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
            cursor.execute("EXPLAIN (FORMAT JSON) " + statement.replace("%", "%%"), [])
            (plans,) = cursor.fetchone()
        steps = [plans[0]["Plan"]]
        for step in steps:
            steps += step.get("Plans", ())
        whole = (step for step in steps if "Scan" in step["Node Type"] and "Index Cond" not in step)
        read = (step for step in whole if step["Node Type"] != "Bitmap Heap Scan")  # the index of that is a step below
        return {step["Relation Name"] for step in read if step.get("Relation Name") in growing}

    def check_plans(ask) -> None:
        ask()  # what is kept in memory is read now
        with CaptureQueriesContext(connection) as captured:
            ask()
        selects = [one["sql"] for one in captured if one["sql"].startswith(("SELECT", "(SELECT"))]
        assert selects
        assert {statement[-400:]: tables for statement in selects if (tables := read_whole(statement))} == {}

    with django_db_blocker.unblock():
        yield check_plans


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("type_id", WORK_FACTORIES)
def test_record_pages(works, check, client, type_id, locale):
    check(lambda: client.get(address(works[type_id], locale)))


@pytest.mark.parametrize("url", ["/es/", "/es/search/", "/es/programme-list-es/nothing/", "/es/nothing/"])
def test_other_pages(works, check, client, settings, tmp_path, url):
    settings.SEARCH_INDEX_DIR = tmp_path
    get_engine().rebuild([])
    check(lambda: client.get(url))


def test_documents_for_the_index(works, check):
    for page in works.values():
        check(lambda: list(build([str(page.translation_key)])))  # noqa: B023


def test_pending_changes(works, check):
    due = PendingChange.objects.filter(not_before__lt=timezone.now() - timedelta(days=1))
    check(lambda: list(due.values_list("pk", "alone")))
    check(lambda: list(PendingChange.objects.filter(pk__in=[1, 2])))
    check(lambda: list(PendingChange.objects.filter(document_id__in=["one", "two"])))


def test_the_check_finds_what_it_should(works, check):
    with pytest.raises(AssertionError, match="wagtailcore_page"):
        check(lambda: list(Page.objects.filter(title="Nobody has an index of titles")))
