"""The server that .ci/elasticsearch_server.py runs for the tests is there for this machine alone, and gone with whoever
wanted it; where there can be none, that is told before a test runs."""

import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from tests import elasticsearch_server
from tests.scripts import SCRIPTS, load, write

PATIENCE = 180  # seconds, for two servers that start side by side
LISTENS = "0A"  # in /proc/net/tcp
THIS_MACHINE = {"0100007F", "0000000000000000FFFF00000100007F"}  # 127.0.0.1 there, and how IPv6 writes it
# Marks of tests that need more than Python.
BESIDE = {"browser", "processes", "postgresql", "elasticsearch"}


class Kept:
    """A temporary server, and the script that keeps it while the process `owner` runs."""

    def __init__(self, owner: int) -> None:
        self.folder = elasticsearch_server.place(f"inspire-hub-kept-{uuid4().hex}")
        self.lock = self.folder.with_suffix(".lock")
        self.lock.touch()
        command = [sys.executable, str(SCRIPTS / "elasticsearch_server.py"), "serve", str(self.folder)]
        self.keeper = subprocess.Popen([*command, "--while", str(owner), "--temporary"], start_new_session=True)

    def wait_until_it_answers(self) -> int:
        """Its process."""
        until = time.monotonic() + PATIENCE
        while not (self.folder / "server.json").exists():
            assert self.keeper.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        return json.loads((self.folder / "server.json").read_text())["process"]

    def processes(self) -> set[int]:
        """Those that run and name its folder: the keeper, what starts the server, and the server."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has just ended
                if str(self.folder) in (process / "cmdline").read_text():
                    found.add(int(process.name))
        return found

    def is_gone(self) -> bool:
        until = time.monotonic() + PATIENCE
        while self.processes() and time.monotonic() < until:
            time.sleep(0.1)
        return not self.processes()

    def remove(self) -> None:
        """Whatever a failed test has left of it too."""
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.keeper.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.unlink(missing_ok=True)


def users(process: int) -> set[int]:
    """As whom it runs: real, effective, saved, and for files."""
    status = Path(f"/proc/{process}/status").read_text()
    return {int(user) for user in re.search(r"^Uid:(.+)", status, re.MULTILINE)[1].split()}


def addresses(process: int) -> set[str]:
    """Where it waits for connections, as the kernel writes it."""
    sockets, found = set(), set()
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # it has just been closed
            sockets.add(os.readlink(descriptor))
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            _number, local, _remote, state, *_others = columns = line.split()
            if state == LISTENS and f"socket:[{columns[9]}]" in sockets:
                found.add(local.split(":")[0])
    return found


@pytest.mark.elasticsearch
@pytest.mark.long
def test_it_is_for_this_machine_alone_and_ends_with_its_owner_or_its_keeper():
    with ExitStack() as stack:
        owner = stack.enter_context(subprocess.Popen(["sleep", "600"]))
        stack.callback(owner.kill)
        one = Kept(owner.pid)
        stack.callback(one.remove)
        other = Kept(os.getpid())
        stack.callback(other.remove)
        account = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
        for kept in (one, other):
            server = kept.wait_until_it_answers()
            assert {server, kept.keeper.pid} < kept.processes()
            assert users(server) == {account}
            assert addresses(server) and addresses(server) <= THIS_MACHINE
        owner.kill()
        other.keeper.kill()
        assert one.is_gone()
        assert not one.folder.exists() and not one.lock.exists()
        assert other.is_gone()


@pytest.fixture
def script(monkeypatch, tmp_path) -> Iterator[ModuleType]:
    """The script on a machine that has nothing, neither in the cache of the hub nor on the path."""
    module = load("elasticsearch_server")
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(module, "cache", lambda: tmp_path / "cache")
    before = os.umask(0o077)  # not that of the script, which sets it
    yield module
    os.umask(before)


@pytest.fixture
def refusal(script) -> Callable[[Callable], str]:
    """What it says where it ends; each time it says how to get what is missing, and how to do without."""

    def refused(what: Callable) -> str:
        with pytest.raises(SystemExit) as ended:
            what()
        told = str(ended.value)
        assert "`make system-packages`" in told and "`make test-quick`" in told
        assert not (script.cache() / f"elasticsearch-{script.VERSION}").exists()
        return told

    return refused


def test_without_maven_it_says_how_to_get_it(script, refusal):
    assert "Maven (mvn) is not installed." in refusal(script.fetch)


@pytest.mark.parametrize("code", [0, 1])
def test_what_maven_says_last_is_told_where_it_brings_nothing(script, refusal, tmp_path, code):
    write(tmp_path / "path/mvn", f"#!/bin/sh\nprintf 'line %s.\\n' 1 2 3 4 5 6 7 8 9\nexit {code}\n")
    told = refusal(script.fetch)
    assert [line for line in told.splitlines() if "line " in line] == [f"line {number}." for number in range(2, 10)]


def test_a_download_that_is_another_is_refused_and_removed(script, refusal):
    archive = script.cache() / "maven" / script.IN_REPOSITORY
    write(archive, "another")
    assert "not what it was" in refusal(script.fetch)
    assert not archive.exists()


def test_without_a_java_it_says_how_to_get_one(script, refusal, monkeypatch):
    monkeypatch.setattr(script, "told_by", lambda program: {})  # whatever this machine has in /usr/lib/jvm
    assert f"No Java {script.OLDEST_JAVA} or newer is installed." in refusal(script.java_home)


def test_a_java_that_cannot_be_started_is_none(script, tmp_path):
    write(tmp_path / "java", "of another machine")
    assert script.told_by(tmp_path / "java") == {}


def test_java_is_asked_where_it_lies_and_how_old_it_is(script, monkeypatch, tmp_path):
    says = "#!/bin/sh\nprintf '    java.home = %s\\n    java.specification.version = %s\\n' {} {} >&2\n"
    write(tmp_path / "old/bin/java", says.format("/jvm/old", "1.8"))
    write(tmp_path / "path/java", says.format("/jvm/new", "21"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    assert script.java_home() == "/jvm/new"
    write(tmp_path / "cache/root/usr/lib/jvm/java-99/bin/java", says.format("/jvm/newest", "99"))
    assert (script.java_home(), script.java_home(newest=True)) == ("/jvm/new", "/jvm/newest")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "named"))
    write(tmp_path / "named/bin/java", says.format("/jvm/named", "21"))
    assert script.java_home(newest=True) == "/jvm/named"


def test_whoever_runs_it_may_read_it(script, monkeypatch):
    archive = script.cache() / "maven" / script.IN_REPOSITORY
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("elasticsearch/bin/elasticsearch", "#!/bin/sh\n")
    monkeypatch.setattr(script, "SHA256", hashlib.sha256(archive.read_bytes()).hexdigest())
    home = script.fetch()
    assert [path for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o005 != 0o005] == []


def test_a_version_that_is_not_known_is_refused(monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_VERSION", "7.0.0")
    with pytest.raises(SystemExit, match=r"one of 8\.19\.21, .*, not 7\.0\.0"):
        load("elasticsearch_server")


@pytest.fixture
def run_tests(tmp_path) -> Callable[..., subprocess.CompletedProcess]:
    """.ci/run_tests, in a copy of its folder where Python repeats its arguments, one a line."""
    project, path = tmp_path / "project", tmp_path / "path"
    shutil.copytree(SCRIPTS, project / ".ci")
    write(project / ".venv/bin/python", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    environment = {name: value for name, value in os.environ.items() if name != "COVERAGE"}
    environment |= {"PATH": f"{path}:{os.environ['PATH']}"}

    def run(*arguments: str, fetched: bool) -> subprocess.CompletedProcess:
        write(path / "python3", f'#!/bin/sh\necho "fetch: $*"\n{str(fetched).lower()}\n')
        command = ["bash", project / ".ci/run_tests", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_quick_tests_need_no_server_and_say_what_they_leave_out(run_tests):
    done = run_tests("--quick", "tests/hub", fetched=False)
    told, *arguments = done.stdout.splitlines()
    assert done.returncode == 0
    assert set(re.findall(r"\w+", told)) >= BESIDE
    chosen = arguments[arguments.index("-m", 2) + 1]  # the first is that of pytest
    assert set(chosen.split(" and ")) == {f"not {marker}" for marker in BESIDE | {"bench"}}
    assert arguments[-1] == "tests/hub"


@pytest.mark.parametrize(("fetched", "runs"), [(True, 3), (False, 0)])
def test_no_test_runs_where_there_is_no_server(run_tests, fetched, runs):
    done = run_tests(fetched=fetched)
    assert done.stdout.splitlines()[0] == "fetch: .ci/elasticsearch_server.py fetch"
    assert done.stdout.splitlines().count("pytest") == runs
    assert (done.returncode == 0) == fetched
