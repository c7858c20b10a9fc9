"""A cluster with accounts and certificates: the server of the tests has them, and these tests get them wrong."""

import base64
import json
from itertools import count

import pytest
from django.core.management import call_command

from search import registry
from search.engines import get_engine
from search.engines.base import EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import read
from search.engines.elasticsearch_client import Cluster
from search.query import Query
from tests.search.fake_cluster import fake_cluster
from tests.search.pages import WORKS, ListSource

pytestmark = pytest.mark.elasticsearch

WRONG = "hub:wr0ng-s3cret"


@pytest.fixture
def prefix(server):
    with server.prefix() as prefix:
        yield prefix


def engine_at(url: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(read(url), count(1).__next__)


def test_an_api_key_is_sent_as_elasticsearch_wants_it():
    """The server of the tests cannot make keys: it lacks the analysis that the index of its accounts wants."""
    with fake_cluster(lambda *_request: (200, {})) as cluster:
        Cluster(read(f"{cluster.url}?api_key=a2V5%3D")).ask("GET", "/x")
        Cluster(read(cluster.url.replace("//", "//hub:word@"))).ask("GET", "/x")
    basic = base64.b64encode(b"hub:word").decode()
    assert cluster.credentials == ["ApiKey a2V5=", f"Basic {basic}"]


def test_the_user_of_the_hub_has_no_rights_on_the_cluster(server, prefix):
    engine = engine_at(server.search_url(prefix))
    for method, path in (("GET", "/_cluster/health"), ("GET", "/_security/user"), ("GET", "/others.index/_search")):
        with pytest.raises(EngineError, match="may not do this"):
            engine._cluster.ask(method, path)


def test_a_certificate_that_no_known_authority_has_signed_is_refused(server, prefix):
    without_ca = server.search_url(prefix).partition("?")[0]
    with pytest.raises(EngineError, match=r"certificate of the search server .* is not trusted"):
        engine_at(without_ca).search(Query())


@pytest.mark.parametrize("wrong", [{"who": WRONG}, {"who": "", "api_key": "d3Jvbmc6czNjcmV0"}, {"who": ""}])
def test_wrong_credentials_are_told_without_repeating_them(server, prefix, wrong):
    health = engine_at(server.search_url(prefix, **wrong)).health()
    assert not health.ok
    assert "does not accept the user and password, or the API key, of SEARCH_URL" in health.message
    assert "wr0ng" not in health.message


@pytest.mark.django_db
def test_with_a_wrong_password_status_says_so_and_the_page_lists_works_by_title(
    server, prefix, settings, client, monkeypatch, capsys
):
    source = ListSource(WORKS)
    monkeypatch.setattr(registry, "_sources", [source])
    settings.SEARCH_URL = server.search_url(prefix)
    get_engine().rebuild(source.all)
    page = client.get("/es/search/?q=obra")
    assert b"data-facet" in page.content
    settings.SEARCH_URL = server.search_url(prefix, WRONG)
    with pytest.raises(SystemExit):
        call_command("search_status", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["engine"], told["differences"]) == (False, "elasticsearch", None)
    assert "does not accept the user and password" in told["message"]
    page = client.get("/es/search/?q=obra")
    assert page.status_code == 200
    assert page.content.count(b"data-work=") == 20
    assert b"data-facet" not in page.content
    assert b"wr0ng" not in page.content
