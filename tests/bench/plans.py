"""What PostgreSQL does for the pages that are asked for most, with many works. Give it a server of its own.

    .venv/bin/python .ci/with_postgresql.py .venv/bin/python -m tests.bench.plans > plans.txt

BENCH_WORKS    number of works (100000)
"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter
from uuid import uuid4

SHOWN = 2  # plans of each page: those of its slowest statements
SLOW_MS = 20  # and those of all that take longer


def main() -> None:
    works = int(os.environ.get("BENCH_WORKS") or 100_000)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HUB_DATA": folder,
            "HUB_SECRET_KEY": "for measurements",
            "DJANGO_SETTINGS_MODULE": "hub.settings",
        }
        import django

        django.setup()
        prepare(works)
        for name, ask in questions():
            explain(name, ask)


def prepare(works: int) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection

    from search.models import PendingChange
    from tests.bench.multiply import multiply

    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER SET statement_timeout = 0")
    connection.settings_dict["OPTIONS"].pop("options")
    connection.close()
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("migrate", verbosity=0)
    call_command("load_starter", **quiet)
    call_command("search_rebuild", **quiet)
    call_command("collectstatic", verbosity=0, interactive=False)
    get_user_model().objects.create_superuser("bench", password="for measurements")
    began = perf_counter()
    print(f"{multiply(works):,} works made in {perf_counter() - began:.0f} s")
    PendingChange.objects.bulk_create((PendingChange(document_id=str(uuid4())) for _ in range(works)), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(cursor.fetchone()[0], "database")


def questions() -> Iterator[tuple[str, Callable[[], object]]]:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.utils import timezone

    from resources.documents import build
    from resources.models import CatalogueIndexPage, HelplinesPage, ProgrammePage, StrategyPage
    from resources.models.vocabularies import Organisation
    from resources.search import WorkSource
    from search.indexing import AT_ONCE, BATCH
    from search.models import PendingChange

    client = Client(headers={"host": "127.0.0.1"})
    admin = Client(headers={"host": "127.0.0.1"})
    admin.force_login(get_user_model().objects.get(username="bench"))

    def page(url: str, client: Client = client, status: int = 200) -> Callable[[], object]:
        def ask() -> None:
            answer = client.get(url)
            assert answer.status_code == status, f"{url} answers {answer.status_code}"
            b"".join(answer) if answer.streaming else answer.content

        return ask

    programme = ProgrammePage.objects.filter(external_id__startswith="kiva-", locale__language_code="en").first()
    section = CatalogueIndexPage.objects.get(type="programme", locale__language_code="en")
    organisation = Organisation.objects.order_by("pk").first()
    yield "home", page("/es/")
    yield "search page", page("/es/search/?q=violencia")
    yield "list of a type", page(section.get_url())
    yield "record page", page(programme.get_url())
    yield "record page, fallback", page(programme.get_url().replace("/en/", "/ar/", 1))
    strategy = StrategyPage.objects.filter(locale__language_code="en").first()
    yield "record page of a strategy", page(strategy.get_url())
    yield "address of no page", page("/en/programmes/no-such-page/", status=404)
    yield "organisation", page(f"/es/organisations/{organisation.key}/")
    yield "organisations", page("/es/organisations/")
    yield "helplines", page(HelplinesPage.objects.filter(locale__language_code="es").first().get_url())
    yield "sitemap", page("/sitemap.xml")
    source = WorkSource()
    yield "listing by title, engine away, all types", lambda: source.listing("es", (), 0, 20)
    yield "listing by title, engine away, programmes", lambda: source.listing("es", ("programme",), 4000, 20)
    keys = sorted(source.ids())[: 2 * BATCH]
    yield "ids of all works", source.ids
    yield f"documents of {AT_ONCE} works", lambda: list(build(keys[:AT_ONCE]))
    yield "document of one work", lambda: list(build(keys[:1]))
    due = PendingChange.objects.filter(not_before__lte=timezone.now())
    yield "pending changes: due", lambda: list(due.values_list("pk", "alone"))
    yield "pending changes: any", PendingChange.objects.exists
    ids = list(PendingChange.objects.values_list("document_id", flat=True)[:BATCH])
    yield "pending changes: of a batch", lambda: list(PendingChange.objects.filter(document_id__in=ids))
    yield "admin: explorer", page(f"/admin/pages/{section.pk}/", admin)
    yield "admin: explorer, by title", page(f"/admin/pages/{section.pk}/?ordering=title&p=40", admin)
    yield "admin: edit a work", page(f"/admin/pages/{programme.pk}/edit/", admin)
    yield "admin: dashboard", page("/admin/", admin)
    yield "admin: search pages", page("/admin/pages/search/?q=kiva", admin)


def explain(name: str, ask: Callable[[], object]) -> None:
    """Print the statements of the second time, and the plans of the dearest."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    try:
        ask()
        reset_queries()
        began = perf_counter()
        with CaptureQueriesContext(connection) as captured:
            ask()
    except Exception as error:  # noqa: BLE001
        print(f"\n=== {name}: {error!r}")
        return
    spent = (perf_counter() - began) * 1000
    statements = sorted(captured.captured_queries, key=lambda one: -float(one["time"]))
    in_database = sum(float(one["time"]) for one in statements) * 1000
    print(f"\n=== {name}: {len(statements)} statements, {in_database:.0f} ms of {spent:.0f} ms")
    shown = [one for one in statements if one["sql"].startswith(("SELECT", "(SELECT"))]
    for number, one in enumerate(shown):
        if number >= SHOWN and float(one["time"]) * 1000 < SLOW_MS:
            break
        text = re.sub(r"SELECT .*? FROM", "SELECT ... FROM", one["sql"][:6000], count=1)
        print(f"--- {float(one['time']) * 1000:.0f} ms: {text[:1200]}")
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + one["sql"].replace("%", "%%"), [])
            for (line,) in islice(cursor.fetchall(), 60):
                print("   ", line[:220])
    sys.stdout.flush()


if __name__ == "__main__":
    main()
