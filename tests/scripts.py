"""The scripts of .ci in tests: parts of them, and programs in place of those that they start."""

import importlib.util
from pathlib import Path
from types import ModuleType

SCRIPTS = Path(__file__).resolve().parent.parent / ".ci"


def load(name: str) -> ModuleType:
    """A module of its own for each who asks, who may then change it."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path: Path, text: str, mode: int = 0o755) -> None:
    """A program, or another file with another mode, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
