"""What an operator can mend is told in one line by every command, without a traceback, in the terminal's language."""

import io
import json
import os
import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import translation

from search.models import PendingChange
from tests.search.fake_cluster import fake_cluster
from tests.served_hub import free_port, manage

UNREACHABLE = "postgres://hub:secret@127.0.0.1:1/hub"


def told(*arguments: str, data, **variables: str) -> str:
    """The one line with which the command ends."""
    failed = manage(data, *arguments, check=False, **variables)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    [line] = failed.stderr.splitlines()
    assert "secret" not in line
    return line


def test_a_variable_that_cannot_be_read_is_named(tmp_path):
    assert told("set_up", data=tmp_path, DATABASE_URL="foo://hub:secret@host/hub").startswith("DATABASE_URL cannot")


def test_an_empty_number_of_processes_is_none(tmp_path):
    """gunicorn reads the variable by itself."""
    manage(tmp_path, "shell", "--no-imports", "--command", "import home.serving", WEB_CONCURRENCY="")


def test_a_database_that_is_away_is_told(tmp_path):
    assert told("migrate", data=tmp_path, DATABASE_URL=UNREACHABLE).startswith("The database cannot be used: ")


def test_the_child_that_sets_up_beside_the_server_tells_it_too(tmp_path):
    failed = manage(tmp_path, "set_up", "--serve", check=False, DATABASE_URL=UNREACHABLE, PORT=str(free_port()))
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert "The database cannot be used: " in failed.stderr


def test_a_database_that_nobody_has_set_up_is_told_with_the_remedy(program_database, tmp_path):
    empty = program_database(migrated=False).environment
    assert told("load_starter", data=tmp_path, **empty).endswith("manage.py set_up")


def test_the_alarm_of_search_is_json_also_without_a_database(tmp_path):
    answer = manage(tmp_path, "search_status", "--json", check=False, DATABASE_URL=UNREACHABLE)
    assert answer.returncode == 1
    report = json.loads(answer.stdout)
    assert report.keys() == {"ok", "message"}
    assert not report["ok"]
    assert report["message"].startswith("The database cannot be used: ")


@pytest.fixture
def incomplete(db):
    """A database of a version before the queue of changes."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {connection.ops.quote_name(PendingChange._meta.db_table)}")


def test_the_alarm_of_search_names_the_remedy_where_a_table_is_missing(incomplete):
    told = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("search_status", "--json", stdout=told)
    assert ended.value.code == 1
    [line] = json.loads(told.getvalue())["message"].splitlines()
    assert line.startswith("The database cannot be used: ")
    assert line.endswith("manage.py set_up")


def test_the_state_of_search_for_people_leaves_that_to_the_command_line(incomplete):
    with pytest.raises(DatabaseError):
        call_command("search_status")


def test_developers_still_see_all(tmp_path):
    failed = manage(tmp_path, "migrate", "--traceback", check=False, DATABASE_URL=UNREACHABLE)
    assert "Traceback" in failed.stderr


def test_ctrl_c_ends_a_command_with_a_sentence(tmp_path):
    # Of a test run in the background of a shell, all children would ignore it.
    listen = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    interrupt = f"{listen}; os.kill(os.getpid(), signal.SIGINT)"
    stopped = manage(tmp_path, "shell", "--command", interrupt, check=False)
    assert stopped.returncode == 130
    assert stopped.stderr == "\nStopped. Run the same command again to go on.\n"


def test_a_search_server_that_is_away_is_told_in_a_line(program_database, tmp_path):
    database = program_database().environment
    failed = manage(tmp_path, "search_rebuild", check=False, SEARCH_URL="http://127.0.0.1:1/hub", **database)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert "node_pool" not in failed.stderr
    assert "The search server (http://127.0.0.1:1) cannot be reached" in failed.stderr.splitlines()[-1]


def test_a_rebuild_that_is_told_to_stop_lets_go_of_its_lock(program_database, tmp_path):
    """Or the next one, started at once as a service is, would be sent away for a minute."""

    def answer(method, path, body):
        if path.startswith("/hub.state/_doc/") and body:
            process.append(int(json.loads(body)["process"].split()[1]))
        if path.endswith("/_alias"):
            os.kill(process[0], signal.SIGTERM)
        return 200, {"_seq_no": 1, "_primary_term": 1}

    process: list[int] = []
    with fake_cluster(answer) as cluster:
        database = program_database().environment
        stopped = manage(tmp_path, "search_rebuild", check=False, SEARCH_URL=cluster.url, **database)
    assert stopped.returncode == 143
    assert "Traceback" not in stopped.stderr
    assert cluster.asked[-1][0] == "DELETE"
    assert cluster.asked[-1][1].startswith("/hub.state/_doc/rebuild")


def test_every_command_speaks_the_language_of_the_terminal(tmp_path):
    line = told("run_worker", data=tmp_path, LC_ALL="fr_FR.UTF-8")
    with translation.override("fr"), pytest.raises(CommandError) as here:
        call_command("run_worker")
    assert line == f"CommandError: {here.value}"
