"""Rules of the source itself: layers, size, direction-free CSS, pinned dependencies, documentation that is true."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polib
import pytest
import yaml
from django.core.management import get_commands
from django.template.loader import get_template
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
APPS = ("hub", "home", "resources", "search")
# What each app may import of the project, beside itself. hub wires the others together, so nobody imports it.
MAY_IMPORT = {
    "hub": {"home", "resources", "search"},
    "home": {"resources", "search"},
    "resources": {"search"},
    "search": set(),
}
LONGEST_MODULE = 400


def files(*suffixes: str, folders: tuple[str, ...] = (*APPS, "tests", ".ci")) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported_packages(path: Path) -> Iterator[tuple[int, str]]:
    """Line and first part of the name of everything that the module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module.partition(".")[0]


@pytest.mark.parametrize("app", APPS)
def test_layers(app):
    forbidden = {*APPS, "tests"} - MAY_IMPORT[app] - {app}
    wrong = [
        f"{name_of(path)}:{line} imports {package}"
        for path in files(".py", folders=(app,))
        for line, package in imported_packages(path)
        if package in forbidden
    ]
    assert not wrong


def test_modules_are_short():
    lengths = {
        name_of(path): len(path.read_text().splitlines()) for path in files(".py") if "migrations" not in path.parts
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_module_is_a_drawer():
    drawers = {"utils", "helpers", "core", "common", "misc"}
    assert [name_of(path) for path in files(".py") if path.stem in drawers or drawers & set(path.parts)] == []


def test_nothing_is_left_over():
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "NotImplemented" + "Error"]))
    wrong = [
        f"{name_of(path)}:{number}"
        for path in files(".py", ".html", ".css", ".js", ".sh", ".txt", folders=(*APPS, ".ci"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if marks.search(line)
    ]
    assert not wrong


def without_comments(css: str) -> str:
    """The same lines, comments blank."""
    return re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), css, flags=re.DOTALL)


def test_css_knows_no_left_and_right():
    """Arabic readers get the same style sheets: start and end, inline and block."""
    sides = re.compile(r"(?<![\w])(left|right)(?![\w])", re.IGNORECASE)
    wrong = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in files(".css", folders=APPS)
        for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1)
        if sides.search(line)
    ]
    styles = re.compile(r"style=\"[^\"]*(?<![\w])(left|right)(?![\w])", re.IGNORECASE)
    wrong += [name_of(path) for path in files(".html", folders=APPS) if styles.search(path.read_text())]
    assert not wrong


def template_names() -> list[str]:
    return [
        str(path.relative_to(folder))
        for app in APPS
        for folder in [ROOT / app / "templates"]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


@pytest.mark.parametrize("name", template_names())
def test_template_compiles(name):
    get_template(name)


def test_migrations_go_back():
    names = [f"{app}.migrations.{path.stem}" for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]
    wrong = [
        f"{name}: {operation.describe()}"
        for name in names
        for operation in import_module(name).Migration.operations
        if not operation.reversible
    ]
    assert names
    assert not wrong


# Dependencies


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(name: str) -> dict[str, dict]:
    """Package to its pinned version, number of hashes and whether pyproject.toml asks for it itself."""
    packages: dict[str, dict] = {}
    package = None
    for line in (ROOT / name).read_text().splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==(\S+)", line):
            package = packages[canonicalize_name(match[1])] = {"version": match[2], "hashes": 0, "declared": False}
        elif package and "--hash=sha256:" in line:
            package["hashes"] += 1
        elif package and line.lstrip(" #").startswith(("via inspire-hub", "inspire-hub")):
            package["declared"] = True
    return packages


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))], ids=["users", "developers"]
)
def test_requirements_are_in_step(name, extras):
    """`make requirements` was run after the last change of the dependencies in pyproject.toml."""
    declared = [Requirement(line) for line in project()["dependencies"]]
    declared += [Requirement(line) for extra in extras for line in project()["optional-dependencies"][extra]]
    pinned = pins(name)
    for requirement in declared:
        version = pinned[canonicalize_name(requirement.name)]["version"]
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"
    assert {package for package, pin in pinned.items() if pin["declared"]} == {
        canonicalize_name(requirement.name) for requirement in declared
    }
    assert [package for package, pin in pinned.items() if not pin["hashes"]] == []


def test_developers_and_users_have_the_same_versions():
    developers = pins("requirements-dev.txt")
    for package, pin in pins("requirements.txt").items():
        assert developers[package]["version"] == pin["version"], package


def test_every_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().split("[tool.")[0].splitlines()
    dependencies = [line for line in lines if re.match(r'    "', line)]
    assert len(dependencies) > 20
    assert [line for line in dependencies if not re.search(r'",  # \w', line)] == []


# Documentation


def test_readme_opens_with_the_two_commands():
    opening = "\n".join((ROOT / "README.md").read_text().splitlines()[:12])
    assert "make run" in opening
    assert "make test" in opening


def test_readme_names_every_variable_of_the_environment():
    read = re.compile(r"(?:os\.environ\.get|_flag|_list|_secret)\(\"([A-Z_]+)\"")
    names = {name for path in files(".py", folders=APPS) for name in read.findall(path.read_text())}
    assert "HUB_DATA" in names
    readme = (ROOT / "README.md").read_text()
    assert {name for name in names if f"`{name}`" not in readme} == set()


def test_commands_in_the_documentation_exist():
    texts = [ROOT / "README.md", *files(".md", folders=("docs",))]
    named = {name for path in texts for name in re.findall(r"manage\.py ([a-z_]+)", path.read_text())}
    assert named - set(get_commands()) == set()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in texts for name in re.findall(r"`make ([a-z-]+)", path.read_text())}
    assert named - targets == set()


def test_commands_to_be_typed_find_their_program_and_their_files():
    """Lines that are set apart are copied as they stand: Django is in .venv, and compose reads no file by itself."""
    typed = [
        line.strip()
        for path in [ROOT / "README.md", *files(".md", folders=("docs",))]
        for line in re.findall(r"^    .+", path.read_text(), re.MULTILINE)
    ]
    with_django = [line for line in typed if re.search(r"manage\.py|-m (gunicorn|pytest|tests)", line)]
    assert len(with_django) > 5
    assert [line for line in with_django if not re.search(r"\.venv/bin/python (manage\.py|-m|\.ci/)", line)] == []
    composed = [line for line in typed if "podman compose" in line]
    assert len(composed) > 5
    services = yaml.safe_load((ROOT / "container/compose.yaml").read_text())["services"]
    for line in composed:
        assert "podman compose --file container/compose.yaml " in line
        assert not (named := re.search(r" (?:exec|run)(?: -\S+)* (\w+)", line)) or named[1] in services, line


def test_links_in_the_documentation_lead_somewhere():
    wrong = [
        f"{name_of(path)}: {link}"
        for path in [ROOT / "README.md", *files(".md", folders=("docs",))]
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / link).exists()
    ]
    assert not wrong


def test_labels_in_the_guides_are_those_of_the_hub():
    catalogue = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
    labels = {entry.msgid.lower() for entry in catalogue}
    named = {
        (name, label)
        for name in ("editors", "translators")
        for label in re.findall(r"\*\*(.+?)\*\*", (ROOT / f"docs/{name}.md").read_text())
    }
    assert len(named) > 20
    assert {one for one in named if one[1].lower() not in labels} == set()
