"""SEARCH_URL taken apart: where the cluster is, who we are there, and what our indexes are called.

    https://user:password@one.example:9200,two.example:9200/prefix?ca=/etc/hub/ca.pem&timeout=1.5

Instead of user and password there may be `api_key=` (as Elasticsearch gives it out, "encoded"). `ca` is a PEM file
of the authority that signed the servers' certificate, where it is none that the system trusts. `timeout` is how long
a page may wait for the cluster, in seconds.
"""

import re
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from search.engines.base import EngineError

PREFIX = "inspire"
PORT = 9200
TIMEOUT = 1.0  # seconds: with what a page does beside, among 100,000 works too, it stays under two
SHORTEST_TIMEOUT, LONGEST_TIMEOUT = 0.1, 60.0

_URL = re.compile(
    r"(?P<scheme>https?)://(?:(?P<who>[^/@]*)@)?(?P<hosts>[^/?#@]+)(?:/(?P<path>[^?#]*))?(?:\?(?P<query>.*))?"
)
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?P<name>(?:{_LABEL}\.)*{_LABEL}\.?|\[(?P<v6>[0-9A-Fa-f:.]+)\])(?::(?P<port>[0-9]{{1,5}}))?")
_API_KEY = re.compile(r"[!-~]*")
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster; secrets are not shown when it is printed."""

    nodes: tuple[str, ...]
    prefix: str = PREFIX
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca: str = ""
    timeout: float = TIMEOUT


def read(url: str) -> Address:
    """The address that `url` means; EngineError, which repeats nothing that may be secret, where it means none."""
    match = _URL.fullmatch(url)
    if match is None:
        raise EngineError("SEARCH_URL is no address like https://user:password@host:9200/prefix.")
    options = dict(parse_qsl(match["query"] or "", keep_blank_values=True))
    if unknown := sorted(options.keys() - {"api_key", "ca", "timeout"}):
        raise EngineError(f"SEARCH_URL has a parameter that means nothing: {unknown[0]}")
    user, _colon, password = (match["who"] or "").partition(":")
    api_key = options.get("api_key", "").replace(" ", "+")  # a plus sign that nobody has escaped
    if user and api_key:
        raise EngineError("SEARCH_URL has a user and an api_key: one of them must go.")
    if not _API_KEY.fullmatch(api_key):
        raise EngineError("SEARCH_URL has an api_key with other characters than those of ASCII.")
    if bool(user) != bool(password):
        raise EngineError("SEARCH_URL has a user without a password, or a password without a user.")
    return Address(
        nodes=tuple(_node(match["scheme"], host) for host in match["hosts"].split(",")),
        prefix=_prefix((match["path"] or "").strip("/")),
        user=unquote(user),
        password=unquote(password),
        api_key=api_key,
        ca=_ca(match["scheme"], options.get("ca", "")),
        timeout=_timeout(options.get("timeout", "")),
    )


def _node(scheme: str, host: str) -> str:
    match = _HOST.fullmatch(host.strip())
    if match is None or not 0 < int(match["port"] or PORT) < 65536 or not _is_v6(match["v6"] or "::"):
        raise EngineError("SEARCH_URL has a host that is none; several are separated by commas.")
    return f"{scheme}://{match['name']}:{match['port'] or PORT}"


def _is_v6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _prefix(path: str) -> str:
    if path and not _PREFIX.fullmatch(path):
        raise EngineError(
            "SEARCH_URL ends in a prefix of index names that cannot be one: "
            "small letters, digits, hyphens and underscores, a letter first."
        )
    return path or PREFIX


def _ca(scheme: str, path: str) -> str:
    if path and scheme != "https":
        raise EngineError("SEARCH_URL names a ca file, but its address is not https.")
    if path and not Path(path).is_file():
        raise EngineError(f"SEARCH_URL names a ca file that is not there: {path}")
    return path


def _timeout(text: str) -> float:
    if not text:
        return TIMEOUT
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not SHORTEST_TIMEOUT <= seconds <= LONGEST_TIMEOUT:
        raise EngineError(
            f"SEARCH_URL: timeout must be a number of seconds from {SHORTEST_TIMEOUT} to {LONGEST_TIMEOUT}."
        )
    return seconds
