"""The engines alone: how fast an index is built, and how fast it answers 20 hits with 8 facets."""

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

from search.documents import Document
from search.engines.base import MOST_DEEP, Engine
from search.engines.embedded import EmbeddedEngine
from search.query import Query
from tests.bench.figures import AT_LEAST, Figure, summary, time_of, times_of
from tests.bench.questions import FACETS, HITS, ready

# The most milliseconds of the 95th percentile, by engine and number of works.
LATENCY_MS = {("embedded", 100_000): 10, ("elasticsearch", 100_000): 40, ("elasticsearch", 1_000_000): 100}
BUILD_RATE = 5_000


def build_rates(engine: Engine, works: Sequence[Document], real: Sequence[Document], runs: int) -> list[Figure]:
    """Works a second of documents that are ready in memory; the index of the last run stays. `real`: works of the
    starter content, which are built over and over."""
    again = [replace(work, id=f"{work.id}-{number}") for number, work in zip(range(len(works)), cycle(real))]
    rates = {}
    for name, documents in (("real", again), ("synthetic", works)):
        spent = []
        gc.collect()
        gc.freeze()  # a hub reads its works one after the other, it never has all of them in memory
        for _run in range(runs):
            started = perf_counter()
            engine.rebuild(documents)
            spent.append(perf_counter() - started)
        gc.unfreeze()
        rates[name] = len(documents) / median(spent)
    name, note = f"{engine.name} build", f"{len(works):,} works"
    return [
        Figure(name, "works/s", rates["synthetic"], BUILD_RATE, AT_LEAST, note=note),
        Figure(f"{name}, works of the starter content", "works/s", rates["real"], note=note),
    ]


def latencies(engine: Engine, questions: Mapping[str, Sequence[Query]], works: int, runs: int) -> list[Figure]:
    """Time of every kind of question at this number of works, and of all together."""
    times = {
        kind: times_of([partial(engine.search, query) for query in queries], runs)
        for kind, queries in (ready(engine, questions) | pages_of_a_list(works)).items()
    }
    times["all questions"] = [list(chain(*run)) for run in zip(*times.values(), strict=True)]
    target = LATENCY_MS.get((engine.name, works))
    health = engine.health()
    name = f"{engine.name} search, {works:,} works"
    return [
        *(time_of(f"{name}: {kind}", summary(of), target) for kind, of in times.items()),
        Figure(f"{name}: size of the index", "MB", health.size / 1e6),
    ]


def pages_of_a_list(works: int) -> dict[str, list[Query]]:
    """The first and the last page of all works that lists show, in each order that a list has; nothing where there are
    not as many works."""
    last = MOST_DEEP // HITS
    pages = {"first page of a list": 1, f"page {last} of a list": last}
    sorts = ("newest", "year", "title", "date")
    return {
        name: [Query(facets=FACETS, limit=HITS, sort=sort, offset=(page - 1) * HITS) for sort in sorts]
        for name, page in pages.items()
        if works >= MOST_DEEP
    }


def embedded(documents: Iterable[Document], folder: Path, progress: Callable[[int], None]) -> Engine:
    """The embedded engine with these works, in `folder`."""
    rmtree(folder, ignore_errors=True)
    engine = EmbeddedEngine(folder)
    engine.rebuild(documents, progress)
    return engine
