#!/usr/bin/env python3
"""Makes the secrets of container/compose.yaml, each in a file of container/secrets: keys, passwords, certificates.

    container/make_secrets.py [FOLDER]

What is there already is left alone, so it can be run again after an upgrade. Standard library and openssl only.
"""

import base64
import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

YEARS = 10  # of the certificates between hub and search server
ROUNDS = 10_000


def password_hash(password: str) -> str:
    """As Elasticsearch keeps passwords in its file of users."""
    salt = os.urandom(32)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, 32)
    return f"{{PBKDF2}}{ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)  # noqa: S603, S607


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


def main(folder: Path) -> None:
    # Others may read the files, as the accounts within the containers must, but not enter the folder.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(name: str, content: str) -> str:
        path = folder / name
        if not path.exists():
            path.write_text(content)
            path.chmod(0o644)
        return path.read_text()

    keep("secret_key", secrets.token_urlsafe(64))
    password = keep("database_password", secrets.token_urlsafe(32))
    keep("database_url", f"postgres://hub:{password}@database/hub")
    if not (folder / "search_url").exists():
        password = secrets.token_urlsafe(32)
        keep("search_users", f"hub:{password_hash(password)}\n")
        keep("search_users_roles", "hub:hub\n")
        certify(folder)
        (folder / "search.key").chmod(0o644)
        keep("search_url", f"https://hub:{password}@search:9200/hub?ca=/run/secrets/search_ca.pem")
    print(f"Secrets of the hub: {folder}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "secrets")
