"""Migrations of the hub go forward, back and forward again, with content in the tables."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.factories import WORK_FACTORIES, EditionFactory, SectorFactory

APPS = ("search", "home", "resources")


def tables() -> set[str]:
    """Tables of the hub's own models that are there now."""
    models = (apps.get_app_config(app).get_models(include_auto_created=True) for app in APPS)
    wanted = {model._meta.db_table for of_app in models for model in of_app}
    return wanted & set(connection.introspection.table_names())


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_forward_back_and_forward_again():
    before = tables()
    assert len(before) > 100
    EditionFactory(page=WORK_FACTORIES["programme"](sectors=[SectorFactory()]))
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    assert tables() == set()
    call_command("migrate", verbosity=0)
    assert tables() == before
