"""`make bench`: measures speed and size, prints a table, writes JSON. It ends well also where a target is missed.

BENCH_WORKS    numbers of synthetic works, separated by commas (10000,100000; 1000000 takes an hour)
BENCH_RUNS     runs of which the median is told (5)
BENCH_QUICK    1: 2,000 works and fewer questions, to try it
BENCH_DATABASE a database of SQLite to begin with, to try it (made anew)
HUB_DATA       the folder under which bench/ takes the JSON (var)
"""

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    target = Path(os.environ.get("HUB_DATA") or ROOT / "var").resolve() / "bench"
    target.mkdir(parents=True, exist_ok=True)
    quick = os.environ.get("BENCH_QUICK", "") not in ("", "0")
    works = os.environ.get("BENCH_WORKS") or ("2000" if quick else "10000,100000")
    runs = int(os.environ.get("BENCH_RUNS") or 5)
    scales = sorted(int(number) for number in works.split(","))
    with tempfile.TemporaryDirectory(dir=target, prefix="work-", ignore_cleanup_errors=True) as folder:
        _use_hub_of_its_own(Path(folder))
        from tests.bench.figures import table, write_json
        from tests.bench.plan import Plan

        plan = Plan(Path(folder), scales, runs, quick)
        began = datetime.now(UTC)
        load = os.getloadavg()[0]
        plan.measure()
    path = target / f"{began:%Y%m%d-%H%M%S}.json"
    about = {
        "at": began.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - began).total_seconds()),
        "works": scales,
        "runs": runs,
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
    }
    write_json(path, plan.figures, about)
    missed = [figure.name.strip() for figure in plan.figures if figure.ok is False]
    print(f"\n{table(plan.figures)}\n")
    print(f"{about['seconds']} s, medians of {runs} runs, {os.cpu_count()} processors, load before {load:.1f}")
    if load > os.cpu_count() / 2:
        print("The machine was busy with other things: times are longer than they would be.")
    print(f"Missed: {'; '.join(missed)}" if missed else "Every target is met.")
    print(f"Written to {path}")


def _use_hub_of_its_own(folder: Path) -> None:
    """Nothing of the hub that stands in HUB_DATA is read or written."""
    for name in ("DATABASE_URL", "HUB_DEBUG", "HUB_HOSTS", "HUB_HTTPS", "SEARCH_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "HUB_DATA": str(folder / "hub"),
        "HUB_SECRET_KEY": "for measurements only, nobody but this machine can reach them",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
