# SPDX-License-Identifier: Apache-2.0
"""What is wrong in content files: all of it, each with its file, line and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, and what."""

    file: str
    line: int
    place: str
    what: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{self.file}:{self.line}: {place}{self.what}"


class ContentErrors(Exception):  # noqa: N818 -- all of them, for a person
    """Every fault found, file by file from the top; what was found twice is told once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line))
        super().__init__("\n".join(map(str, self.faults)))


def place_of(path: Iterable[str | int]) -> str:
    """A path in words: ``zhengce.aliases[2]`` counts from 1, as people do."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
