"""What becomes of changes that a cluster has no room for, or takes only in part."""

import json
from itertools import count
from pathlib import Path

import pytest

from search.engines import elasticsearch_lock, elasticsearch_writing
from search.engines.base import Busy, EngineError, RefusedDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import read
from search.engines.elasticsearch_client import Cluster
from search.engines.elasticsearch_indexes import Indexes
from search.engines.elasticsearch_lock import Lock
from search.engines.elasticsearch_writing import Batch, Change, TargetGone, Writer, loading
from tests.search.fake_cluster import fake_cluster
from tests.search.works import document

FULL = {"type": "es_rejected_execution_exception", "reason": "queue is full"}

DONE, NO_ROOM = {"status": 200}, {"status": 429, "error": FULL}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(elasticsearch_writing, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(elasticsearch_writing, "LONGEST_WAIT", 0.002)
    monkeypatch.setattr(elasticsearch_writing, "PATIENCE", 0.005)


def items(*told: dict) -> dict:
    return {"errors": True, "items": [{"index": one} for one in told]}


def sent(body: bytes) -> list[str]:
    """Ids of the works in a request."""
    actions = [json.loads(line) for line in body.splitlines() if b'"_index"' in line]
    return [where["_id"] for action in actions for where in action.values()]


def send(answer, ids: str = "abc", patience: float = 1.0) -> list[list[str]]:
    """What a writer sends, request by request."""
    with fake_cluster(answer) as cluster:
        client = Cluster(read(f"{cluster.url}?timeout=10"))
        batch = Batch()
        for id in ids:
            batch.add(Change("index", id, b"{}"))
        try:
            Writer(client, ("live", "building"), 7, "building").send(batch, client.deadline(), patience=patience)
        finally:
            asked = [sent(body) for _method, _path, body in cluster.asked]
    return asked


def test_only_what_there_was_no_room_for_is_sent_again():
    answers = [
        items(DONE, DONE, NO_ROOM, DONE, DONE, NO_ROOM),
        items(NO_ROOM, DONE),
        {"errors": False},
    ]
    assert send(lambda *_request: (200, answers.pop(0))) == [list("aabbcc"), ["b", "c"], ["b"]]


def test_a_cluster_that_takes_no_request_at_all_is_waited_for():
    answers = [(429, {"error": FULL, "status": 429}), (200, {"errors": False})]
    assert send(lambda *_request: answers.pop(0)) == [list("aabbcc")] * 2


@pytest.mark.parametrize("status", [429, 200])
def test_a_cluster_that_stays_overloaded_is_told(status):
    told = {"error": FULL, "status": 429} if status == 429 else items(*[NO_ROOM] * 6)
    for patience in (0.0, 0.01):
        with pytest.raises(EngineError, match=r"overloaded.*queue is full"):
            send(lambda *_request: (status, told), patience=patience)


def test_a_newer_state_and_an_index_that_is_no_longer_built_are_no_errors():
    conflict = {"status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "newer"}}
    missing = {"status": 404, "error": {"type": "index_not_found_exception", "reason": "no such index"}}
    assert send(lambda *_request: (200, items(conflict, missing)), "a") == [["a", "a"]]
    with pytest.raises(TargetGone):
        send(lambda *_request: (200, items(missing, missing)), "a")


@pytest.mark.parametrize(
    ("status", "kind"), [(400, RefusedDocument), (413, RefusedDocument), (403, EngineError), (503, EngineError)]
)
def test_what_a_server_does_not_take_is_told_with_its_reason(status, kind):
    told = {"status": status, "error": {"type": "x", "reason": "because"}}
    with pytest.raises(EngineError, match="because") as caught:
        send(lambda *_request: (200, items(told, told)), "a")
    assert type(caught.value) is kind


def test_other_errors_of_a_request_are_not_tried_again():
    asked = []

    def broken(*request):
        asked.append(request)
        return 500, {"error": "broken", "status": 500}

    with pytest.raises(EngineError, match="500"):
        send(broken)
    assert len(asked) == 1


def test_a_load_of_which_a_request_fails_ends_at_once(monkeypatch):
    monkeypatch.setattr(elasticsearch_writing, "MOST_CHANGES", 1)
    with fake_cluster(lambda *_request: (500, {"error": "broken", "status": 500})) as cluster:
        client = Cluster(read(cluster.url))
        with pytest.raises(EngineError, match="500"), loading(client, "building", 1) as loader:
            for number in range(100):
                loader.put(document(f"w{number}"))
        assert len(cluster.asked) <= 2 * elasticsearch_writing.IN_FLIGHT


def test_a_change_while_the_cluster_is_overloaded_is_told_and_stays_to_be_tried_again():
    def answer(method: str, path: str, body: bytes):
        if path.startswith("/_bulk"):
            return 429, {"error": FULL, "status": 429}
        return 200, {"hub.index": {"aliases": {indexes.live: {}}}}

    with fake_cluster(answer) as cluster:
        address = read(cluster.url)
        indexes = Indexes(Cluster(address))
        with pytest.raises(EngineError, match="overloaded"):
            ElasticsearchEngine(address, count(1).__next__).upsert([document()])


def test_an_index_that_is_not_made_on_every_node_is_told():
    with fake_cluster(lambda *_request: (200, {"acknowledged": True, "shards_acknowledged": False})) as cluster:
        client = Cluster(read(cluster.url))
        with pytest.raises(EngineError, match="not made the new index everywhere"):
            Indexes(client).create(building=True, deadline=client.deadline())


def test_an_index_that_cannot_be_removed_is_told_unless_it_is_gone():
    denied = (403, {"error": "not allowed", "status": 403})
    answers = [(404, {"error": "x", "status": 404}), denied, denied]
    with fake_cluster(lambda *_request: answers.pop(0)) as cluster:
        client = Cluster(read(cluster.url))
        Indexes(client).remove("gone", client.deadline())
        with pytest.raises(EngineError, match="not allowed"):
            Indexes(client).remove("kept", client.deadline())
        with pytest.raises(EngineError, match="not allowed"):
            Indexes(client).abandon("kept", client.deadline())
    assert not answers


# The lock

TAKEN = {"_seq_no": 4, "_primary_term": 1, "_source": {"holder": "x", "renewed": 0.0, "process": "process 7 on host"}}
NO_INDEX = (404, {"error": {"type": "index_not_found_exception", "reason": "x"}, "status": 404})
CONFLICT = (409, {"error": {"type": "version_conflict_engine_exception", "reason": "x"}, "status": 409})
WRITTEN = (200, {"_seq_no": 5, "_primary_term": 1})
DENIED = (403, {"error": {"type": "security_exception", "reason": "denied"}, "status": 403})
THERE = (400, {"error": {"type": "resource_already_exists_exception", "reason": "x"}, "status": 400})


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([DENIED], "denied"),
        ([NO_INDEX, DENIED], "denied"),
        ([CONFLICT, (404, {"found": False})], "just ended a rebuild"),
        ([CONFLICT, (200, TAKEN), CONFLICT], "just taken the lock"),
    ],
)
def test_a_lock_that_cannot_be_had_says_why(answers, message):
    answers = list(answers)
    with fake_cluster(lambda *_request: answers.pop(0)) as cluster:
        lock = Lock(Cluster(read(cluster.url)), "hub.state")
        with pytest.raises(EngineError, match=message), lock.held():
            pass
    assert not answers


