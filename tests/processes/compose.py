"""The services of container/compose.yaml as processes of this machine, with the very commands that stand there."""

import json
import os
import re
import shlex
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from django.conf import settings

CONTAINER = Path(settings.BASE_DIR) / "container"
COMPOSE = yaml.safe_load((CONTAINER / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
CONTAINERFILE = (CONTAINER / "Containerfile").read_text().splitlines()
PATIENCE = 300  # seconds until a service that is not well fails the test


def of_image(name: str) -> list[str]:
    """What follows the instruction `name` of the Containerfile, each time it occurs."""
    return [line.removeprefix(name + " ") for line in CONTAINERFILE if line.startswith(name + " ")]


def command_of_image(name: str) -> list[str]:
    """The command of CMD or HEALTHCHECK."""
    [line] = of_image(name)
    return json.loads(line[line.index("[") :])


def interpolated(text: str, variables: dict[str, str]) -> str:
    """`${NAME}`, `${NAME:-default}` and `${NAME:?message}` as compose reads them."""

    def value(match: re.Match) -> str:
        name, how, rest = match[1], match[2], match[3]
        if variables.get(name):
            return variables[name]
        assert how != ":?", rest
        return rest or ""

    return re.sub(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", value, str(text))


class Services:
    """Started one by one, all ended by `stop`. `folders` says where a path within the containers is on this machine."""

    def __init__(self, folder: Path, folders: dict[str, Path], variables: dict[str, str]) -> None:
        self.folder, self.folders, self.variables = folder, folders, variables
        self.running: dict[str, subprocess.Popen] = {}

    def here(self, text: str) -> str:
        for inside, path in self.folders.items():
            text = re.sub(rf"(?<![\w.]){inside}(?=[/\s'\"&]|$)", str(path), text)
        return text

    def environment(self, name: str, **more: str) -> dict[str, str]:
        """What the container would find; of this machine only what a program needs to be found."""
        service = SERVICES[name]
        kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "JAVA_HOME") if key in os.environ}
        image = dict(word.split("=", 1) for line in of_image("ENV") for word in shlex.split(line))
        given = {key: interpolated(value, self.variables) for key, value in service["environment"].items()}
        both = image | given if "build" in service else given
        return kept | {key: self.here(value) for key, value in both.items()} | {"LC_ALL": "C.UTF-8"} | more

    def command(self, name: str) -> list[str]:
        return [self.here(word) for word in SERVICES[name].get("command") or command_of_image("CMD")]

    def run(self, name: str, **more: str) -> str:
        """Run a service that ends; what it said."""
        done = subprocess.run(
            self.command(name),
            cwd=settings.BASE_DIR,
            env=self.environment(name, **more),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{name}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, name: str, **more: str) -> None:
        with self.log(name).open("w") as log:
            self.running[name] = subprocess.Popen(
                self.command(name),
                cwd=settings.BASE_DIR,
                env=self.environment(name, **more),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def wait(self, name: str, is_well) -> None:
        """Until `is_well()` is true, or the service has ended."""
        until = time.monotonic() + PATIENCE
        while not is_well():
            if self.running[name].poll() is not None or time.monotonic() > until:
                pytest.fail(f"{name} does not get well:\n{self.log(name).read_text()}")
            time.sleep(0.2)

    def stop(self) -> dict[str, int]:
        """End all, the last first; their exit codes."""
        codes = {}
        for name in reversed(list(self.running)):
            self.running[name].terminate()
            try:
                codes[name] = self.running[name].wait(60)
            except subprocess.TimeoutExpired:
                self.running[name].kill()
                codes[name] = self.running[name].wait()
        self.running.clear()
        return codes
