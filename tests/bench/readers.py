"""Many readers at once: each asks for search pages, one after the other, for a minute."""

import asyncio
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter
from typing import NamedTuple

from tests.bench.figures import Figure, percentile
from tests.bench.worker import server

LONGEST_S = 60  # an answer that takes longer is an error


class Crowd(NamedTuple):
    readers: int = 200
    workers: int = 4
    seconds: int = 60


def crowd(size: Crowd, data: Path, urls: Sequence[str], name: str, **environment: str) -> list[Figure]:
    """Requests a second, time and errors of `urls` on the hub of the folder `data`."""
    with server(data, WEB_CONCURRENCY=str(size.workers), **environment) as (browser, _worker):
        for url in urls[: size.workers]:
            browser.get(url)
        port = int(browser.base.rsplit(":", 1)[1])
        times, errors, spent = asyncio.run(_read(port, urls, size))
    note = f"{size.readers} readers, {size.workers} workers"
    p50, p95 = (percentile(times, share) * 1000 for share in (0.5, 0.95))
    return [
        Figure(f"search pages, {name}", "pages/s", len(times) / spent, note=note),
        Figure(f"search pages, {name}: time", "ms", p95, p50=p50, p95=p95, note=note),
        Figure(f"search pages, {name}: errors", "", errors, 0, note=note),
    ]


async def _read(port: int, urls: Sequence[str], size: Crowd) -> tuple[list[float], int, float]:
    """Seconds of each page that came, the number of those that did not, and how long it all took."""
    turn = count()
    times: list[float] = []
    errors = 0
    began = monotonic()

    async def reader() -> None:
        nonlocal errors
        while monotonic() < began + size.seconds:
            url = urls[next(turn) % len(urls)]
            started = perf_counter()
            try:
                well = await asyncio.wait_for(_get(port, url), LONGEST_S)
            except (OSError, TimeoutError):
                well = False
            if well:
                times.append(perf_counter() - started)
            else:
                errors += 1

    await asyncio.gather(*(reader() for _ in range(size.readers)))
    return times, errors, monotonic() - began


async def _get(port: int, url: str) -> bool:
    """Whether the page came, whole."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    try:
        request = f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        outgoing.write(request.encode())
        answer = await incoming.read()
    finally:
        outgoing.close()
    head, _blank, body = answer.partition(b"\r\n\r\n")
    return head.startswith(b"HTTP/1.1 200") and f"content-length: {len(body)}".encode() in head.lower()
