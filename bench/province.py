# SPDX-License-Identifier: Apache-2.0
"""The whole cockpit of a province, today and as of a day, at four sizes on both engines.

python3 dev.py bench province

Every city has a plan of 31 tasks with 155 deliverables, 125 responsibilities reported on in twelve rounds, and 12
numbers. Production settings, a signed-in person, warm, one process that calls the WSGI application. The goal is the
number of queries: at most 15, the same at every size. The baseline of the CPU is the cockpit of the smallest size,
per city: what grows faster than the cities shows as more than one.
"""

from __future__ import annotations

import signal
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from _machine import machine, versions
from _sides import ROOT, Lane, Side
from postgres import server

CITIES = (3, 10, 30, 100)
TASKS, PARTS, TARGETS = 31, 125, 12
SECONDS, FEWEST, MOST = 10.0, 5, 40
MOST_QUERIES = 15
PAGE = f"{'page':>13}{'queries':>9}{'CPU ms':>9}{'p95 ms':>9}"
HEAD = f"{'':12}{'cities':>7}{'tasks':>7}{PAGE}{'CPU a city':>12}{'KB':>7}"


def main() -> int:
    """Build, look, measure, print; 1 where a page asks more often than the goal."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    (ROOT / "build").mkdir(exist_ok=True)
    print(HEAD, flush=True)
    most, told = 0, ""
    for engine in ("SQLite", "PostgreSQL"):
        base: dict[str, float] = {}
        for cities in CITIES:
            with database(engine) as address, tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
                side = province(address or f"sqlite:///{folder}/bench.sqlite3", Path(folder))
                side.fill("_province", cities, TASKS, PARTS, TARGETS)
                most = max(most, measure(engine, cities, side, base))
                told = ", ".join(f"{count:,} {what}" for what, count in side.sizes.items())
    print(f"\n{most} queries at most, goal {MOST_QUERIES}: {'met' if most <= MOST_QUERIES else 'MISSED'}")
    print(f"\n{machine()}\nlargest: {told}\nversions: {versions()}, psycopg {version('psycopg')}")
    return int(most > MOST_QUERIES)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The address of an empty database of its own; none for SQLite, which is a file."""
    if engine == "SQLite":
        yield ""
        return
    with server(durable=True) as address:
        yield address


def province(address: str, folder: Path) -> Side:
    """The product over a database."""
    env = {
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
        "KECHUANG_VAR": str(folder),
        "KECHUANG_DATABASE_URL": address,
        "KECHUANG_DEMO": "1",
    }
    return Side("Kechuang", Path(sys.executable), env, "kechuang.site.wsgi:application")


def measure(engine: str, cities: int, side: Side, base: dict[str, float]) -> int:
    """A line a page; returns the most queries."""
    most = 0
    with Lane(side) as lane:
        for page in side.pages:
            seen = lane.look(page)
            once = lane.run(page, 1)["wall"][0]
            ran = lane.run(page, max(FEWEST, min(MOST, int(SECONDS / once))))
            cpu, wall = statistics.median(ran["cpu"]), sorted(ran["wall"])
            p95 = wall[max(0, -(-len(wall) * 95 // 100) - 1)]
            base.setdefault(page, cpu / cities)
            line = f"{engine:12}{cities:7}{cities * TASKS:7,}{page:>13}{seen['queries']:9}{cpu * 1000:9.0f}"
            growth = f"{cpu / cities / base[page]:.2f}x"
            print(f"{line}{p95 * 1000:9.0f}{growth:>12}{seen['bytes'] / 1000:7.0f}", flush=True)
            most = max(most, seen["queries"])
    return most


if __name__ == "__main__":
    sys.exit(main())
