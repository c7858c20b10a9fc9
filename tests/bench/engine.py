"""The engine alone: how fast an index is built, and how fast it answers 20 hits with 8 facets."""

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

from search.documents import Document
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.query import Query
from tests.bench.figures import AT_LEAST, Figure, measure, time_of
from tests.bench.questions import ready

LATENCY_MS, LATENCY_AT = 10, 100_000
BUILD_RATE = 5_000
RICH_WORKS = 2_000


def build_rates(works: Sequence[Document], real: Sequence[Document], folder: Path, runs: int) -> list[Figure]:
    """Works a second of documents that are ready in memory; the index of the last run stays in `folder`."""
    rates = {}
    # Real works have the names of all their terms in five languages: three times as many words to analyse.
    rich = [replace(work, keywords=like.keywords) for work, like in zip(works[:RICH_WORKS], cycle(real), strict=False)]
    for name, documents in (("rich", rich), ("plain", works)):
        spent = []
        gc.collect()
        gc.freeze()  # a hub reads its works one after the other, it never has all of them in memory
        for _run in range(runs):
            rmtree(folder, ignore_errors=True)
            started = perf_counter()
            EmbeddedEngine(folder).rebuild(documents)
            spent.append(perf_counter() - started)
        gc.unfreeze()
        rates[name] = len(documents) / median(spent)
    at = f"{len(works):,} works"
    return [
        Figure("build of the index", "works/s", rates["plain"], BUILD_RATE, AT_LEAST, note=at),
        Figure("build, keywords as the starter content has", "works/s", rates["rich"], note=f"{len(rich):,} works"),
    ]


def latencies(engine: Engine, questions: Mapping[str, Sequence[Query]], works: int, runs: int) -> list[Figure]:
    """Time of every kind of question at this number of works, and of all together."""
    timings = {
        kind: measure([partial(engine.search, query) for query in queries], runs)
        for kind, queries in ready(engine, questions).items()
    }
    target = LATENCY_MS if works == LATENCY_AT else None
    health = engine.health()
    name = f"{engine.name} search, {works:,} works"
    return [
        *(time_of(f"{name}: {kind}", timing, target) for kind, timing in timings.items()),
        Figure(f"{name}: size of the index", "MB", health.size / 1e6),
    ]


def build(documents: Iterable[Document], folder: Path, progress: Callable[[int], None]) -> Engine:
    """The embedded engine with these works, in `folder`."""
    rmtree(folder, ignore_errors=True)
    engine = EmbeddedEngine(folder)
    engine.rebuild(documents, progress)
    return engine
