"""Programs that .ci/install_system_packages unpacks for somebody who is not root start, and find what is theirs."""

import os
import re
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from pwd import getpwuid

import pytest
from django.conf import settings

from tests.scripts import SCRIPTS, load, write

STORE = SCRIPTS / "java_trust_store.py"
# What the script itself uses, of a machine that has nothing else.
PROGRAMS = ("bash", "cat", "chmod", "cp", "dirname", "env", "find", "flock", "grep", "ln", "mkdir", "paste", "rm",
            "sed", "sh", "sort", "tar")  # fmt: skip
AUTHORITY = b"an authority"
# In place of Debian's, which reach out: one "downloads" what is in ARCHIVE, the other takes it for a package.
APT_GET = """\
#!/bin/bash
for word; do case $word in Dir::Cache=*) cache=${word#*=} ;; esac; done
[[ " $* " != *" --download-only "* ]] || cp "$ARCHIVE"/*.deb "$cache/archives/"
"""
DPKG_DEB = '#!/bin/sh\nexec tar --extract --file "$2" --directory "$3"\n'
SAYS = '#!/bin/sh\necho "$0" "$@"; cat "${0%/*}/../conf/settings"\n'


@pytest.fixture
def packages(tmp_path) -> Path:
    """A folder for packages; one is there, laid out as Debian's Java and Maven are."""
    content = tmp_path / "content"
    for home in ("usr/lib/jvm/java-17-openjdk-any", "usr/share/maven"):
        write(content / home / "bin" / ("mvn" if "maven" in home else "java"), SAYS)
        (content / home / "conf").symlink_to(f"/etc/{Path(home).name}")
        write(content / "etc" / Path(home).name / "settings", f"settings of {home}\n", 0o644)
    java = content / "usr/lib/jvm/java-17-openjdk-any"
    (java / "lib").mkdir()
    (java / "lib/cacerts").symlink_to("/etc/ssl/certs/java/cacerts")  # made when it is installed
    (content / "usr/bin").mkdir()
    (content / "usr/bin/elsewhere").symlink_to("/bin/sh")  # not of these packages
    archive = tmp_path / "archive"
    archive.mkdir()
    subprocess.run(["tar", "--create", "--file", archive / "a.deb", "--directory", content, "."], check=True)
    return archive


@pytest.fixture
def machine(packages, tmp_path) -> dict[str, str]:
    """The environment of an account that is not root, on a machine with few programs."""
    path = tmp_path / "path"
    write(path / "apt-get", APT_GET)
    write(path / "dpkg-deb", DPKG_DEB)
    write(path / "id", "#!/bin/sh\necho 1000\n")
    for name in PROGRAMS:
        (path / name).symlink_to(shutil.which(name))
    (path / "python3").symlink_to(Path(sys.executable).resolve())
    authorities = tmp_path / "authorities.pem"
    authorities.write_text(ssl.DER_cert_to_PEM_cert(AUTHORITY))
    return {"PATH": str(path), "HOME": str(tmp_path / "home"), "ARCHIVE": str(packages),
            "SSL_CERT_FILE": str(authorities)}  # fmt: skip


def run(machine: dict[str, str], command: str) -> str:
    command = f"source .ci/tools.sh; {command}"
    done = subprocess.run(
        ["bash", "-euc", command], cwd=settings.BASE_DIR, env=machine, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_programs_run_under_their_true_path_with_the_files_of_their_package(machine):
    assert "Unpacking chromium" in run(machine, ".ci/install_system_packages")
    root = f"{machine['HOME']}/.cache/inspire-hub/root"
    for name, home in (("java", "usr/lib/jvm/java-17-openjdk-any"), ("mvn", "usr/share/maven")):
        told = run(machine, f"{name} 'two words' again")
        assert told == f"{root}/{home}/bin/{name} two words again\nsettings of {home}\n"
    assert os.readlink(f"{root}/usr/bin/elsewhere") == "/bin/sh"


def test_unpacking_again_changes_nothing(machine):
    run(machine, ".ci/install_system_packages")
    before = run(machine, "mvn; find $TOOLS/root -type l -printf '%p %l\\n' | sort")
    run(machine, ".ci/install_system_packages")
    assert run(machine, "mvn; find $TOOLS/root -type l -printf '%p %l\\n' | sort") == before


def test_java_trusts_the_authorities_of_the_machine(machine):
    run(machine, ".ci/install_system_packages")
    java = Path(machine["HOME"], ".cache/inspire-hub/root/usr/lib/jvm/java-17-openjdk-any")
    assert AUTHORITY in (java / "lib/cacerts").read_bytes()


def certificate(folder: Path) -> str:
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Tests", "-keyout", "key"]
    return subprocess.run(request, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.elasticsearch
def test_java_reads_the_trust_store(tmp_path):
    pem = "# Tests\n" + certificate(tmp_path) + "between\n" + certificate(tmp_path)
    store = tmp_path / "cacerts"
    with store.open("wb") as output:
        subprocess.run([sys.executable, STORE], input=pem.encode(), stdout=output, check=True)
    keytool = Path(load("elasticsearch_server").java_home(), "bin/keytool")
    command = [keytool, "-list", "-v", "-keystore", store, "-storepass", "changeit"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={"LC_ALL": "C"}).stdout
    assert told.count("Entry type: trustedCertEntry") == 2
    assert told.count("Owner: CN=Tests") == 2
    prints = re.findall(r"SHA256: ([0-9A-F:]+)", told)
    assert len(set(prints)) == 2


def test_a_trust_store_without_certificates_is_refused():
    done = subprocess.run([sys.executable, STORE], input=b"none", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"no certificate" in done.stderr


def test_the_cache_is_found_without_a_home(machine):
    del machine["HOME"]
    assert run(machine, "echo $TOOLS") == f"{getpwuid(os.getuid()).pw_dir}/.cache/inspire-hub\n"


def test_an_environment_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(SCRIPTS / "environment.py", tmp_path / ".ci")
    (tmp_path / ".venv").symlink_to("/proc/nowhere")  # where root cannot make a folder either
    done = subprocess.run(
        [sys.executable, tmp_path / ".ci/environment.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"Could not make {tmp_path}/.venv: ")
