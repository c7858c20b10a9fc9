"""The starter content in full, loaded once for all tests of this folder."""

from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from resources.starter.content import read_content
from resources.starter.load import load
from tests.resources.starter.conftest import DATA

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.add_marker("long")


@pytest.fixture(scope="package")
def hub(django_db_setup, django_db_blocker):
    """The report of a load of everything; what it wrote is there for all tests of the package."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        with translation.override("en"):
            report = load(read_content(DATA), examples=True, step=lambda: None)
    yield report
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
