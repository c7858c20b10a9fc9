"""The files in container/: what they promise, and their commands, run here as the processes they start."""

import base64
import hashlib
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import closing
from email.message import Message
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings

from tests import elasticsearch_server, scripts, served_hub
from tests.processes.compose import COMPOSE, CONTAINER, PATIENCE, SERVICES, Services, command_of_image, of_image
from tests.processes.host import steps
from tests.processes.uploads import READ, UPLOAD

HOST = "hub.localhost"
# Podman hands that of the host to containers.
WEB_PROXY = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}


@pytest.fixture
def secrets(tmp_path) -> Path:
    return make_secrets(tmp_path / "secrets")


def make_secrets(folder: Path) -> Path:
    subprocess.run([sys.executable, CONTAINER / "make_secrets.py", folder], check=True, capture_output=True)
    return folder


# What the files promise


def test_images_have_versions():
    images = {name: service["image"] for name, service in SERVICES.items()}
    assert set(images) == {"prepare", "web", "worker", "database", "search", "proxy"}
    assert [image for image in [*images.values(), *of_image("FROM")] if not re.search(r":\d[\w.-]*$", image)] == []


def test_the_hub_runs_as_a_user_without_rights_and_writes_its_data_only():
    assert of_image("USER") == ["hub"]
    for name in ("prepare", "web", "worker"):
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["data:/data"]
    assert of_image("VOLUME") == ["/data"]


def test_all_that_runs_is_started_again_after_a_reboot():
    policies = {name: service["restart"] for name, service in SERVICES.items()}
    # podman-restart.service of Debian 12 knows no other.
    assert policies == dict.fromkeys(SERVICES, "always") | {"prepare": "no"}


def test_the_proxy_asks_no_web_proxy_of_the_host_for_the_hub():
    [web] = re.findall(r"\{\$HUB_WEB:(\w+):", (CONTAINER / "Caddyfile").read_text())
    assert web in SERVICES
    assert SERVICES["proxy"]["environment"]["NO_PROXY"] == web


