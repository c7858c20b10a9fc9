"""Gets a real Elasticsearch server, and runs it for tests on this machine alone.

    python3 .ci/elasticsearch_server.py fetch
    python3 .ci/elasticsearch_server.py serve FOLDER --while PID [--security] [--thorough] [--port PORT] [--temporary]
                                              [--joined | --join FOLDER]

`serve` runs a server with its data in FOLDER and writes FOLDER/server.json when it answers: its address, the number of
its process, and with --security the accounts. It stops the server when the process PID ends, however that ended, or
when it gets a SIGTERM; should it be killed itself, the kernel stops the server. What is in FOLDER stays, but for
--temporary: served again on the same port, it is the same cluster. A cluster has one node; one that is to have more
begins with a node that is --joined, which leads it, and others that --join it keep data alone.

The server is the distribution that its makers test against, from Maven Central: enough of it for this hub, and all
of its security. It wants Java 17 or newer, and is not run as root. ELASTICSEARCH_VERSION chooses another version that
is known here: 9.2.0, which wants Java 21. Standard library only.
"""

import argparse
import base64
import fcntl
import hashlib
import http.client
import json
import os
import pwd
import re
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

# The SHA-256 of the archive, and the oldest Java that it takes.
VERSIONS = {
    "8.19.21": ("215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a", 17),
    "9.2.0": ("bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b", 21),
}
VERSION = os.environ.get("ELASTICSEARCH_VERSION") or "8.19.21"
if VERSION not in VERSIONS:
    sys.exit(f"ELASTICSEARCH_VERSION is one of {', '.join(VERSIONS)}, not {VERSION}.")
SHA256, OLDEST_JAVA = VERSIONS[VERSION]
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
IN_REPOSITORY = f"org/elasticsearch/distribution/integ-test-zip/elasticsearch/{VERSION}/elasticsearch-{VERSION}.zip"
# The quick compiler alone: a test run is over before the thorough one has paid for itself. --thorough is for figures.
JAVA_OPTIONS = ["-Xms1g", "-Xmx1g"]
QUICK = ["-XX:TieredStopAtLevel=1"]
READY_WITHIN = 180  # seconds; fifteen on a machine that does nothing else
STOPPED_WITHIN = 20
ACCOUNT = "nobody"  # who runs the server where we are root
ALONE = {"discovery.type": "single-node"}  # settings of a cluster of one node
PASSWORDS = {"admin": "for-tests-only-admin", "hub": "for-tests-only-hub"}
# The least rights with which the hub works, on indexes whose prefix begins with "hub".
ROLES = """\
hub:
  cluster: []
  indices:
    - names: ["hub*"]
      privileges: ["read", "write", "manage"]
"""


def cache() -> Path:
    """Where the distribution is kept; readable by everyone where we are root."""
    if os.geteuid() == 0:
        return Path("/var/cache/inspire-hub")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "inspire-hub"


