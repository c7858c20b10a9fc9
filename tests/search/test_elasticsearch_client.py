"""Time, retries and messages: what a page meets when a cluster is slow, away, or says no."""

import json
import socket
import time
from base64 import b64encode
from contextlib import suppress
from itertools import count
from threading import Thread

import pytest

from search.engines import elasticsearch_client
from search.engines.base import EngineError, one_page, unhurried
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import TIMEOUT, read
from search.engines.elasticsearch_client import Cluster, OutOfTime, reason
from search.query import Query
from tests.search.fake_cluster import fake_cluster
from tests.search.works import document

SECRET = "s3cret"
PAGE = 2.0  # seconds that a page may take


def engine_at(url: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(read(url), count(1).__next__)


def hang(*_request) -> None:
    return None


def no(status: int, error: object):
    return lambda *_request: (status, {"error": error, "status": status})


def refused_port() -> str:
    with fake_cluster(hang) as closed:
        return closed.node


def spent(act) -> float:
    started = time.monotonic()
    with pytest.raises(EngineError):
        act()
    return time.monotonic() - started


ACTS = {
    "search": lambda engine: engine.search(Query(text="crianza", facets=("type",))),
    "suggest": lambda engine: engine.suggest("cria", "es"),
    "upsert": lambda engine: engine.upsert([document()]),
    "delete": lambda engine: engine.delete(["one"]),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("nodes", [1, 2])
def test_a_cluster_that_hangs_costs_less_than_a_page_may_take(act, nodes):
    with fake_cluster(hang) as one, fake_cluster(hang) as other:
        engine = engine_at(f"http://{','.join([one.node, other.node][:nodes])}/hub")
        with pytest.raises(EngineError, match=f"did not answer within {TIMEOUT:g} s"):
            act(engine)
    with fake_cluster(hang) as one:
        assert spent(lambda: act(engine_at(one.url))) < PAGE


def test_health_tells_what_is_wrong_and_takes_no_longer():
    with fake_cluster(hang) as cluster:
        started = time.monotonic()
        health = engine_at(cluster.url).health()
        assert time.monotonic() - started < PAGE
    assert (health.ok, health.engine) == (False, "elasticsearch")
    assert "did not answer" in health.message


def test_a_cluster_that_hangs_is_not_asked_for_every_page(monkeypatch):
    monkeypatch.setattr(elasticsearch_client, "PAUSE", 0.5)
    with fake_cluster(hang) as cluster:
        engine = engine_at(f"{cluster.url}?timeout=0.2")
        act = lambda: engine.search(Query())  # noqa: E731
        assert spent(act) > 0.15
        assert [spent(act) < 0.1 for _ in range(5)] == [True] * 5
        time.sleep(0.5)
        # One of many pages finds out; the others do not wait.
        times: list[float] = []
        threads = [Thread(target=lambda: times.append(spent(act))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(cluster.asked) == 2
        assert sum(one > 0.15 for one in times) == 1


def test_a_cluster_that_is_back_is_used_at_once():
    answers = [None, (200, {"works": True})]
    with fake_cluster(lambda *_request: answers.pop(0)) as back:
        cluster = Cluster(read(f"{back.url}?timeout=0.2"))
        with pytest.raises(EngineError):
            cluster.ask("GET", "/x")
        with unhurried():
            # Where no page waits the pause does not count, and what is found out counts for pages.
            assert cluster.ask("GET", "/x") == {"works": True}
        answers.append((200, {"works": "still"}))
        assert cluster.ask("GET", "/x") == {"works": "still"}


def test_a_page_that_has_used_up_its_time_keeps_no_other_from_asking():
    answers = [None, (200, {"works": True})]
    with fake_cluster(lambda *_request: answers.pop(0)) as cluster:
        asking = Cluster(read(f"{cluster.url}?timeout=1"))
        slow = asking.deadline()
        slow._end -= 0.6
        with pytest.raises(OutOfTime):
            asking.ask("GET", "/x", deadline=slow)
        assert asking.ask("GET", "/x") == {"works": True}


def test_a_page_without_time_does_not_find_out_whether_the_cluster_is_back(monkeypatch):
    monkeypatch.setattr(elasticsearch_client, "PAUSE", 0.2)
    answers = [None, (200, {"works": True})]
    with fake_cluster(lambda *_request: answers.pop(0)) as back:
        cluster = Cluster(read(f"{back.url}?timeout=0.2"))
        slow = cluster.deadline()
        with pytest.raises(OutOfTime):
            cluster.ask("GET", "/x", deadline=slow)
        time.sleep(0.2)
        with pytest.raises(OutOfTime):
            cluster.ask("GET", "/x", deadline=slow)
        assert cluster.ask("GET", "/x") == {"works": True}


def test_where_no_page_waits_there_is_more_time():
    def slow(*_request):
        time.sleep(0.4)
        return 200, {}

    with fake_cluster(slow) as cluster:
        engine = Cluster(read(f"{cluster.url}?timeout=0.2"))
        with pytest.raises(EngineError, match="did not answer"):
            engine.ask("GET", "/x")
        with unhurried():
            assert engine.ask("GET", "/x") == {}


def nothing(request: bytes) -> dict:
    """What a cluster without works answers to a request of a search."""
    counted = json.loads(request).get("aggs", {}).get("rows", {"filters": {"filters": []}})["filters"]["filters"]
    found = {"ids": {"sum_other_doc_count": 0, "buckets": []}, "rows": {"buckets": [{"doc_count": 0}] * len(counted)}}
    return {"hits": {"total": {"value": 0}, "hits": []}, "timed_out": False, "status": 200, "aggregations": found}


def test_all_requests_of_a_search_together_have_one_time_out():
    def each_a_little(method: str, path: str, body: bytes):
        time.sleep(0.15)
        if "_msearch" in path:
            return 200, {"responses": list(map(nothing, body.splitlines()[1::2]))}
        return 200, {"suggest": {"near": [{"options": [{"text": "crianza", "freq": 1}]}]}}

    with fake_cluster(each_a_little) as cluster:
        engine = engine_at(f"{cluster.url}?timeout=0.55")
        started = time.monotonic()
        # Nothing matches, so spellings are tried until the time is over; the answer to what was typed still counts.
        assert engine.search(Query(text="crinaza ")).total == 0
        assert time.monotonic() - started < 1
        assert len(cluster.asked) in (3, 4)


def test_all_questions_of_a_page_together_have_one_time_out():
    def slow(*_request):
        time.sleep(0.4)
        empty = {"hits": {"total": {"value": 0}, "hits": []}, "timed_out": False, "status": 200}
        return 200, {"responses": [empty]}

    with fake_cluster(slow) as cluster:
        engine = engine_at(f"{cluster.url}?timeout=0.6")
        began = time.monotonic()
        with one_page(), pytest.raises(EngineError, match=r"did not answer within 0\.6 s"):
            for _question in range(4):
                engine.search(Query(limit=0))
        assert time.monotonic() - began < 1
        assert len(cluster.asked) == 2


def test_of_several_nodes_one_that_is_away_or_hangs_is_done_without():
    empty = {"hits": {"total": {"value": 7}, "hits": []}, "timed_out": False}
    with fake_cluster(lambda *_request: (200, {"responses": [empty, empty]})) as well, fake_cluster(hang) as hanging:
        for other in (refused_port(), hanging.node):
            engine = engine_at(f"http://{other},{well.node}/hub?timeout=1")
            assert [engine.search(Query()).total for _ in range(4)] == [7] * 4


def test_a_cluster_that_is_not_there():
    engine = engine_at(f"http://{refused_port()}/hub")
    with pytest.raises(EngineError, match="cannot be reached"):
        engine.search(Query())
    with pytest.raises(EngineError, match="cannot be reached"):
        engine.search(Query())


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (no(401, {"type": "security_exception", "reason": "unable to authenticate"}), "does not accept the user"),
        (no(403, {"type": "security_exception", "reason": "[x] is unauthorized"}), r"may not do this .*unauthorized"),
        (no(429, {"type": "es_rejected_execution_exception", "reason": "full"}), "overloaded: full"),
        (no(500, {"type": "a", "reason": "b", "caused_by": {"type": "c", "reason": "deep" * 999}}), "500.*: deepdeep"),
        (no(503, "plain words"), "503.*: plain words"),
        (lambda *_request: (200, "{"), "cannot be read"),
        (lambda *_request: (502, "<html>"), "cannot be read"),
        (lambda *_request: (400, ["a list"]), "400"),
    ],
)
def test_what_a_server_says_is_told_in_plain_words_without_secrets(answer, message):
    with fake_cluster(answer) as cluster:
        url = cluster.url.replace("http://", f"http://user:{SECRET}@")
        with pytest.raises(EngineError, match=message) as caught:
            engine_at(url).search(Query())
    assert SECRET not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_server_that_wants_https_is_told():
    """One that speaks TLS closes a connection that does not begin with it."""
    with socket.create_server(("127.0.0.1", 0)) as other:

        def close():
            with suppress(OSError):
                while True:
                    connection, _peer = other.accept()
                    connection.recv(1)
                    connection.close()

        thread = Thread(target=close)
        thread.start()
        with pytest.raises(EngineError, match="must begin with https://") as caught:
            engine_at(f"http://127.0.0.1:{other.getsockname()[1]}/hub").search(Query())
        other.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert "(" not in str(caught.value).partition("cannot be reached")[2]


@pytest.mark.parametrize(
    ("written", "sent"),
    [("hub:pässwörd", "hub:pässwörd"), ("%D8%B3:%D9%83%D9%84%D9%85%D8%A9", "س:كلمة"), ("hub:a%3Ab", "hub:a:b")],
)
def test_user_and_password_are_sent_as_utf_8(written, sent):
    with fake_cluster(lambda *_request: (200, {})) as cluster:
        Cluster(read(cluster.url.replace("//", f"//{written}@"))).ask("GET", "/x")
    assert cluster.credentials == [f"Basic {b64encode(sent.encode()).decode()}"]


def test_what_is_no_elasticsearch_is_told():
    with fake_cluster(lambda *_request: (200, "<html>")) as other:
        other.headers = {"Content-Type": "text/html"}
        with pytest.raises(EngineError, match="no Elasticsearch"):
            engine_at(other.url).search(Query())


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("words", "words"),
        ({"type": "only a type"}, "only a type"),
        ({}, "unknown"),
        ({"reason": "outer", "root_cause": [{"reason": "outer"}]}, "outer"),
        ({"reason": "outer", "root_cause": [{"reason": "inner"}]}, "inner"),
        ({"reason": "outer", "caused_by": {"reason": "middle", "caused_by": {"reason": "inner"}}}, "inner"),
    ],
)
def test_the_innermost_reason_is_told(error, expected):
    assert reason(error) == expected


def test_a_partial_answer_is_no_answer():
    late = {"hits": {"total": {"value": 7}, "hits": []}, "timed_out": True}
    with (
        fake_cluster(lambda *_request: (200, {"responses": [late, late]})) as cluster,
        pytest.raises(EngineError, match="did not answer within"),
    ):
        engine_at(cluster.url).search(Query())


def test_a_search_that_meets_a_shard_just_when_it_goes_asks_once_more():
    failed = {"error": {"type": "search_phase_execution_exception", "reason": "all shards failed"}, "status": 503}
    fine = {"hits": {"total": {"value": 7}, "hits": []}, "timed_out": False}
    answers = [[failed, fine], [fine, fine]]
    with fake_cluster(lambda *_request: (200, {"responses": answers.pop(0)})) as cluster:
        assert engine_at(cluster.url).search(Query()).total == 7
    with (
        fake_cluster(lambda *_request: (200, {"responses": [fine, failed]})) as cluster,
        pytest.raises(EngineError, match="all shards failed"),
    ):
        engine_at(cluster.url).search(Query())
