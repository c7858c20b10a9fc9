"""A hub of many works on PostgreSQL, for looking at plans: every work of the starter content, over and over.

Copies are works of their own, with all their pages, classification, editions, organisations and links to each other.
They are made by one INSERT a table: page by page it would take hours. Revisions and log are not copied.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Field, Model
from wagtail.models import Page

from resources.models import PAGE_MODELS

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of places in the tree
FIRST_PLACE = 40_000  # below each catalogue page; the starter content is far from it
NOT_COPIED = ("latest_revision_id", "live_revision_id", "alias_of_id")


def multiply(works: int) -> int:
    """Make at least `works` works of the starter content that is there; returns how many there are then."""
    types = [of.pk for of in ContentType.objects.get_for_models(*PAGE_MODELS).values()]
    pages = Page.objects.filter(content_type__in=types).order_by()
    present = pages.values("translation_key").distinct().count()
    copies = -(-works // present) - 1
    models = list(copied_models())
    steps = {model: _step(model) for model in models}
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            columns = {field.column: _value(field, steps) for field in model._meta.local_concrete_fields}
            where = f"WHERE o.content_type_id IN ({', '.join(map(str, types))})" if model is Page else ""
            table, names = model._meta.db_table, ", ".join(map(connection.ops.quote_name, columns))
            rows = f"SELECT {', '.join(columns.values())} FROM {table} o, generate_series(1, {copies}) c {where}"  # noqa: S608
            cursor.execute(f"INSERT INTO {table} ({names}) {rows}")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute(
            "UPDATE wagtailcore_page p SET numchild = n FROM (SELECT left(path, length(path) - 4) AS above, "
            "count(*) AS n FROM wagtailcore_page GROUP BY 1) found WHERE p.path = above"
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return present * (copies + 1)


def copied_models() -> Iterator[type[Model]]:
    """Page, the page types, and every model of which the rows belong to a work, each after those it refers to."""
    yield Page
    known: set[type[Model]] = {Page, *PAGE_MODELS}
    yield from PAGE_MODELS
    models = list(apps.get_app_config("resources").get_models(include_auto_created=True))
    found = True
    while found:
        found = [
            model
            for model in models
            if model not in known
            and any(field.related_model in known for field in model._meta.local_concrete_fields if field.remote_field)
            and not issubclass(model, Page)
        ]
        known.update(found)
        yield from found


def _step(model: type[Model]) -> int:
    """What a copy adds to a primary key, times its number."""
    root = Page if issubclass(model, Page) else model
    return root._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


def _value(field: Field, steps: dict[type[Model], int]) -> str:
    """SQL of a column of copy `c` of the row `o`."""
    column = f"o.{connection.ops.quote_name(field.column)}"
    if field.column in NOT_COPIED:
        return "NULL"
    refers_to = field.related_model if field.remote_field else field.model if field.primary_key else None
    if refers_to in steps:
        return f"{column} + c * {steps[refers_to]}"
    if field.model is Page:
        place = f"({FIRST_PLACE} + row_number() OVER (PARTITION BY left(o.path, length(o.path) - 4)))::int"
        digits = " || ".join(f"substr('{DIGITS}', {place} / {36**power} % 36 + 1, 1)" for power in (3, 2, 1, 0))
        return {
            "path": f"left(o.path, length(o.path) - 4) || {digits}",
            "translation_key": "md5(o.translation_key::text || c)::uuid",
            "slug": "o.slug || '-' || c",
            "url_path": "rtrim(o.url_path, '/') || '-' || c || '/'",
            "title": "o.title || ' ' || c",
            "draft_title": "o.draft_title || ' ' || c",
        }.get(field.column, column)
    if field.unique:
        return f"{column} || '-' || c"
    return column
