"""search_status, search_repair, search_rebuild and search_query, as an operator uses them."""

import io
import json
from contextlib import ExitStack

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone, translation

from search import indexing
from search.documents import Term
from search.engines import get_engine
from search.engines.base import EngineError
from search.facets import FACETS
from search.management.commands import search_query, search_rebuild, search_status
from search.models import PendingChange
from tests import elasticsearch_server
from tests.search.sources import pending
from tests.search.works import document, page

pytestmark = pytest.mark.django_db


@pytest.fixture(params=elasticsearch_server.ENGINES)
def index(request, settings, tmp_path, source):
    """The engine of this test, still empty; each engine in turn."""
    with elasticsearch_server.search_settings(request.param, settings, tmp_path):
        yield get_engine()


@pytest.fixture
def filled(index, source):
    for number, (locale, title) in enumerate(
        (("es", "Crianza con ternura"), ("en", "Raising children"), ("pt", "Criar com amor"), ("es", "Ñandúes")), 1
    ):
        source.works[f"w{number}"] = document(
            f"w{number}",
            page(locale, title),
            facets={"language": (locale, "qu"), "topic": ("zoo", "school")},
            keywords=(Term((("es", "crianza"),)),) if number < 4 else (),
            urls={"es": f"/es/shown-{number}/"},
        )
    source.names = {
        "language": {"es": "Español", "en": "Inglés", "pt": "Portugués", "qu": "Quechua"},
        "topic": {"zoo": "Árboles", "school": "Zoología"},
        "type": {"programme": "Programa"},
    }
    index.rebuild(source.documents())
    return index


