"""A machine of its own on which docs/deployment.md is followed, block by block."""

import http.client
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings

from tests.served_hub import free_port

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "deployment.md").read_text()
SYSTEMCTL = """#!/bin/sh
echo "$* $(cat {folder}/code/home/templates/home/version.html 2>/dev/null)" >> {folder}/systemctl.log
"""


def steps(name: str) -> str:
    """The commands below the mark `name`, as they stand there."""
    [block] = re.findall(rf"<!-- test: {name} -->\n\n((?:    .*\n)+)", GUIDE)
    return re.sub("^    ", "", block, flags=re.MULTILINE)


class Host:
    """A machine with the folder /srv/hub, which is `folder`, and an address from which the code comes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.repository, self.units = folder, folder / "repository", folder / "units"
        self.port = free_port()
        self.units.mkdir()
        (folder / "systemctl").write_text(SYSTEMCTL.format(folder=folder))
        (folder / "systemctl").chmod(0o755)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
        for name in names:
            if (ROOT / name).is_file():
                (self.repository / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.repository / name)
        self._git("init", "--quiet")
        self.commit()

    def commit(self) -> None:
        self._git("add", "--all")
        self._git("-c", "user.name=hub", "-c", "user.email=hub@example.org", "commit", "--quiet", "--message=new")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.repository, check=True)

    def install(self) -> None:
        """The code, what it needs, and the service of the web processes, at a port of this machine."""
        self.do(steps("installation"))
        with (self.folder / "hub.env").open("a") as variables:
            variables.write(f"HUB_BIND=127.0.0.1:{self.port}\nWEB_CONCURRENCY=1\n")
        self.do(steps("service of the web processes"))

    def here(self, commands: str) -> str:
        """`commands` for this folder, with the packages and catalogues that are there already."""
        made = f"ln -s {ROOT}/.venv .venv && cp -r {ROOT}/locale ."
        commands = commands.replace("python3 .ci/environment.py && make catalogues", made)
        return commands.replace("/srv/hub", str(self.folder)).replace("/etc/systemd/system", str(self.units))

    def environment(self) -> dict[str, str]:
        """What every program finds; variables of the hub come from the files that the guide has made."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | {"HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def do(self, commands: str) -> str:
        """What the commands say to who has logged in."""
        login = f"export PATH={self.folder}:$PATH; test ! -e ~/.profile || . ~/.profile\n"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", login + self.here(commands)],
            cwd=self.folder,
            env=self.environment() | {"REPOSITORY": str(self.repository)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> str:
        return self.do("cd /srv/hub/code\n" + shlex.join([".venv/bin/python", "manage.py", *arguments]))

    def systemctl_log(self) -> list[str]:
        """What systemctl was asked for, each with the version of the code that was there."""
        return (self.folder / "systemctl.log").read_text().splitlines()

    @contextmanager
    def running(self, name: str) -> Iterator[subprocess.Popen]:
        """The process of the service `name`, as systemd starts it; it is stopped, and ends well."""
        unit = ConfigParser(interpolation=None)
        unit.optionxform = str
        unit.read_string((self.units / f"{name}.service").read_text())
        service = unit["Service"]
        lines = Path(service["EnvironmentFile"]).read_text().splitlines()
        variables = dict(word.split("=", 1) for line in lines for word in shlex.split(line))
        process = subprocess.Popen(
            shlex.split(service["ExecStart"]),
            cwd=service["WorkingDirectory"],
            env=self.environment() | variables,
        )
        try:
            yield process
        finally:
            process.terminate()
            code = process.wait(float(service.get("TimeoutStopSec", 90)))
        assert code == 0

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The web processes, which answer."""
        with self.running("hub") as process:
            until = time.monotonic() + 120
            while True:
                try:
                    assert self.get("/healthz")[0] == 200
                    break
                except ConnectionError:
                    assert process.poll() is None and time.monotonic() < until
                    time.sleep(0.2)
            yield

    def get(self, path: str) -> tuple[int, str]:
        """What a reader gets through the proxy."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": "hub.example.org", "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode().strip()
