"""All rows of a hub on SQLite into an empty hub on PostgreSQL, as they are: ids, history, accounts.

Values go from column to column, converted by the database backends alone. Fields of models have no say in it, so that
nothing is normalised, dated anew or dropped on the way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.db.utils import ConnectionHandler, DatabaseError
from django.utils.translation import gettext as _
from wagtail.models import Page

BATCH = 500  # rows of one INSERT
# Tables that hold rows in a hub to which nobody has added anything: what migrations put in.
MADE_BY_MIGRATIONS = {
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
    "contenttypes.ContentType",
    "wagtailcore.Collection",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.Locale",
    "wagtailcore.Page",
    "wagtailcore.Site",
    "wagtailcore.Task",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
}
PAGES_MADE_BY_MIGRATIONS = 2  # the root of the tree and Wagtail's welcome
# The index of Wagtail's own search differs from one database to the other: it is made anew.
MADE_ANEW = "wagtailsearch"


class CopyRefused(Exception):
    """Nothing was copied, and the message says why."""


@contextmanager
def opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the SQLite database at `path` that sees one state of it, whoever writes meanwhile."""
    source = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}})["default"]
    try:
        with source.cursor() as cursor:
            cursor.execute("BEGIN")
        yield source
    finally:
        source.close()


def copied_models() -> list[type[Model]]:
    """Every model with a table of its own whose rows are copied."""
    models = apps.get_models(include_auto_created=True)
    return [one for one in models if one._meta.managed and not one._meta.proxy and one._meta.app_label != MADE_ANEW]


def check_source(source: BaseDatabaseWrapper) -> None:
    """CopyRefused unless the old database has all migrations of this hub, and no others."""
    loader = MigrationLoader(None)
    try:
        with source.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except DatabaseError as error:
        raise CopyRefused(_("The old database cannot be read: %(reason)s") % {"reason": error}) from error
    labels = {config.label for config in apps.get_app_configs()}
    unknown = {key for key in applied if key[0] in labels} - loader.disk_migrations.keys()
    if unknown or not applied.issuperset(loader.graph.leaf_nodes()):
        raise CopyRefused(
            _(
                "The old database is not of this version of the hub. Upgrade the old hub first, "
                "then copy with the same version."
            )
        )


def is_bare() -> bool:
    """Whether the new database has no table of a hub yet, so that it may be migrated from the start."""
    tables = {model._meta.db_table for model in copied_models()}
    return tables.isdisjoint(connection.introspection.table_names())


def check_target() -> None:
    """CopyRefused unless the new database has all migrations of this hub, and nothing else."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CopyRefused(_("The new database does not have all migrations of this hub yet. Run: manage.py migrate"))
    filled = [model._meta.label for model in copied_models() if model._meta.label not in MADE_BY_MIGRATIONS]
    filled = [label for label in filled if apps.get_model(label)._base_manager.exists()]
    if filled or Page.objects.count() > PAGES_MADE_BY_MIGRATIONS:
        raise CopyRefused(
            _("The new database has content already (%(tables)s). Copy into an empty one.")
            % {"tables": ", ".join(sorted(filled)) or Page._meta.label}
        )


def count(source: BaseDatabaseWrapper) -> int:
    """Rows that `copy` will copy."""
    with source.cursor() as cursor:
        total = 0
        for model in copied_models():
            table = source.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            total += cursor.fetchone()[0]
    return total


def copy(source: BaseDatabaseWrapper, step: Callable[[int], None]) -> None:
    """Copy all rows, or none: CopyRefused names the first that PostgreSQL does not take. `step(n)` after n rows."""
    models = copied_models()
    tables = [model._meta.db_table for model in models]
    tables += [name for name in connection.introspection.table_names() if name.startswith(f"{MADE_ANEW}_")]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(map(connection.ops.quote_name, tables)))
        for model in models:
            for rows in _read(source, model):
                _write(model, rows)
                step(len(rows))
        try:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as error:
            raise CopyRefused(str(error)) from error
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _columns(database: BaseDatabaseWrapper, model: type[Model]) -> str:
    return ", ".join(database.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)


def _read(source: BaseDatabaseWrapper, model: type[Model]) -> Iterator[list[list]]:
    """Batches of the rows of a table, in Python's types."""
    table = source.ops.quote_name(model._meta.db_table)
    expressions = [field.get_col(model._meta.db_table) for field in model._meta.local_concrete_fields]
    converters = [(one, source.ops.get_db_converters(one)) for one in expressions]
    with source.cursor() as cursor:
        key = source.ops.quote_name(model._meta.pk.column)
        cursor.execute(f"SELECT {_columns(source, model)} FROM {table} ORDER BY {key}")  # noqa: S608
        while rows := [list(row) for row in cursor.fetchmany(BATCH)]:
            for column, (expression, convert) in enumerate(converters):
                for function in convert:
                    for row in rows:
                        row[column] = function(row[column], expression, source)
            yield rows


def _write(model: type[Model], rows: list[list]) -> None:
    try:
        with transaction.atomic():
            _insert(model, rows)
    except (DataError, IntegrityError):
        for row in rows:
            try:
                with transaction.atomic():
                    _insert(model, [row])
            except (DataError, IntegrityError) as error:
                key = row[model._meta.local_concrete_fields.index(model._meta.pk)]
                names = {"table": model._meta.db_table, "id": key, "reason": str(error).strip()}
                raise CopyRefused(_("PostgreSQL does not take row %(id)s of %(table)s: %(reason)s") % names) from error


def _insert(model: type[Model], rows: list[list]) -> None:
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    values = ", ".join([one] * len(rows))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({_columns(connection, model)}) VALUES {values}",  # noqa: S608
            [value for row in rows for value in row],
        )