def run(name: str, *args: str) -> tuple[str, str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def run_failing(name: str, *args: str) -> str:
    out = io.StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command(name, *args, stdout=out)
    assert caught.value.code == 1
    return out.getvalue()


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


# Status


def test_status_of_a_healthy_index(filled):
    out, _errors = run("search_status")
    assert f"Engine: {filled.name}. The search index is ready." in out
    assert "Works in the index: 4" in out
    assert "Index and database agree." in out
    assert "oldest" not in out
    report = json.loads(run("search_status", "--json")[0])
    assert report["ok"] is True
    assert (report["documents"], report["in_database"], report["pending"]) == (4, 4, 0)
    assert report["bytes"] > 0
    assert report["differences"] == {"missing": [], "changed": [], "surplus": []}
    assert (report["oldest_pending"], report["last_error"]) == (None, None)


def test_status_tells_differences_by_kind_and_fails(filled, source):
    del source.works["w1"]
    source.works["w2"] = document("w2", page("en", "Changed"))
    for number in range(20):
        source.works[f"new{number:02d}"] = document(f"new{number:02d}")
    report = json.loads(run_failing("search_status", "--json"))
    assert report["ok"] is False
    assert report["differences"]["changed"] == ["w2"]
    assert report["differences"]["surplus"] == ["w1"]
    assert len(report["differences"]["missing"]) == 20
    out = run_failing("search_status")
    assert "Missing in the index: 20 (new00, new01," in out
    assert "new09, …)" in out
    assert "Changed since they were indexed: 1 (w2)" in out
    assert "In the index, but not to be shown: 1 (w1)" in out
    assert "manage.py search_repair" in out


def test_status_tells_what_waits_and_why(filled):
    PendingChange.objects.create(document_id="w1", last_error="No server")
    later = timezone.now() + indexing.LONGEST_WAIT_ALONE
    PendingChange.objects.create(document_id="w2", last_error="No original", alone=True, not_before=later)
    out, _errors = run("search_status")
    assert "Changes waiting to be indexed: 2" in out
    assert "The oldest has been waiting since: 20" in out
    assert "The last error: No server" in out


def test_status_of_an_index_that_is_not_there(index):
    out = run_failing("search_status")
    assert "not been built yet" in out
    assert "Differences cannot be determined." in out
    assert json.loads(run_failing("search_status", "--json"))["differences"] is None


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
def test_status_of_a_folder_that_cannot_be_written_is_in_plain_words(filled):
    lock = filled.folder.current() / ".tantivy-meta.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # a file cannot be written there: as on a disk that is read-only, which only root can make
    assert search_status.status()["message"] == (
        "The search index cannot be opened: Is a directory. The hub must be able to write into the folder of the index."
    )


def test_status_with_an_engine_that_does_not_exist(source):
    with override_settings(SEARCH_URL="ftp://search.example"):
        assert "SEARCH_URL" in search_status.status()["message"]


def test_status_when_the_engine_goes_away_meanwhile(filled, monkeypatch):
    def gone():
        raise EngineError("gone")

    monkeypatch.setattr(indexing, "differences", gone)
    report = search_status.status()
    assert (report["ok"], report["message"], report["differences"]) == (False, "gone", None)


# Repair


def test_repair_mends_just_the_differences(filled, source):
    del source.works["w1"]
    source.works["w2"] = document("w2", page("en", "Changed"))
    source.works["new"] = document("new")
    out, errors = run("search_repair")
    assert out == "3 works were repaired.\n"
    assert "Works compared: 4 of 4" in errors
    assert filled.fingerprints().keys() == source.works.keys()
    assert run("search_repair")[0] == "0 works were repaired.\n"
    run("search_status")


def test_repair_works_off_what_waits(filled, source):
    source.works["w1"] = document("w1", page("es", "Nuevo"))
    PendingChange.objects.create(document_id="w1", attempts=9, last_error="No server")
    assert run("search_repair")[0] == "1 work was repaired.\n"
    assert not PendingChange.objects.exists()


def test_repair_of_an_index_that_is_not_there_says_what_to_do(index):
    errors = io.StringIO()
    with pytest.raises(CommandError, match="search_rebuild"):
        call_command("search_repair", stderr=errors)
    assert errors.getvalue().startswith("Works compared: 0 of 0")  # and a line's end before the message
    assert errors.getvalue().endswith("\n")


def test_repair_that_does_not_succeed_says_why(filled, source, monkeypatch):
    source.works["new"] = document("new")

    def full(*_change):
        raise EngineError("No space left")

    monkeypatch.setattr(filled, "bring", full)
    with pytest.raises(CommandError, match="1 changes could not be indexed: No space left"):
        run("search_repair")


def test_repair_is_done_though_an_editor_publishes_meanwhile(filled, source, monkeypatch):
    source.works["new"] = document("new")
    bring = filled.bring

    def meanwhile(*change):
        PendingChange.objects.get_or_create(document_id="w1")
        return bring(*change)

    monkeypatch.setattr(filled, "bring", meanwhile)
    assert run("search_repair")[0] == "1 work was repaired.\n"
    assert pending() == {"w1"}


def test_repair_that_does_not_succeed_counts_all_that_waits_but_what_has_changed_meanwhile(filled, source, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    source.works |= {f"n{number}": document(f"n{number}") for number in range(5)}

    def full(*_change):
        PendingChange.objects.create(document_id="w1")
        raise EngineError("No space left")

    monkeypatch.setattr(filled, "bring", full)
    with pytest.raises(CommandError, match=r"^5 changes could not be indexed: No space left$"):
        run("search_repair")


@pytest.mark.django_db(transaction=True)
def test_repair_does_itself_all_that_it_finds(filled, source, settings, monkeypatch):
    settings.BACKGROUND = "process"
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    started = []
    monkeypatch.setattr(indexing.Background, "start", lambda self: started.append(self))
    source.works |= {f"n{number}": document(f"n{number}") for number in range(3)}
    assert run("search_repair")[0] == "3 works were repaired.\n"
    assert (pending(), started) == (set(), [])


# Rebuild


def test_rebuild(index, source):
    source.works = {f"w{number}": document(f"w{number}") for number in range(150)}
    out, errors = run("search_rebuild")
    assert out == "The index has 150 works.\n"
    assert errors.startswith("Works indexed: 150 of 150")
    run("search_status")


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
def test_rebuild_that_cannot_be_done_says_why(index, source, tmp_path):
    (tmp_path / "index").write_text("in the way")
    with pytest.raises(CommandError, match="cannot be written"):
        run("search_rebuild")


@pytest.fixture
def held(filled):
    """The lock of a rebuild of another process, until it is closed."""
    with ExitStack() as stack:
        stack.enter_context(filled.folder.locked("rebuild") if filled.name == "embedded" else filled._lock.held())
        yield stack


def test_rebuild_is_refused_while_another_process_builds(held):
    errors = io.StringIO()
    with pytest.raises(CommandError, match="holds the lock"):
        call_command("search_rebuild", stderr=errors)
    assert errors.getvalue() == ""


def test_rebuild_may_wait_until_another_process_has_ended(held, monkeypatch):
    monkeypatch.setattr(search_rebuild, "sleep", lambda _seconds: held.close())
    out, errors = run("search_rebuild", "--wait")
    assert out == "The index has 4 works.\n"
    assert errors.count("Waiting: Another process holds the lock") == 1


def test_rebuild_does_not_wait_for_ever(held, monkeypatch):
    monkeypatch.setattr(search_rebuild, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(search_rebuild, "STEP", 0.01)
    with pytest.raises(CommandError, match="holds the lock"):
        run("search_rebuild", "--wait")


# A work that cannot be read


def test_status_names_works_that_cannot_be_read(filled, source):
    source.unreadable = {"w2"}
    out = run_failing("search_status")
    assert "1 work could not be read and is left out: w2 (ValueError('w2 has no original'))" in out
    assert "agree" not in out
    assert "search_repair" not in out  # it would mend nothing
    report = json.loads(run_failing("search_status", "--json"))
    assert report["unreadable"] == {"w2": "ValueError('w2 has no original')"}
    assert report["differences"] == {"missing": [], "changed": [], "surplus": []}


def test_repair_mends_all_but_the_works_that_cannot_be_read(filled, source):
    source.unreadable = {"w2"}
    source.works["new"] = document("new")
    with pytest.raises(CommandError, match="1 work could not be read and is left out: w2"):
        run("search_repair")
    assert "new" in filled.fingerprints()


def test_repair_tells_all_that_is_wrong(filled, source):
    source.unreadable = {"w2"}
    PendingChange.objects.create(document_id="w2")
    with pytest.raises(CommandError, match=r"left out: w2 .*\n1 changes could not be indexed: .*w2 has no original"):
        run("search_repair")


def test_rebuild_indexes_all_but_the_works_that_cannot_be_read(index, source):
    source.works = {f"w{number:02d}": document(f"w{number:02d}") for number in range(20)}
    source.unreadable = {f"w{number:02d}" for number in range(5, 16)}
    out, errors = run("search_rebuild")
    assert out == "The index has 9 works.\n"
    assert "11 works could not be read and are left out: w05 (ValueError" in errors
    assert "w14" in errors and "w15" not in errors and "), …" in errors


# Query


def test_query_as_json(filled):
    out, errors = run("search_query", "crianza", "--filter", "topic=school", "--filter", "topic=zoo", "--json")
    report = json.loads(out)
    assert list(report) == ["total", "hits", "facets", "suggestion", "took_ms"]
    assert report["total"] == 3
    assert report["hits"][0] == {
        "external_id": "x-w1",
        "type": "programme",
        "title": "Crianza con ternura",
        "locale": "es",
        "url": "/es/shown-1/",
        "languages": ["es", "qu"],
    }
    assert set(report["facets"]) == set(FACETS)
    assert report["facets"]["topic"] == [
        {"value": "zoo", "label": "Árboles", "count": 3, "selected": True},
        {"value": "school", "label": "Zoología", "count": 3, "selected": True},
    ]
    assert [one["value"] for one in report["facets"]["language"]] == ["qu", "es", "en", "pt"]
    assert report["facets"]["type"][0]["label"] == "Programa"
    assert report["facets"]["kind"] == []
    assert report["suggestion"] is None
    assert report["took_ms"] > 0
    assert errors == ""


def test_query_for_people(filled):
    out, _errors = run("search_query", "crinaza ", "--locale", "en", "--filter", "language=en")
    lines = out.splitlines()
    assert lines[0] == "1 work"
    assert lines[1] == "Did you mean “crianza ”?"
    assert lines[2] == "  Raising children [programme; en, qu] /en/raising-children/"
    assert "Language of the material: Quechua 3, Español 1, Inglés 1 ✓, Portugués 1" in lines
    assert not any(line.startswith("Mode") for line in lines)


def test_query_shows_a_person_only_the_first_values(filled, monkeypatch):
    monkeypatch.setattr(search_query, "VALUES_SHOWN", 2)
    assert "Quechua 4, Español 2, …" in run("search_query")[0]


def test_query_with_every_option(filled):
    options = ["--locale", "es", "--sort", "title", "--language-match", "all", "--page", "1", "--json"]
    filters = ["--filter", "language=es", "--filter", "language=qu"]
    report = json.loads(run("search_query", *options, *filters)[0])
    assert [hit["title"] for hit in report["hits"]] == ["Crianza con ternura", "Ñandúes"]


def test_query_tells_what_it_ignored(filled):
    out, errors = run(
        "search_query", "--json", "--locale", "en", "--page", "7",
        "--filter", "colour=red", "--filter", "topic=nonsense", "--filter", "page", "--filter", "year=abc",
    )  # fmt: skip
    assert json.loads(out)["total"] == 4
    assert errors.splitlines() == [
        "“colour” is not a filter of this site and was ignored.",
        "“page” is not a filter of this site and was ignored.",
        "“nonsense” is not a value of the filter “Topic” and was ignored.",
        "“abc” is not a year and was ignored.",
        "There is no page 7; this is page 1.",
    ]


def test_query_that_leaves_something_out(filled):
    every = json.loads(run("search_query", "--json")[0])["total"]
    without = json.loads(run("search_query", "-crianza", "--json", "--page", "1", "-v1")[0])
    assert 0 < without["total"] < every
    assert not [hit for hit in without["hits"] if "crianza" in hit["title"].lower()]


def test_query_names_a_range_of_years(filled):
    report = json.loads(run("search_query", "--filter", "year=2010-", "--locale", "en", "--json")[0])
    [chosen] = [one for one in report["facets"]["year"] if one["selected"]]
    assert chosen["label"] == "from 2010"


def test_query_without_an_index_says_what_to_do(index):
    with pytest.raises(CommandError, match="search_rebuild"):
        run("search_query", "crianza")


def test_query_of_anything_typed(filled):
    for text in ("\udcff\x00", '"', "-", "(" * 5000, "😀"):
        assert json.loads(run("search_query", "--json", "--", text)[0])["total"] >= 0
