# SPDX-License-Identifier: Apache-2.0
"""Cockpit, task list and task page with 100 plan years, beside pretalx with a list of equal length.

python3 dev.py bench plan_pages

Both sides: SQLite, production settings, a signed-in person, warm, their WSGI application called in a process of
its own; rounds of one side and the other in turn, because machines are noisy.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from _machine import machine, versions
from _served import CLIENTS, THREADS, Flow, flow, served
from _sides import ROOT, Lane, Side

ROUNDS, OURS_EACH, PEER_EACH = 12, 20, 3
YEARS, TASKS_A_YEAR, PARTS_A_YEAR, TARGETS_A_YEAR, ENTRIES = 100, 31, 125, 12, 200_000
FEW = 50
MOST_QUERIES, MOST_OF_A_PAGE = 15, 25  # as tests/pages/test_answers.py holds lists and other pages


@dataclass(frozen=True, slots=True)
class Pair:
    """A page of ours beside one of the peer's; the goal is how many times less CPU."""

    words: str
    ours: str
    peer: str
    goal: float = 0
    queries: int = 0


PAIRS = (
    Pair("task list, 50 rows : submissions list, 50 rows", "list", "list", goal=10, queries=MOST_QUERIES),
    Pair("task page : submission page", "detail", "detail", goal=3, queries=MOST_OF_A_PAGE),
    Pair("cockpit : submissions list", "cockpit", "list", queries=MOST_QUERIES),
    Pair("task list : list of a conference with 50 submissions in all", "list", "list of few"),
    Pair("task page : submission page of that conference", "detail", "detail of few"),
)


