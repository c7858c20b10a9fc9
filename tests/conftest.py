"""For every test: settings with a data folder of their own, no network but this machine, nothing left behind."""

import gc
import os
import shutil
import socket
import tempfile
from ipaddress import ip_address
from pathlib import Path

import hypothesis
import pytest

gc.disable()  # until everything is imported: see pytest_collection_finish

# Before Django reads its settings. The variable that names them is taken away again below, because a worker process
# of pytest-xdist would inherit it and then read the settings before it comes here for a folder of its own.
DATA = tempfile.mkdtemp(prefix="inspire-hub-tests-")
for name in ("HUB_BASE_URL", "HUB_DEBUG", "HUB_HOSTS", "HUB_HTTPS", "HUB_LOG_LEVEL", "SEARCH_URL"):
    os.environ.pop(name, None)
os.environ |= {"HUB_DATA": DATA, "HUB_SECRET_KEY": "for tests only", "HUB_BACKGROUND": "request"}
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings"
# The server of the tests' own databases. Programs that tests start do not find it by themselves: all would share it.
if url := os.environ.pop("DATABASE_URL", ""):
    os.environ["TEST_DATABASE_URL"] = url
if url := os.environ.get("TEST_DATABASE_URL", ""):
    os.environ["DATABASE_URL"] = url

import django  # noqa: E402

django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]
os.environ.pop("DATABASE_URL", None)

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.template import Context, RequestContext, Template  # noqa: E402
from django.test import client, override_settings  # noqa: E402
from django.utils import translation  # noqa: E402

from tests.database import (  # noqa: E402
    django_db_setup,  # noqa: F401
    migrated_sqlite,  # noqa: F401
    program_database,  # noqa: F401
    pytest_runtest_setup,  # noqa: F401
    uses_a_database,
)
from tests.starter_hub import starter_hub  # noqa: E402,F401

# The same examples at every run; HYPOTHESIS_PROFILE=explore looks for new ones, many times as long.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server only what uses a database: all else is the same as on SQLite. Long tests first, so that no worker
    sits over one while the others have nothing left to do."""
    items.sort(key=lambda test: not any(test.get_closest_marker(name) for name in ("long", "processes")))
    if "TEST_DATABASE_URL" in os.environ:
        config.hook.pytest_deselected(items=[test for test in items if not uses_a_database(test)])
        items[:] = filter(uses_a_database, items)


def pytest_collection_finish() -> None:
    """Looking for garbage among all that is imported, and as often as Python does, took an eighth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests(django_test_environment):
    """No manifest of collected files, and a password hash that costs nothing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def context_of_pages():
    """`context` of an answer is what its page was made from. Django keeps a copy for each of the hundreds of templates
    that a page of the admin includes, too, which took a tenth of the time of these tests."""
    keep = client.store_rendered_templates

    def keep_of_pages(answer: dict, template: Template, context: Context, **signal) -> None:
        if isinstance(context, RequestContext) and context.template is template:
            keep(answer, template=template, context=context, **signal)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep_of_pages)
        yield


@pytest.fixture(autouse=True)
def nothing_left_behind():
    """The language, the cache and the vocabularies that a test has set do not reach the next one."""
    from resources import vocabulary_cache

    yield
    vocabulary_cache.drop()
    translation.deactivate()
    cache.clear()


def _is_this_machine(host: str | bytes | None) -> bool:
    host = host.decode() if isinstance(host, bytes) else host or "localhost"
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """A test that reaches for another machine fails, in a way that no `except OSError` can hide."""
    patch = pytest.MonkeyPatch()

    def guard(name: str) -> None:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
                pytest.fail(f"The network is closed to tests: {name} to {address[0]}")
            return original(self, address)

        patch.setattr(socket.socket, name, guarded)

    guard("connect")
    guard("connect_ex")
    look_up = socket.getaddrinfo

    def guarded_look_up(host, *args, **kwargs):
        if not _is_this_machine(host):
            pytest.fail(f"The network is closed to tests: name of {host}")
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()
