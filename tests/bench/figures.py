"""What is measured, against which target, as a table and as JSON."""

import gc
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

AT_MOST, AT_LEAST = "≤", "≥"


class Timing(NamedTuple):
    """Milliseconds: medians over all runs of the 50th and 95th percentile of a run."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    `value` is what `target` judges (`bound` says from which side), in `unit`; `p50` and `p95` stand beside it where
    it is a time. Without a target the figure is only told. `note` says of what the figure is, in a few words.
    """

    name: str
    unit: str
    value: float
    target: float | None = None
    bound: str = AT_MOST
    p50: float | None = None
    p95: float | None = None
    note: str = ""

    @property
    def ok(self) -> bool | None:
        if self.target is None:
            return None
        return self.value <= self.target if self.bound == AT_MOST else self.value >= self.target


def time_of(name: str, timing: Timing, target: float | None = None, judged: str = "p95", note: str = "") -> Figure:
    """A figure of `timing`, of which the percentile `judged` is held against `target`, both in milliseconds."""
    return Figure(name, "ms", getattr(timing, judged), target, p50=timing.p50, p95=timing.p95, note=note)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest of `values` that `share` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def times_of(calls: Sequence[Callable[[], object]], runs: int) -> list[list[float]]:
    """Milliseconds of every call in each of `runs` runs, after one run that only warms up."""
    for call in calls:
        call()
    gc.collect()
    gc.freeze()  # the works in memory belong to the measurement, not to what is measured
    times = [[_milliseconds(call) for call in calls] for _run in range(runs)]
    gc.unfreeze()
    return times


def summary(times: Iterable[Sequence[float]]) -> Timing:
    """Medians over the runs."""
    runs = list(times)
    return Timing(*(median(percentile(run, share) for run in runs) for share in (0.5, 0.95)))


def measure(calls: Sequence[Callable[[], object]], runs: int) -> Timing:
    """Time every call `runs` times."""
    return summary(times_of(calls, runs))


def _milliseconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return (perf_counter() - started) * 1000


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns: name, target, measured, p50, p95, verdict."""
    rows = [("figure", "target", "measured", "p50", "p95", "")]
    for figure in figures:
        target = "" if figure.target is None else f"{figure.bound} {_number(figure.target)} {figure.unit}"
        verdict = {True: "ok", False: "MISSED", None: ""}[figure.ok]
        name = f"{figure.name} ({figure.note})" if figure.note else figure.name
        measured = f"{_number(figure.value)} {figure.unit}"
        rows.append((name, target, measured, _number(figure.p50), _number(figure.p95), verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
        f"{row[3]:>{widths[3]}}  {row[4]:>{widths[4]}}  {row[5]}".rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value == round(value) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def write_json(path: Path, figures: Iterable[Figure], about: dict[str, object]) -> None:
    """The figures and what they were measured with, at `path`."""
    lines = [asdict(figure) | {"ok": figure.ok} for figure in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(about | {"figures": lines}, indent=2, ensure_ascii=False) + "\n")
