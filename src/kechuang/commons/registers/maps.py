# SPDX-License-Identifier: Apache-2.0
"""Records on a plain map (地图): the frame of a register, its meridians and parallels, a point a record; pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kechuang.commons.registers.definitions import Map, State
from kechuang.commons.registers.models import Record

LONGEST, MILLIONTHS = 720, 1_000_000
STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A record at its place on the sheet."""

    record: Record
    state: State
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The map as it is drawn: its size, its lines (x or y, and what they say), its points."""

    width: int
    height: int
    meridians: list[tuple[int, str]]
    parallels: list[tuple[int, str]]
    points: list[Point]


def drawn(frame: Map, records: Iterable[tuple[Record, State]]) -> Sheet:
    """The sheet; a degree of longitude is as much shorter than one of latitude as it is in the middle of the frame."""
    middle = math.cos(math.radians((frame.south + frame.north) / 2))
    across, up = (frame.east - frame.west) * middle, frame.north - frame.south
    scale = LONGEST / max(across, up)

    def x(longitude: float) -> int:
        return round((longitude - frame.west) * middle * scale)

    def y(latitude: float) -> int:
        return round((frame.north - latitude) * scale)

    points = [
        Point(record, state, x(record.longitude / MILLIONTHS), y(record.latitude / MILLIONTHS))
        for record, state in records
        if record.longitude is not None and record.latitude is not None
    ]
    meridians = [(x(value), f"{value:g}°") for value in _round(frame.west, frame.east)]
    parallels = [(y(value), f"{value:g}°") for value in _round(frame.south, frame.north)]
    return Sheet(round(across * scale), round(up * scale), meridians, parallels, points)


def _round(first: float, last: float) -> Iterator[float]:
    """Round degrees between two, at most eight."""
    step = next((one for one in STEPS if (last - first) / one <= MOST_LINES), 10.0)
    number = math.floor(first / step) + 1
    while number * step < last:
        yield round(number * step, 2)
        number += 1
