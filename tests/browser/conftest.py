"""Chromium for the tests of this folder, which are all marked `browser`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import served_hub
from tests.browser.visits import TIMEOUT, Visit

HERE = Path(__file__).parent

expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the tests of this folder; each opens contexts of its own in it. It reaches this machine
    only.

    It ends with them: Playwright keeps an event loop in this thread, in which Django would refuse to use the database,
    and would give other tests another connection than the one that the tree of tests/tree.py hangs on.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("Chromium is not on the path: make test installs it, .ci/install_system_packages by itself.")
    arguments = [
        "--no-sandbox",  # the sandbox needs rights that containers lack; the pages are our own
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def hub(starter_hub) -> Iterator[str]:
    """The address of a hub with all starter content, for reading only."""
    with served_hub.serve(starter_hub) as server:
        yield server.address


@pytest.fixture
def visit(chromium, hub) -> Iterator[Callable[..., Visit]]:
    """Opens an address of the hub as somebody who has never been there; options are those of a browser context."""
    visits = []

    def open_address(address: str, **options) -> Visit:
        visits.append(Visit(chromium, hub, **options))
        visits[-1].go(address)
        return visits[-1]

    yield open_address
    for one in visits:
        one.context.close()
