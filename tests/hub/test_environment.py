"""Which Python a new .venv is made with."""

import sys
from types import SimpleNamespace

import pytest

from tests.scripts import load, write

PYENV = "'--prefix=/root/.pyenv/versions/3.11.7' '--enable-shared'"


@pytest.fixture
def machine(tmp_path, monkeypatch, capsys):
    """The Python that runs the script, and the system's, are told by the test; `make` tells who made .venv."""
    script = load("environment")
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(script, "VENV", str(tmp_path))
    monkeypatch.setattr(script, "VENV_PYTHON", str(tmp_path / "bin/python"))
    monkeypatch.setattr(script, "SYSTEM_PYTHON", str(tmp_path / "system/python3"))

    def python(name: str, trial: str = "exit 0") -> str:
        path = tmp_path / name / "python3"
        write(path, f'#!/bin/sh\nif [ "$1" = -c ]; then {trial}; fi\necho {name} > {tmp_path}/maker\n')
        return str(path)

    def compiled(options: str) -> None:
        monkeypatch.setattr(script.sysconfig, "get_config_var", {"CONFIG_ARGS": options}.get)

    def make() -> tuple[str, str]:
        script.make_venv()
        return (tmp_path / "maker").read_text().strip(), capsys.readouterr().out

    python("system")
    monkeypatch.setattr(script.sys, "executable", python("own"))
    compiled(PYENV)
    return SimpleNamespace(python=python, compiled=compiled, make=make, folder=tmp_path)


def test_a_python_compiled_without_optimisation_gives_way_to_the_systems(machine):
    maker, printed = machine.make()
    assert maker == "system"
    assert f"{machine.folder}/own/python3 was compiled without optimisation" in printed


def test_an_optimised_python_is_kept(machine):
    machine.compiled("'--enable-optimizations' '--with-lto'")
    assert machine.make()[0] == "own"


def test_the_systems_python_gives_way_to_nobody(machine):
    """Debian's does not say that it is optimised."""
    (machine.folder / "system/python3").unlink()
    (machine.folder / "system/python3").symlink_to(machine.folder / "own/python3")
    assert "optimisation" not in machine.make()[1]


def test_a_named_python_is_kept(machine, monkeypatch):
    monkeypatch.setenv("PYTHON", "python3")
    maker, printed = machine.make()
    assert maker == "own"
    assert "optimisation" not in printed


def test_a_system_python_without_venv_is_left_alone(machine):
    machine.python("system", trial="exit 1")
    assert machine.make()[0] == "own"


def test_a_machine_without_a_system_python_needs_none(machine):
    (machine.folder / "system/python3").unlink()
    assert machine.make()[0] == "own"


def test_a_venv_that_is_there_stays(machine):
    machine.make()
    write(machine.folder / "bin/python", "")
    (machine.folder / "maker").write_text("nobody")
    assert machine.make()[0] == "nobody"


@pytest.mark.parametrize(("imported", "whole"), [("sys", True), ("nowhere", False)])
def test_the_parts_of_a_python_are_tried(tmp_path, imported, whole):
    """With a real Python, which lacks a part in one case."""
    write(tmp_path / "wrapper", f'#!/bin/sh\nexec {sys.executable} "$1" "import {imported}; $2"\n')
    assert load("environment").can_make_venv(str(tmp_path / "wrapper")) is whole
