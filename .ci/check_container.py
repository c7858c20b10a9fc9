#!/usr/bin/env python3
"""Runs the build of container/Containerfile without a container engine: every step, in order, in a folder of its own.

    python3 .ci/check_container.py [FOLDER]

Copies go from the project to FOLDER, commands run there, and /hub and /data mean folders in it. Of steps that change
the system itself, packages are looked up and programs looked for. FOLDER is removed at the end unless it is named.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "container" / "Containerfile"
KNOWN = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "VOLUME", "USER", "EXPOSE", "HEALTHCHECK", "CMD"}
SYSTEM = ("apt-get", "useradd")  # change the machine


def instructions() -> list[tuple[str, str]]:
    """(name, rest) of each line that is one."""
    lines = [line for line in FILE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    read = [tuple(line.split(None, 1)) for line in lines]
    if unknown := {name for name, _rest in read} - KNOWN:
        sys.exit(f"{FILE.name}: {', '.join(unknown)} is not known to {Path(__file__).name}")
    return read


def within(folder: Path, text: str) -> str:
    """`text` with the folders of the image where they are here."""
    return re.sub(r"(?<![\w.])/(hub|data|tmp/build)(?=[/\s:;]|$)", rf"{folder}/\1", text)


def run_system(command: str) -> None:
    """A step that changes the system: here its packages must be known, and its programs be there."""
    for words in (shlex.split(part) for part in re.split(r"&&", command)):
        if words[:2] == ["apt-get", "install"]:
            packages = [word for word in words[2:] if not word.startswith("-")]
            subprocess.run(["apt-cache", "show", "--quiet", *packages], check=True, stdout=subprocess.DEVNULL)
        elif shutil.which(words[0], path="/usr/sbin:/usr/bin:/sbin:/bin") is None:
            sys.exit(f"There is no {words[0]} in Debian: {command}")


def build(folder: Path) -> None:
    environment = {"PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    # How this machine reaches the registries of packages is its own affair.
    environment |= {name: value for name, value in os.environ.items() if re.match(r"PIP_|SSL_|.*_proxy$", name, re.I)}
    work = folder
    for name, rest in instructions():
        print(f"{name} {rest}", flush=True)
        if name == "FROM" and not re.fullmatch(r"\S+/\S+:\d\S*", rest):
            sys.exit(f"The image {rest} has no version.")
        elif name == "WORKDIR":
            work = Path(within(folder, rest))
            work.mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            *sources, target = rest.split()
            copy(sources, work / target)
        elif name == "ENV":
            environment |= dict(within(folder, word).split("=", 1) for word in shlex.split(rest))
        elif name == "RUN" and rest.startswith(SYSTEM):
            run_system(rest)
        elif name == "RUN":
            done = subprocess.run(["/bin/sh", "-c", within(folder, rest)], cwd=work, env=environment, check=False)
            if done.returncode:
                sys.exit(f"{FILE.name}: this step failed: {rest}")
        elif name in ("CMD", "HEALTHCHECK"):
            command = json.loads(rest[rest.index("[") :])
            if not (work / command[0]).exists():
                sys.exit(f"{FILE.name}: the image has no {command[0]}")


def copy(sources: list[str], target: Path) -> None:
    """What git knows of the sources, as in a clean checkout."""
    for source in sources:
        known = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", source],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\n")  # fmt: skip
        if not any(known):
            sys.exit(f"{FILE.name}: there is no {source}")
        for name in filter(None, known):
            path = target / (Path(name).relative_to(source) if name != source else Path(name).name)
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, path)


def main() -> None:
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]).resolve())
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))


if __name__ == "__main__":
    main()