def fetch() -> Path:
    """The folder of the unpacked distribution; downloaded where it is not there yet."""
    os.umask(0o022)  # another account runs it where we are root
    home = cache() / f"elasticsearch-{VERSION}"
    home.parent.mkdir(parents=True, exist_ok=True)
    with open(home.parent / "elasticsearch.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            unpack(download(), home)
    return home


def download() -> Path:
    """The archive, by Maven, from the repository that this machine's Maven is set up with."""
    repository = cache() / "maven"
    archive = repository / IN_REPOSITORY
    if not archive.exists():
        if shutil.which("mvn") is None:
            fail("Maven (mvn) is not installed.")
        print(f"Fetching Elasticsearch {VERSION} with Maven (110 MB, once)", file=sys.stderr, flush=True)
        command = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT}"]
        told = subprocess.run(
            [*command, f"-Dmaven.repo.local={repository}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if told.returncode or not archive.exists():
            fail("\n".join(["Maven could not fetch it:", *told.stdout.splitlines()[-8:]]))
    return archive


def unpack(archive: Path, home: Path) -> None:
    """Unpack into `home` in one step, and remove what was downloaded."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        archive.unlink()
        fail("What was downloaded is not what it was when this script was written.")
    draft = home.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(draft)
    (unpacked,) = draft.iterdir()
    for path in (unpacked / "bin").iterdir():
        path.chmod(0o755)  # zipfile drops the modes
    unpacked.rename(home)
    shutil.rmtree(draft)
    shutil.rmtree(cache() / "maven")


def fail(why: str) -> None:
    sys.exit(
        f"The tests need a real Elasticsearch {VERSION}, and there is none. {why}\n"
        "To have it: `make system-packages` installs Maven and Java; then run the tests again with the network\n"
        f"open, or put elasticsearch-{VERSION}.zip ({ARTIFACT}) at\n"
        f"{cache() / 'maven' / IN_REPOSITORY}\n"
        "`make test-quick` runs the tests that need no server."
    )


def java_home(newest: bool = False) -> str:
    """The home of a Java that is new enough: the one that is named, else the first that is found, or the newest."""
    named = [Path(home) / "bin/java" for name in ("ES_JAVA_HOME", "JAVA_HOME") if (home := os.environ.get(name))]
    others = [Path(found)] if (found := shutil.which("java")) else []
    others += sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    others += sorted((cache() / "root/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    usable = {}
    for program in [*named, *others]:
        if program.exists() and (java := told_by(program)):
            if program in named or not newest:
                return java["home"]
            usable[float(java["specification.version"])] = java["home"]
    return usable[max(usable)] if usable else fail(f"No Java {OLDEST_JAVA} or newer is installed.")


def told_by(program: Path) -> dict[str, str]:
    """What this Java tells of itself, if it is new enough; the path may lead to it over links and starters."""
    command = [program, "-XshowSettings:properties", "-version"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    except OSError:  # of another machine, or not for us
        return {}
    java = dict(re.findall(r"^ *java\.(home|specification\.version) = (.+)$", told, re.MULTILINE))
    return java if java and float(java["specification.version"]) >= OLDEST_JAVA else {}


def free_ports() -> tuple[int, int]:
    """Two that differ: of one port asked for after another was let go, the system may give the same again."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def membership(joined: bool, leader: Path | None) -> dict[str, str]:
    """Settings of a node that others join, that joins the one of the folder `leader`, or that is alone."""
    if leader:
        transport = json.loads((leader / "server.json").read_text())["transport"]
        return {"discovery.seed_hosts": f"127.0.0.1:{transport}", "node.roles": "data"}
    if joined:
        return {"node.name": "leader", "cluster.initial_master_nodes": "leader", "discovery.seed_hosts": "[]"}
    return ALONE


def prepare(
    folder: Path,
    home: Path,
    port: int,
    transport: int,
    security: bool,
    thorough: bool,
    member: dict[str, str] = ALONE,
) -> None:
    """Configuration, and folders that the server may write."""
    config = folder / "config"
    for path in (folder / "data", folder / "logs", folder / "tmp", config / "jvm.options.d"):
        path.mkdir(parents=True, exist_ok=True)
    for name in ("jvm.options", "log4j2.properties", "role_mapping.yml"):
        shutil.copyfile(home / "config" / name, config / name)
    settings = {
        "cluster.name": "inspire-hub-tests",
        **member,
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": transport,
        "path.data": folder / "data",
        "path.logs": folder / "logs",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "xpack.security.enabled": str(security).lower(),
    }
    if security:
        certify(config)
        settings |= {
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.key": config / "node.key",
            "xpack.security.http.ssl.certificate": config / "node.pem",
            "xpack.security.authc.api_key.enabled": "true",
        }
        lines = [f"{user}:{password_hash(password)}" for user, password in PASSWORDS.items()]
        (config / "users").write_text("\n".join(lines) + "\n")
        (config / "users_roles").write_text("superuser:admin\nhub:hub\n")
        (config / "roles.yml").write_text(ROLES)
    (config / "elasticsearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    options = JAVA_OPTIONS if thorough else JAVA_OPTIONS + QUICK
    (config / "jvm.options.d/tests.options").write_text("".join(f"{option}\n" for option in options))
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


def password_hash(password: str) -> str:
    """As Elasticsearch keeps it in its file of users."""
    salt, rounds = os.urandom(32), 10_000
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, rounds, 32)
    return f"{{PBKDF2}}{rounds}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def certify(config: Path) -> None:
    """An authority of its own, ca.pem, and a certificate of the server signed by it."""
    if (config / "ca.pem").exists():
        return
    names = config / "names"
    names.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n")
    key = ["-newkey", "rsa:2048", "-nodes"]
    ca = ["-x509", "-keyout", config / "ca.key", "-out", config / "ca.pem", "-subj", "/CN=Tests", "-days", "3650"]
    extensions = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"]
    openssl("req", *key, *ca, *extensions)
    openssl("req", *key, "-keyout", config / "node.key", "-out", config / "node.csr", "-subj", "/CN=127.0.0.1")
    signing = ["-CA", config / "ca.pem", "-CAkey", config / "ca.key", "-CAcreateserial", "-days", "3650"]
    openssl("x509", "-req", "-in", config / "node.csr", *signing, "-extfile", names, "-out", config / "node.pem")


def openssl(*arguments: object) -> None:
    if shutil.which("openssl") is None:
        fail("openssl is not installed.")
    told = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    if told.returncode:
        fail(told.stderr)


def start(folder: Path, home: Path, thorough: bool = False) -> subprocess.Popen:
    environment = {
        "PATH": os.environ["PATH"],
        # In production it brings a Java of its own, newer than the oldest that it takes.
        "ES_JAVA_HOME": java_home(newest=thorough),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={folder / 'tmp'}",  # of what starts the server
        "HOME": str(folder),
    }
    # The kernel sends it a signal when we die. A change of user would undo that, so setpriv asks for it after one.
    command = ["setpriv", "--pdeathsig", "TERM"]
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        command += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    with open(folder / "output.log", "wb") as output:
        return subprocess.Popen(
            [*command, str(home / "bin/elasticsearch")],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip


def answers(url: str, folder: Path, security: bool) -> bool:
    request = urllib.request.Request(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s")  # noqa: S310
    context = None
    if security:
        context = ssl.create_default_context(cafile=folder / "config/ca.pem")
        who = base64.b64encode(f"admin:{PASSWORDS['admin']}".encode()).decode()
        request.add_header("Authorization", f"Basic {who}")
    try:
        with urllib.request.urlopen(request, timeout=5, context=context) as answer:  # noqa: S310
            return answer.status == 200
    except (OSError, http.client.HTTPException):  # not there yet, or something else is
        return False


def children(process: int) -> list[int]:
    """Processes that `process` has started, from whichever of its threads."""
    try:
        lists = [task / "children" for task in Path(f"/proc/{process}/task").iterdir()]
        return [int(child) for children in lists for child in children.read_text().split()]
    except FileNotFoundError:
        return []


def stop(server: subprocess.Popen) -> None:
    """End the starter and the server, which is its child; by force where it does not go."""
    family = [server.pid, *children(server.pid)]
    for process in family:
        send(process, signal.SIGCONT)  # a test may have paused it
    send(server.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(STOPPED_WITHIN)
    for process in family:
        send(process, signal.SIGKILL)
    server.wait()


def send(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def serve(
    folder: Path, owner: int, port: int, security: bool, thorough: bool, joined: bool, leader: Path | None
) -> None:
    try:
        watched = os.pidfd_open(owner)
    except ProcessLookupError:
        return
    home = fetch()
    folder.mkdir(parents=True, exist_ok=True)
    free, transport = free_ports()
    port = port or free
    prepare(folder, home, port, transport, security, thorough, membership(joined, leader))
    server = start(folder, home, thorough)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        url = f"{'https' if security else 'http'}://127.0.0.1:{port}"
        deadline = time.monotonic() + READY_WITHIN
        while not answers(url, folder, security):
            if server.poll() is not None or time.monotonic() > deadline:
                told = (folder / "output.log").read_text(errors="replace").splitlines()[-30:]
                sys.exit("\n".join(["Elasticsearch did not start:", *told]))
            if ended(watched, 0.2):
                return
        (child,) = children(server.pid)
        told = {"url": url, "process": child, "transport": transport, "accounts": PASSWORDS if security else {}}
        told["ca"] = str(folder / "config/ca.pem") if security else ""
        draft = folder / "server.draft"
        draft.write_text(json.dumps(told))
        draft.rename(folder / "server.json")
        while not ended(watched, 1):
            if server.poll() is not None:
                sys.exit("Elasticsearch has ended.")
    finally:
        (folder / "server.json").unlink(missing_ok=True)
        stop(server)


def ended(watched: int, seconds: float) -> bool:
    """Whether the process has ended, after waiting so long for it."""
    return bool(select.select([watched], [], [], seconds)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch")
    serving = commands.add_parser("serve")
    serving.add_argument("folder", type=Path)
    serving.add_argument("--while", dest="owner", type=int, required=True, metavar="PID")
    serving.add_argument("--security", action="store_true")
    serving.add_argument("--thorough", action="store_true", help="compile for speed that lasts, as in production")
    serving.add_argument("--port", type=int, default=0)
    nodes = serving.add_mutually_exclusive_group()
    nodes.add_argument("--joined", action="store_true", help="the first node of a cluster of several")
    nodes.add_argument("--join", type=Path, metavar="FOLDER", help="one more node beside the one of FOLDER")
    serving.add_argument("--temporary", action="store_true", help="remove FOLDER and its lock at the end")
    asked = parser.parse_args()
    if asked.command == "fetch":
        fetch()
    else:
        folder = asked.folder.resolve()
        try:
            serve(folder, asked.owner, asked.port, asked.security, asked.thorough, asked.joined, asked.join)
        finally:
            if asked.temporary:
                shutil.rmtree(folder, ignore_errors=True)
                folder.with_suffix(".lock").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
