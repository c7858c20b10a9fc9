"""Starts commands of manage.py by forking a process that has loaded the hub: one that is killed is soon replaced.

    python -m tests.processes.forker

Reads a command a line, as a JSON list of words, and answers with the number of the process that runs it. Ends, and
kills what still runs, when its input ends.
"""

import json
import os
import signal
import subprocess
import sys

import django
from django.conf import settings
from django.core.management import call_command

from tests.served_hub import environment_of


class Forker:
    """The other side: `start` returns the number of a process that runs a command on `data`."""

    def __init__(self, data, **environment: str) -> None:
        self._log = (data / "commands.log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.forker"],
            cwd=settings.BASE_DIR,
            env=environment_of(data, **environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout.readline() == "ready\n"

    def start(self, *command: str) -> int:
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
        self._log.close()


def run(command: list[str]) -> None:
    """In the child: the command, and then nothing of the parent's."""
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        call_command(*command)
        code = 0
    except SystemExit as error:
        code = int(error.code or 0)
    finally:
        os._exit(code)


def main() -> None:
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel clears away who has ended
    children = []
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        if not (child := os.fork()):
            run(json.loads(line))
        children.append(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main()
