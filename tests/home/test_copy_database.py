"""A hub with all starter content and some history moves from SQLite to PostgreSQL: nothing is lost, all goes on."""

import io
import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import translation
from wagtail.models import Page, PageLogEntry, Revision

from resources import vocabulary_cache
from resources.models import CatalogueIndexPage, ProgrammePage
from tests import served_hub
from tests.database import ProgramDatabase, use
from tests.resources.admin_form import AdminForm

pytestmark = pytest.mark.postgresql

# What the programs of a hub on SQLite leave in it: accounts, a draft over what is published, a log, a session.
EDIT = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from resources.models import ProgrammePage

editor = get_user_model().objects.create_superuser("editora", password="a password for tests")
editor.groups.add(Group.objects.get(name="Moderators"))
page = ProgrammePage.objects.get(external_id="kiva")
page.title = "KiVa según nosotras"
page.save_revision(user=editor, log_action=True).publish(user=editor)
page.title = "Un borrador: “é”, ع"
page.save_revision(user=editor, log_action=True)
Client().force_login(editor)
"""


@pytest.fixture(scope="module")
def old_hub(tmp_path_factory, starter_hub):
    """The file of a hub on SQLite, made by programs of its own; to be copied before it is changed."""
    folder = served_hub.copy(starter_hub, tmp_path_factory.mktemp("old") / "hub")
    served_hub.manage(folder, "shell", "--verbosity=0", "--command", EDIT)
    return folder / "hub.sqlite3"


@pytest.fixture
def new_database(program_database, django_db_blocker):
    """new_database(migrated): a database on the server without content, that of this process until the test is over."""
    before = connection.settings_dict["NAME"]

    def make(migrated: bool) -> ProgramDatabase:
        database = program_database(migrated)
        use(database.name)
        vocabulary_cache.drop()
        return database

    with django_db_blocker.unblock():
        yield make
        use(before)


@pytest.fixture
def new_hub(new_database):
    return new_database(migrated=True)


@pytest.fixture
def bare(new_database):
    return new_database(migrated=False)


def copy(path) -> str:
    """What the command prints, in English."""
    out = io.StringIO()
    with translation.override("en"):
        call_command("copy_database", f"sqlite:///{path}", stdout=out, stderr=out)
    return out.getvalue()


def plain(value: object) -> object:
    """A value of PostgreSQL as SQLite keeps it."""
    match value:
        case bool():
            return int(value)
        case UUID():
            return value.hex
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
    return value


def rows(old: sqlite3.Connection, new, model) -> tuple[list[dict], list[dict]]:
    """All rows of the table of `model`, as both databases have them, in the same form."""
    order = f'FROM {model._meta.db_table} ORDER BY "{model._meta.pk.column}"'
    before = [dict(row) for row in old.execute(f"SELECT * {order}")]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * {order}")
        names = [column.name for column in cursor.description]
        after = [{name: plain(value) for name, value in zip(names, row, strict=True)} for row in cursor]
    for field in model._meta.local_concrete_fields:
        if connection.data_types.get(field.get_internal_type()) == "jsonb":
            for row in (*before, *after):
                row[field.column] = row[field.column] and json.loads(row[field.column])
    return before, after


def models() -> list:
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and one._meta.app_label != "wagtailsearch"]


def test_every_row_of_every_table_arrives_as_it_was(old_hub, new_hub):
    told = copy(old_hub)
    total = 0
    with closing(sqlite3.connect(old_hub)) as old:
        old.row_factory = sqlite3.Row
        for model in models():
            before, after = rows(old, new_hub, model)
            assert before == after, model
            total += len(before)
    assert total > 5000
    assert f"{total} rows of {len(models())} tables are copied." in told
    assert f"{total} of {total}" in told


def test_the_hub_goes_on_where_it_was(old_hub, new_hub, client, settings, tmp_path):
    copy(old_hub)
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    call_command("search_rebuild", stdout=io.StringIO(), stderr=io.StringIO())
    page = ProgrammePage.objects.get(external_id="kiva")
    for url, text in (
        ("/es/", "INSPIRE"),
        (page.get_url(), "KiVa según nosotras"),
        (page.get_url().replace("/es/", "/ar/", 1), "KiVa"),
        ("/en/search/?q=kiva", "data-work="),
        ("/sitemap.xml", page.get_url()),
    ):
        assert text in client.get(url).content.decode(), url

    # The draft is still one, with who wrote it; accounts, Wagtail's own search and new rows work.
    client.force_login(get_user_model().objects.get(username="editora"))
    assert page.get_latest_revision_as_object().title == "Un borrador: “é”, ع"
    assert PageLogEntry.objects.filter(page=page.pk, user__username="editora").count() == 4
    assert [found.pk for found in Page.objects.search("según nosotras")] == [page.pk]
    revisions, entries = Revision.objects.count(), PageLogEntry.objects.count()
    AdminForm(client, f"/admin/pages/{page.pk}/edit/").fill(title="KiVa, publicada de nuevo").send()
    assert "KiVa, publicada de nuevo" in client.get(page.get_url()).content.decode()
    assert Revision.objects.count() > revisions
    assert PageLogEntry.objects.count() > entries
    index = CatalogueIndexPage.objects.get(type="programme", locale__language_code="es")
    form = AdminForm(client, f"/admin/pages/add/resources/programmepage/{index.pk}/")
    form.fill(title="Uno nuevo", slug="uno-nuevo", summary="Nuevo.", strategies=page.strategies.first().pk).send()
    assert "Uno nuevo" in client.get(f"{index.get_url()}uno-nuevo/").content.decode()


def test_all_sequences_are_beyond_what_was_copied(old_hub, new_hub):
    copy(old_hub)
    checked = 0
    with connection.cursor() as cursor:
        for sequence in connection.introspection.sequence_list():
            table, column = sequence["table"], sequence["column"]
            cursor.execute(f'SELECT max("{column}") FROM "{table}"')  # noqa: S608
            (highest,) = cursor.fetchone()
            if highest and not table.startswith(("django_migrations", "wagtailsearch")):
                cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, column])
                assert cursor.fetchone()[0] == highest + 1, table
                checked += 1
    assert checked > 30


def test_a_hub_with_content_is_left_alone(old_hub, new_hub):
    get_user_model().objects.create_user("somebody")
    with pytest.raises(CommandError, match=r"has content already \(auth.User\)"):
        copy(old_hub)
    assert get_user_model().objects.get().username == "somebody"
    get_user_model().objects.all().delete()
    root = Page.objects.get(depth=1)
    root.add_child(instance=Page(title="Ours", slug="ours"))
    PageLogEntry.objects.all().delete()
    with pytest.raises(CommandError, match=r"has content already \(wagtailcore.Page\)"):
        copy(old_hub)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("UPDATE resources_helpline SET name = replace(hex(zeroblob(400)), '0', 'x') WHERE id = 1", "too long"),
        ("UPDATE django_session SET session_data = 'a' || char(0)", "NUL"),
        ("UPDATE resources_edition SET page_id = 987654 WHERE id = 1", "987654"),
    ],
    ids=["text too long", "a NUL", "a row that refers to nothing"],
)
def test_what_postgresql_refuses_is_named_and_nothing_is_copied(old_hub, new_hub, tmp_path, damage, reason):
    path = shutil.copy(old_hub, tmp_path / "damaged.sqlite3")
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("INSERT OR IGNORE INTO django_session VALUES ('one', '', '2026-01-01 00:00:00')")
        assert old.execute(damage).rowcount
    with pytest.raises(CommandError, match=reason) as raised:
        copy(path)
    assert re.search(r"resources_helpline|django_session|resources_edition", str(raised.value))
    assert Page.objects.count() == 2
    assert not ProgrammePage.objects.exists()
    assert copy(old_hub)


def test_both_sides_must_be_of_this_version(old_hub, new_hub, tmp_path):
    path = shutil.copy(old_hub, tmp_path / "older.sqlite3")
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("DELETE FROM django_migrations WHERE app = 'search'")
    with pytest.raises(CommandError, match="not of this version"):
        copy(path)
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("INSERT INTO django_migrations VALUES (9999, 'search', '0001_initial', '2026-01-01')")
        old.execute("INSERT INTO django_migrations VALUES (9998, 'search', '9999_of_the_future', '2026-01-01')")
    with pytest.raises(CommandError, match="not of this version"):
        copy(path)
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(CommandError, match="cannot be read"):
        copy(path)
    new_hub.execute("DELETE FROM django_migrations WHERE app = 'search'")
    with pytest.raises(CommandError, match=r"does not have all migrations .* manage\.py migrate"):
        copy(old_hub)
    assert new_hub.execute("SELECT name FROM django_migrations WHERE app = 'search'") == []


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def test_no_table_is_made_where_the_old_database_cannot_be_copied(bare, tmp_path):
    path = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("CREATE TABLE django_migrations (app, name)")
    with pytest.raises(CommandError, match="not of this version"):
        copy(path)
    assert bare.execute(TABLES) == []


def test_a_database_of_something_else_is_left_alone(old_hub, bare):
    bare.execute("CREATE TABLE auth_user (id integer)")
    with pytest.raises(CommandError, match="does not have all migrations"):
        copy(old_hub)
    assert bare.execute(TABLES) == [("auth_user",)]


def test_an_address_of_nothing_is_refused(bare, tmp_path):
    for address in (f"sqlite:///{tmp_path}/nothing.sqlite3", "hub.sqlite3", "mysql://localhost/hub", ""):
        with translation.override("en"), pytest.raises(CommandError, match="not a SQLite database"):
            call_command("copy_database", address)
    assert bare.execute(TABLES) == []
