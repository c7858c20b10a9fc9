"""Several hosts with workers of their own on one database and one cluster: each shows what another has done."""

import json
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests import elasticsearch_server
from tests.database import ProgramDatabase
from tests.processes.editor import Editor
from tests.processes.forker import Forker
from tests.processes.places import Places
from tests.served_hub import Server, manage, read, serve

SHOWN_WITHIN = 1  # seconds


@pytest.fixture
def shared(data, postgresql):
    """The settings that all hosts have: one database and one cluster, which holds the works of `data`."""
    cluster = elasticsearch_server.of_this_run()
    with cluster.prefix() as prefix:
        chosen = {
            "DATABASE_URL": postgresql.url,
            "SEARCH_URL": cluster.search_url(prefix),
            "HUB_SECRET_KEY": "the same on every host, and long enough for Django to be content with it",
            "HUB_STATIC": str(data / "static"),
            "HUB_BACKGROUND": "worker",
        }
        manage(data, "search_rebuild", **chosen)
        yield chosen


def found(host: Server, word: str) -> bool:
    return "data-work=" in read(f"{host.address}/es/search/?q={word}")


@pytest.mark.elasticsearch
def test_hosts_show_what_another_has_done_and_go_on_without_it(data, shared, postgresql, tmp_path: Path):
    places = Places.of(data, ProgramDatabase(postgresql.url))
    with ExitStack() as stack:
        hosts = []
        for name in ("one", "other"):
            folder = tmp_path / name
            folder.mkdir()
            hosts.append(stack.enter_context(serve(folder, "--workers=2", "--preload", **shared)))
        stack.enter_context(closing(Forker(data, **shared))).start("run_worker")
        one, other = hosts
        editor = Editor(one)
        editor.publish(places.list, "Zarzamora", "zarzamora", places.strategy)
        time.sleep(SHOWN_WITHIN)
        assert found(one, "zarzamora") and found(other, "zarzamora")

        editor.address = other.address  # as when a proxy asks another host: the session is the same
        page = places.page("zarzamora")
        editor.rename(page, "Madreselva")
        time.sleep(SHOWN_WITHIN)
        assert found(one, "madreselva") and found(other, "madreselva")
        assert "Madreselva" in read(f"{one.address}/es/programas/zarzamora/")

        one.process.kill()
        editor.delete(page)
        time.sleep(SHOWN_WITHIN)
        assert not found(other, "madreselva")
    status = json.loads(manage(data, "search_status", "--json", **shared).stdout)
    assert (status["ok"], status["pending"]) == (True, 0)
