"""`make run` as a person meets it: an empty folder, then the hub; stopped, and run again."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.database import ProgramDatabase
from tests.served_hub import free_port

pytestmark = pytest.mark.long

PATIENCE = 600  # seconds until a step that hangs fails the test


class Hub:
    """One `manage.py set_up --serve` on a folder of data."""

    def __init__(self, data: Path, port: int, database: ProgramDatabase) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.log = data.parent / "log"
        environment = os.environ | database.environment
        environment |= {"HUB_DATA": str(data), "PORT": str(port), "WEB_CONCURRENCY": "1", "LC_ALL": "C"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "set_up", "--serve"],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def get(self, path: str) -> str:
        """The page, as soon as the hub answers."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310
                    return answer.read().decode()
            except HTTPError as error:
                pytest.fail(f"{path}: {error}\n{self.printed()}")
            except URLError as error:
                if not isinstance(error.reason, ConnectionRefusedError):
                    raise
                time.sleep(0.2)
        pytest.fail(f"The hub does not answer:\n{self.printed()}")

    def printed(self) -> str:
        return self.log.read_text()

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


def titles(database: ProgramDatabase) -> list[tuple]:
    return database.execute("SELECT id, title, live FROM wagtailcore_page ORDER BY id")


def test_from_an_empty_folder_to_a_running_hub_and_again(tmp_path, program_database):
    data = tmp_path / "data"
    database = program_database(migrated=False, path=data / "hub.sqlite3")

    hub = Hub(data, free_port(), database)
    try:
        assert '<html lang="es"' in hub.get("/es/")
        assert '<html lang="ar" dir="rtl"' in hub.get("/ar/search/")
        assert "<article" in hub.get("/en/search/?type=strategy")
        long = hub.get(f"/en/search/?q={quote('العنف ضد الأطفال ' * 600)}")
        assert "The text is very long: only its beginning was searched for." in long
        style = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', hub.get("/es/"))
        assert hub.get(style[1])
        printed = hub.printed()
        assert printed.count("password:") == 1
        for step in ("Database ready", "Starter content ready", "Search index ready", "Static files ready"):
            assert step in printed

        # A second one on the same folder is sent away and disturbs nothing.
        second = subprocess.run(
            [sys.executable, "manage.py", "set_up", "--serve"],
            cwd=settings.BASE_DIR,
            env=os.environ | database.environment | {"HUB_DATA": str(data), "PORT": str(free_port())},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert second.returncode == 1
        assert f"process {hub.process.pid}" in second.stderr
        assert hub.get("/es/")
    finally:
        hub.stop()

    # What an editor changed in between stays, and nothing is there twice.
    database.execute("UPDATE wagtailcore_page SET title = title || ' !' WHERE depth > 3")
    before = titles(database)
    assert any(title.endswith(" !") for _id, title, _live in before)

    hub = Hub(data, free_port(), database)
    try:
        assert hub.get("/es/")
        assert "Everything is ready" in hub.printed()
        assert "password" not in hub.printed()
    finally:
        hub.stop()
    assert titles(database) == before
