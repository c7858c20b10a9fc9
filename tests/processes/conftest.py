"""Tests of this folder start the programs of a production hub; all are marked `processes`."""

from pathlib import Path

import pytest

from tests import served_hub

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.processes)


@pytest.fixture
def data(tmp_path_factory, tmp_path) -> Path:
    """A folder of data with the starter content, of this test alone."""
    return served_hub.copy(served_hub.prepare(tmp_path_factory), tmp_path / "data")