def test_a_lock_is_had_where_another_process_makes_its_index_or_has_left_it():
    for answers in ([NO_INDEX, THERE, WRITTEN, WRITTEN], [CONFLICT, (200, TAKEN), WRITTEN, WRITTEN]):
        with (
            fake_cluster(lambda *_request: answers.pop(0)) as cluster,  # noqa: B023
            Lock(Cluster(read(cluster.url)), "hub.state").held() as held,
        ):
            held.check()
        assert not answers


def test_where_the_system_does_not_tell_who_has_ended_a_lock_lapses(monkeypatch):
    monkeypatch.setattr(elasticsearch_lock, "Path", lambda _name: Path("/nowhere"))
    held = []

    def answered(method, _path, body):
        if method == "PUT":
            held.append(json.loads(body))
            return CONFLICT
        return 200, TAKEN | {"_source": held[0] | {"holder": f"another {held[0]['holder'].partition(' ')[2]}"}}

    with fake_cluster(answered) as cluster, pytest.raises(Busy, match="if that process was killed, in"):
        Lock(Cluster(read(cluster.url)), "hub.state").held().__enter__()


AWAY = (503, {"error": "away", "status": 503})


@pytest.mark.parametrize(
    "taken", [[CONFLICT, (200, TAKEN)], [CONFLICT, (404, {"found": False})], [CONFLICT, AWAY, CONFLICT, (200, TAKEN)]]
)
def test_a_lock_is_given_up_when_another_has_it_and_kept_when_the_cluster_is_away(monkeypatch, taken):
    monkeypatch.setattr(elasticsearch_lock, "RENEWAL", 0.01)
    answers = [WRITTEN, AWAY, (200, "broken"), WRITTEN, *taken]
    with fake_cluster(lambda *_request: answers.pop(0)) as cluster:
        lock = Lock(Cluster(read(f"{cluster.url}?timeout=5")), "hub.state")
        with lock.held() as held:
            held._renewer.join(20)
            with pytest.raises(EngineError, match="another has begun"):
                held.check()
    assert not answers  # the lock of the other was not removed
