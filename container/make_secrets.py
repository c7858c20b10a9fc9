#!/usr/bin/env python3
"""Makes the secrets of container/compose.yaml, each in a file of container/secrets: keys, passwords, certificates.

    container/make_secrets.py [FOLDER]

What is there already is left alone, so it can be run again after an upgrade, or after it was stopped: secrets that
belong together are made together or not at all. Standard library and openssl only.
"""

import base64
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

YEARS = 10  # of the certificates between hub and search server
ROUNDS = 10_000


def password_hash(password: str) -> str:
    """As Elasticsearch keeps passwords in its file of users."""
    salt = os.urandom(32)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, 32)
    return f"{{PBKDF2}}{ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def fits(password: str, hashed: str) -> bool:
    """Whether `hashed` was made by `password_hash` of this password."""
    salt, digest = map(base64.b64decode, hashed.rsplit("$", 2)[1:])
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, 32) == digest


def openssl(*arguments: object) -> None:
    done = subprocess.run(["openssl", *map(str, arguments)], check=False, capture_output=True, text=True)  # noqa: S603, S607
    if done.returncode:
        sys.exit(f"openssl failed, and no secret of search was changed:\n{done.stderr}")


def certify(folder: Path) -> None:
    """A certificate of the search server, and of the authority that signed it. The key of that one is not kept."""
    days = ("-days", YEARS * 365)
    ca_key, request, names = folder / "ca.key", folder / "search.csr", folder / "names"
    names.write_text("subjectAltName=DNS:search,DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    key = ("req", "-newkey", "rsa:3072", "-nodes")
    limits = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl(
        *key, "-x509", "-keyout", ca_key, "-out", folder / "search_ca.pem", "-subj", "/CN=INSPIRE hub", *days, *limits
    )
    openssl(*key, "-keyout", folder / "search.key", "-out", request, "-subj", "/CN=search")
    signing = ("-CA", folder / "search_ca.pem", "-CAkey", ca_key, "-CAcreateserial", "-extfile", names)
    openssl("x509", "-req", "-in", request, *signing, *days, "-out", folder / "search.pem")
    for path in (ca_key, request, names, folder / "search_ca.srl"):
        path.unlink(missing_ok=True)


# The last one is put in its place last: where it is, so are the others.
SEARCH = ("search_users", "search_users_roles", "search_ca.pem", "search.key", "search.pem", "search_url")


def search_is_complete(folder: Path) -> bool:
    """Whether all of SEARCH are there, and the password is the one whose hash the server has."""
    if not all((folder / name).is_file() for name in SEARCH):
        return False
    url = urlsplit((folder / "search_url").read_text())
    name, _colon, hashed = (folder / "search_users").read_text().strip().partition(":")
    ours = url.hostname == "search" and name == url.username and hashed.startswith("{PBKDF2}")
    return not ours or fits(url.password or "", hashed)  # an operator may have chosen another server or account


def make_search(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        new = Path(name)
        password = secrets.token_urlsafe(32)
        (new / "search_users").write_text(f"hub:{password_hash(password)}\n")
        (new / "search_users_roles").write_text("hub:hub\n")
        certify(new)
        (new / "search_url").write_text(f"https://hub:{password}@search:9200/hub?ca=/run/secrets/search_ca.pem")
        (folder / "search_url").unlink(missing_ok=True)  # whoever is stopped from here on makes all anew
        for secret in SEARCH:
            put(new / secret, folder)


def put(file: Path, folder: Path) -> None:
    """Move a whole file into `folder`. Others may read it, as the accounts within the containers must."""
    file.chmod(0o644)
    file.replace(folder / file.name)


def keep(folder: Path, name: str, content: str) -> None:
    """Write a secret that is not there yet, whole or not at all."""
    if not (folder / name).exists():
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as new:
            file = Path(new) / name
            file.write_text(content)
            put(file, folder)


def main(folder: Path) -> None:
    if not (complete := search_is_complete(folder)) and shutil.which("openssl") is None:
        sys.exit("This needs openssl, and nothing was made. On Debian: apt-get install openssl")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # others may read the files, but not enter the folder
    keep(folder, "secret_key", secrets.token_urlsafe(64))
    # PostgreSQL has taken the password when it was first started: it cannot be made anew, but is found in the address.
    url = folder / "database_url"
    known = urlsplit(url.read_text()).password if url.exists() else None
    keep(folder, "database_password", known or secrets.token_urlsafe(32))
    keep(folder, "database_url", f"postgres://hub:{(folder / 'database_password').read_text()}@database/hub")
    if not complete:
        make_search(folder)
    print(f"Secrets of the hub: {folder}")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) > 2 or any(argument.startswith("-") for argument in sys.argv[1:]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "secrets")