def test_what_is_kept_is_in_volumes_and_what_is_secret_in_files():
    named = {volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", ())}
    assert {name for name in named if not name.startswith("./")} == set(COMPOSE["volumes"])
    used = {secret for one in SERVICES.values() for secret in one.get("secrets", ())}
    assert used == set(COMPOSE["secrets"])
    values = [str(value) for one in SERVICES.values() for value in one["environment"].values()]
    secret = re.compile(r"password|token|://[^/]*:[^/]*@")
    assert not [value for value in values if secret.search(value) and "/run/secrets/" not in value]


def test_every_file_that_is_mounted_exists(secrets):
    sources = [volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", ())]
    sources += [secret["file"] for secret in COMPOSE["secrets"].values()]
    for source in sources:
        if source.startswith("./secrets/"):
            assert (secrets / Path(source).name).is_file(), source
        elif source.startswith("./"):
            assert (CONTAINER / source).is_file(), source


def test_variables_of_the_services_are_those_of_the_readme():
    readme = (Path(settings.BASE_DIR) / "README.md").read_text()
    for name in SERVICES["web"]["environment"]:
        assert f"`{name.removesuffix('_FILE')}`" in readme
    conf = (Path(settings.BASE_DIR) / "hub" / "gunicorn.conf.py").read_text()
    assert [name for name in ("HUB_BIND", "WEB_CONCURRENCY") if name not in conf or f"`{name}`" not in readme] == []


def upgrade() -> list[list[str]]:
    """What the guide says to do in containers, without the words that all commands have in common."""
    common = ["podman", "compose", "--file", "container/compose.yaml"]
    commands = [line.split() for line in steps("upgrade of containers").splitlines()]
    assert all(command[:4] == common for command in commands)
    return [command[4:] for command in commands]


def test_an_upgrade_stops_nothing_before_the_new_image_has_made_all_ready():
    assert upgrade() == [
        ["build"],
        ["run", "--rm", "--no-deps", "prepare"],
        ["stop", "worker"],
        ["up", "--detach"],
    ]
    assert {"prepare", "worker"} <= set(SERVICES)
    # Without them it finds servers that run already, and its own data in the volume of the others.
    assert set(SERVICES["prepare"]["depends_on"]) == {"database", "search"}
    assert SERVICES["prepare"]["image"] == SERVICES["web"]["image"] == SERVICES["worker"]["image"]
    assert SERVICES["prepare"]["secrets"] == SERVICES["web"]["secrets"]
    # It alone may take long to stop, with the web processes stopped already.
    assert [name for name, service in SERVICES.items() if "stop_grace_period" in service] == ["worker"]


# Secrets


def test_secrets_fit_together(secrets):
    assert secrets.stat().st_mode & 0o777 == 0o700
    assert len((secrets / "secret_key").read_text()) > 50
    assert urlsplit((secrets / "database_url").read_text()).password == (secrets / "database_password").read_text()
    search = urlsplit((secrets / "search_url").read_text())
    name, hashed = (secrets / "search_users").read_text().strip().split(":", 1)
    rounds, salt, digest = hashed.removeprefix("{PBKDF2}").split("$")
    again = hashlib.pbkdf2_hmac("sha512", search.password.encode(), base64.b64decode(salt), int(rounds), 32)
    assert (name, base64.b64decode(digest)) == (search.username, again)
    assert parse_qs(search.query)["ca"] == ["/run/secrets/search_ca.pem"]
    command = ["openssl", "verify", "-verify_hostname", search.hostname, "-CAfile"]
    subprocess.run([*command, secrets / "search_ca.pem", secrets / "search.pem"], check=True, capture_output=True)
    assert not list(secrets.glob("ca.*"))


def test_secrets_that_are_there_stay(secrets):
    before = {path.name: path.read_bytes() for path in secrets.iterdir()}
    make_secrets(secrets)
    assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before


def programs(folder: Path, openssl: str = "") -> dict[str, str]:
    """An environment that has no programs, but an `openssl` of this text where there is one."""
    folder.mkdir(exist_ok=True)
    if openssl:
        (folder / "openssl").write_text(f"#!/bin/sh\n{openssl}\n")
        (folder / "openssl").chmod(0o755)
    return os.environ | {"PATH": str(folder)}


def try_secrets(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    command = [sys.executable, CONTAINER / "make_secrets.py", folder]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_what_is_no_folder_makes_no_secret(tmp_path):
    command = [sys.executable, CONTAINER / "make_secrets.py", "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "make_secrets.py [FOLDER]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_openssl_no_secret_is_made(tmp_path):
    done = try_secrets(tmp_path / "secrets", programs(tmp_path / "bin"))
    assert done.returncode == 1
    assert "apt-get install openssl" in done.stderr
    assert not (tmp_path / "secrets").exists()


def test_secrets_fit_together_after_a_failure(tmp_path):
    secrets = tmp_path / "secrets"
    done = try_secrets(secrets, programs(tmp_path / "bin", "echo no entropy >&2; exit 1"))
    assert done.returncode == 1
    assert "no entropy" in done.stderr and "Traceback" not in done.stderr
    assert {path.name for path in secrets.iterdir()} == {"secret_key", "database_password", "database_url"}
    before = (secrets / "secret_key").read_text()
    test_secrets_fit_together(make_secrets(secrets))
    assert (secrets / "secret_key").read_text() == before


def test_secrets_that_do_not_fit_are_made_anew_but_that_of_the_database(secrets):
    password = (secrets / "database_password").read_text()
    (secrets / "database_password").unlink()
    users = (secrets / "search_users").read_text()
    (secrets / "search_url").write_text("https://hub:another@search:9200/hub?ca=/run/secrets/search_ca.pem")
    test_secrets_fit_together(make_secrets(secrets))
    assert (secrets / "database_password").read_text() == password
    assert (secrets / "search_users").read_text() != users


def test_a_search_server_that_an_operator_has_chosen_stays(secrets):
    (secrets / "search_url").write_text("https://hub:mine@search.example:9200/hub")
    make_secrets(secrets)
    assert (secrets / "search_url").read_text() == "https://hub:mine@search.example:9200/hub"


# The services together


@pytest.fixture
def services(data, secrets, postgresql, tmp_path):
    """The services on the data of this test, with a PostgreSQL and an Elasticsearch server that their secrets name.

    What would do without them, the database and the index in files, is taken away.
    """
    search = elasticsearch_server.of_this_run()
    (data / "hub.sqlite3").unlink()
    shutil.rmtree(data / "search-index")
    folders = {
        "/run/secrets": secrets,
        "/data": data,
        "/hub/static": data / "static",
        "/etc/caddy": CONTAINER,
    }
    made = Services(tmp_path, folders, {"HUB_HOST": HOST, "HUB_TLS": "tls internal"})
    with search.prefix() as prefix:
        (secrets / "database_url").write_text(postgresql.url)
        (secrets / "search_url").write_text(search.search_url(prefix))
        yield made
        made.stop()


def ask(port: int, path: str, authority: Path | None) -> tuple[int, Message, bytes]:
    """Status, headers and content for the name of the hub, by https where there is an authority to trust."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        connection.sock = socket.create_connection(("127.0.0.1", port), timeout=60)
        if authority:
            context = ssl.create_default_context(cafile=authority)
            connection.sock = context.wrap_socket(connection.sock, server_hostname=HOST)
        connection.request("GET", path, headers={"Host": HOST})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def answers(port: int, authority: Path) -> bool:
    """Whether the proxy has made its certificate and shows it: it listens before, and refuses to shake hands."""
    if not authority.exists():
        return False
    try:
        return ask(port, "/healthz", authority)[0] == 200
    except OSError:
        return False


@pytest.mark.elasticsearch
def test_the_services_work_together(services, data, tmp_path):
    if shutil.which("caddy") is None:
        pytest.fail("Caddy is not on the path: make test installs it, .ci/install_proxy by itself.")
    assert "ready" in services.run("prepare")

    port, http_port, https_port = served_hub.free_ports(3)
    services.start("web", HUB_BIND=f"127.0.0.1:{port}", WEB_CONCURRENCY="2")
    check = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in command_of_image("HEALTHCHECK")]
    beside = {"cwd": settings.BASE_DIR, "env": os.environ | WEB_PROXY, "capture_output": True}
    services.wait("web", lambda: subprocess.run(check, **beside).returncode == 0)
    services.start("worker")

    ports = {"HTTP_PORT": str(http_port), "HTTPS_PORT": str(https_port), "HUB_WEB": f"127.0.0.1:{port}"}
    services.start("proxy", XDG_DATA_HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path), HOME=str(tmp_path), **ports)
    authority = tmp_path / "caddy/pki/authorities/local/root.crt"
    services.wait("proxy", lambda: answers(https_port, authority))

    status, headers, content = ask(https_port, "/es/search/?q=crianza", authority)
    assert (status, b"data-work=" in content) == (200, True)
    assert "includeSubDomains" in headers["Strict-Transport-Security"]
    _status, headers, _content = ask(https_port, "/admin/login/", authority)
    assert "Secure" in headers["Set-Cookie"]
    status, headers, _content = ask(http_port, "/es/", None)
    assert (status, headers["Location"]) == (308, f"https://{HOST}/es/")
    assert ask(https_port, "/readyz", authority)[0] == 200

    # A file that is uploaded is read by the worker, which brings the work of it to the index.
    environment = services.environment("web")

    def shell(code: str) -> str:
        command = [".venv/bin/python", "manage.py", "shell", "--no-imports", "--command", code]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True
        ).stdout

    shell(UPLOAD)
    until = time.monotonic() + PATIENCE
    while shell(READ) != "True 0\n":
        assert time.monotonic() < until, services.log("worker").read_text()

    # It runs beside them, and finds ready what an earlier one has made.
    assert "Everything is ready" in services.run("prepare")
    assert ask(https_port, "/readyz", authority)[0] == 200
    codes = services.stop()
    assert (codes["worker"], codes["web"]) == (0, 0)
    # None of them has taken the database or the index that a hub without servers has.
    assert not {"hub.sqlite3", "search-index"} & {path.name for path in data.iterdir()}


# The servers beside them


def test_the_database_service_is_asked_whether_it_is_well(postgresql):
    test, *command = SERVICES["database"]["healthcheck"]["test"]
    at = {"PGHOST": "127.0.0.1", "PGPORT": str(postgresql.port)}
    assert test == "CMD"
    assert subprocess.run(command, env=os.environ | at, check=False).returncode == 0
    postgresql.stop()
    assert subprocess.run(command, env=os.environ | at, check=False).returncode != 0


CONFIG = "/usr/share/elasticsearch/config/"


@pytest.mark.elasticsearch
def test_the_search_service_lets_the_hub_in_and_nobody_else(data, secrets):
    """The server of the tests with the variables and files that the compose file gives to its container."""
    server = scripts.load("elasticsearch_server")
    service, home, (port, transport) = SERVICES["search"], server.fetch(), served_hub.free_ports(2)
    folder = elasticsearch_server.place(f"inspire-hub-compose-{uuid4().hex}")
    try:
        server.prepare(folder, home, port, transport, security=False, thorough=False)
        given = {name: value for name, value in service["environment"].items() if "." in name}
        file = folder / "config/elasticsearch.yml"
        kept = [line for line in file.read_text().splitlines() if line.split(":")[0] not in given]
        file.write_text("\n".join([*kept, *(f'{name}: "{value}"' for name, value in given.items())]))
        for volume in service["volumes"]:
            source, target = volume.split(":")[:2]
            if target.startswith(CONFIG):
                source = secrets / Path(source).name if "/secrets/" in source else CONTAINER / source
                shutil.copy(source, folder / "config" / target.removeprefix(CONFIG))
        running = server.start(folder, home)
        try:
            _shell, check = service["healthcheck"]["test"]
            check = check.replace(":9200", f":{port}")
            until = time.monotonic() + PATIENCE
            beside = os.environ | WEB_PROXY
            while subprocess.run(check, shell=True, cwd=folder, env=beside, check=False).returncode:  # noqa: S602
                assert running.poll() is None and time.monotonic() < until, (folder / "output.log").read_text()[-3000:]
                time.sleep(0.5)
            url = (secrets / "search_url").read_text().replace("search:9200", f"localhost:{port}")
            url = url.replace("/run/secrets", str(secrets)) + "&timeout=20"
            served_hub.manage(data, "search_rebuild", SEARCH_URL=url)
            report = json.loads(served_hub.manage(data, "search_status", "--json", SEARCH_URL=url).stdout)
            assert (report["engine"], report["ok"]) == ("elasticsearch", True)
            password = urlsplit(url).password
            wrong = served_hub.manage(data, "search_status", check=False, SEARCH_URL=url.replace(password, "another"))
            assert wrong.returncode == 1
            other = served_hub.manage(data, "search_rebuild", check=False, SEARCH_URL=url.replace("/hub?", "/else?"))
            assert other.returncode == 1  # not its index
        finally:
            server.stop(running)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
