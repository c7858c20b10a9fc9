"""Static files as a browser gets them from the web process: compressed, and kept for ever."""

import gzip
import re
import urllib.request
from pathlib import Path

import pytest

from tests import served_hub

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def server(starter_hub):
    with served_hub.serve(starter_hub) as server:
        server.static = starter_hub / "static"
        yield server


def ask(url: str, encoding: str):
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return answer.headers, answer.read()


def stylesheet(server) -> str:
    return re.search(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', served_hub.read(server.address + "/es/"))[1]


def original(server, path: str) -> Path:
    return server.static / path.removeprefix("/static/")


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_stylesheet_is_served_as_the_browser_takes_it_and_cached_for_ever(server, encoding):
    path = stylesheet(server)
    headers, content = ask(server.address + path, encoding)
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"].startswith("text/css")
    whole = original(server, path).read_bytes()
    if encoding == "gzip":
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(content) == whole
        assert len(content) < len(whole) / 2
    else:
        assert (headers["Content-Encoding"], content) == (None, whole)


def test_a_file_that_is_asked_for_without_its_digest_is_not_kept_for_ever(server):
    headers, _content = ask(server.address + "/static/css/site.css", "gzip")
    assert headers["Cache-Control"] == "max-age=60, public"


def test_every_file_that_gains_by_it_is_compressed(server):
    lacking = [
        path.name
        for path in server.static.rglob("*")
        if path.suffix in (".css", ".js", ".svg") and path.stat().st_size > 1000
        if not path.with_name(path.name + ".gz").exists()
    ]
    assert lacking == []
