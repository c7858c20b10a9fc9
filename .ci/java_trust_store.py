"""Writes a trust store of Java, in its format JKS, with the certificates in PEM on standard input.

    python3 .ci/java_trust_store.py < /etc/ssl/certs/ca-certificates.crt > cacerts

For a Java that was unpacked and not installed (.ci/install_system_packages): there is none then, and keytool, which
ends with Java, takes one certificate at a time. Standard library only.

The format is that of sun.security.provider.JavaKeyStore in OpenJDK, which describes it.
"""

import hashlib
import re
import ssl
import struct
import sys
import time

MAGIC, VERSION, TRUSTED = 0xFEEDFEED, 2, 2
PASSWORD = "changeit"  # noqa: S105 - everybody's: it guards against damage only, and Java reads without it
PEM = re.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


def text(value: str) -> bytes:
    return struct.pack(">H", len(value)) + value.encode("ascii")


def trust_store(pem: str, now: float) -> bytes:
    """A store that trusts every certificate in `pem`, since `now` (seconds since 1970)."""
    certificates = [ssl.PEM_cert_to_DER_cert(found) for found in PEM.findall(pem)]
    if not certificates:
        sys.exit("There is no certificate on standard input.")
    store = struct.pack(">III", MAGIC, VERSION, len(certificates))
    for number, certificate in enumerate(certificates):
        store += struct.pack(">I", TRUSTED) + text(str(number)) + struct.pack(">Q", int(now * 1000))
        store += text("X.509") + struct.pack(">I", len(certificate)) + certificate
    return store + hashlib.sha1(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + store).digest()  # noqa: S324


if __name__ == "__main__":
    sys.stdout.buffer.write(trust_store(sys.stdin.read(), time.time()))