def main() -> int:
    """Build, look, measure, print; 1 where a goal is missed."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    peer_python = os.environ.get("KECHUANG_PEER_PYTHON")
    if not peer_python:
        sys.exit("run by: python3 dev.py bench plan_pages")
    (ROOT / "build").mkdir(exist_ok=True)
    if shutil.disk_usage(ROOT / "build").free < 1 << 30:
        sys.exit("less than 1 GB free on the disk: the databases of this benchmark would not fit")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as name:
        return compare(Path(name), Path(peer_python))


def compare(folder: Path, peer_python: Path) -> int:
    """Everything, inside a folder that goes afterwards."""
    ours, peer = sides(folder, peer_python)
    say("filling both databases")
    ours.fill("_plan_years", YEARS, TASKS_A_YEAR, PARTS_A_YEAR, TARGETS_A_YEAR, ENTRIES)
    peer.fill("_peer_pretalx", YEARS * TASKS_A_YEAR, FEW)
    with Lane(ours) as our_lane, Lane(peer) as peer_lane:
        seen = {
            (side, page): lane.look(page)
            for side, lane in (("ours", our_lane), ("peer", peer_lane))
            for page in lane.side.pages
        }
        cpu = interleaved(our_lane, peer_lane)
    flows = through_granian(folder / "server", ours, peer)
    missed = print_ratios(cpu, seen)
    print_pages(ours, peer, cpu, seen, flows)
    print_circumstances(ours, peer)
    return 1 if missed else 0


def sides(folder: Path, peer_python: Path) -> tuple[Side, Side]:
    """Both programs, each with a folder of its own."""
    for name in ("ours", "peer"):
        (folder / name).mkdir()
    ours = Side(
        "Kechuang",
        Path(sys.executable),
        {
            "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
            "KECHUANG_VAR": str(folder / "ours"),
            "KECHUANG_DATABASE_URL": f"sqlite:///{folder / 'ours/bench.sqlite3'}",
            "KECHUANG_DEMO": "1",
        },
        "kechuang.site.wsgi:application",
    )
    peer = Side(
        "pretalx",
        peer_python,
        {
            "DJANGO_SETTINGS_MODULE": "_peer_settings",
            "PRETALX_DATA_DIR": str(folder / "peer"),
            "PRETALX_FILESYSTEM_STATIC": str(folder / "peer/static"),
        },
        "pretalx.wsgi:application",
    )
    return ours, peer


Cpu = dict[tuple[str, str], list[list[float]]]
Seen = dict[tuple[str, str], Any]


def interleaved(our_lane: Lane, peer_lane: Lane) -> Cpu:
    """CPU seconds by side and page, a list for each round; the order turns with every round."""
    found: Cpu = {}
    lanes = [("ours", our_lane, OURS_EACH), ("peer", peer_lane, PEER_EACH)]
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS}")
        for page in dict.fromkeys([*our_lane.side.pages, *peer_lane.side.pages]):
            for side, lane, times in lanes:
                if page in lane.side.pages:
                    found.setdefault((side, page), []).append(lane.cpu(page, times))
        lanes.reverse()
    return found


def through_granian(folder: Path, ours: Side, peer: Side) -> dict[tuple[str, str], Flow]:
    """Throughput by side and page; both servers are up, one works at a time."""
    found = {}
    with served(ours, folder) as our_port, served(peer, folder) as peer_port:
        for side, program, port in (("ours", ours, our_port), ("peer", peer, peer_port)):
            for page in program.pages:
                flow(program, port, page)  # warm every thread
                say(f"through granian: {program.name}, {page}")
                found[side, page] = flow(program, port, page)
    return found


def usual(rounds: list[list[float]]) -> float:
    """The median of all requests."""
    return statistics.median(seconds for each in rounds for seconds in each)


def print_ratios(cpu: Cpu, seen: Seen) -> int:
    """The ratios, best first to be read; returns how many goals are missed."""
    missed = 0
    print("\nCPU of the peer's page / CPU of ours (median of rounds, least to greatest)\n")
    for pair in PAIRS:
        rounds = [
            statistics.median(theirs) / statistics.median(mine)
            for theirs, mine in zip(cpu["peer", pair.peer], cpu["ours", pair.ours], strict=True)
        ]
        ratio, queries = statistics.median(rounds), seen["ours", pair.ours]["queries"]
        met = ratio >= pair.goal and not 0 < pair.queries < queries
        missed += not met
        goal = f"   goal {pair.goal:.0f}x: {'met' if ratio >= pair.goal else 'MISSED'}" if pair.goal else ""
        if pair.queries:
            goal += (
                f"   {queries} queries, goal {pair.queries}: {'met' if queries <= pair.queries else 'MISSED'}"
            )
        print(f"{ratio:6.1f}x  ({min(rounds):.1f} to {max(rounds):.1f})  {pair.words}{goal}")
    return missed


def print_pages(ours: Side, peer: Side, cpu: Cpu, seen: Seen, flows: dict[tuple[str, str], Flow]) -> None:
    """Every page by itself."""
    print(f"\n{'page':24}{'CPU ms':>8}{'queries':>9}{'rows':>6}{'KB':>6}{'req/s':>8}{'p95 ms':>8}")
    for side, program in (("ours", ours), ("peer", peer)):
        for page in program.pages:
            look, ran = seen[side, page], flows[side, page]
            line = f"{program.name + ' ' + page:24}{usual(cpu[side, page]) * 1000:8.1f}{look['queries']:9}"
            line += f"{max(0, look['rows'] - 1):6}{look['bytes'] / 1000:6.0f}"
            print(line + f"{ran.per_second:8.1f}{ran.p95 * 1000:8.0f}")


def print_circumstances(ours: Side, peer: Side) -> None:
    """Machine, sizes, versions."""
    print(f"\n{machine()}")
    for side in (ours, peer):
        counted = ", ".join(f"{count:,} {what}" for what, count in side.sizes.items())
        print(f"{side.name} {side.version}: {counted}")
    each = f"{ROUNDS} rounds of {OURS_EACH} requests of ours and {PEER_EACH} of the peer's, pages in turn"
    print(f"measured: {each}; granian: 1 worker, {THREADS} threads, {CLIENTS} clients on 127.0.0.1")
    print(f"versions: {versions()}, granian {version('granian')}")


def say(words: str) -> None:
    """Progress, apart from the result."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
