# SPDX-License-Identifier: Apache-2.0
"""Sets the parser's reading of a document beside the reading written by hand, field by field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kechuang.engines.plandoc import Table, parse_plan, proposal_as_json

DOCUMENTS = Path(__file__).parent / "documents"
Reading = dict[str, Any]


@dataclass
class Score:
    """Counts of one field over all documents."""

    right: int = 0
    proposed: int = 0
    expected: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def names() -> list[str]:
    return sorted(file.stem for file in DOCUMENTS.glob("*.txt"))


def text_of(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


def expected(name: str) -> Reading:
    """The reading written by hand; `tables` in the file are input."""
    reading: Reading = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    reading.pop("tables", None)
    return reading


def tables_of(name: str) -> list[Table]:
    reading = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    return [Table(tuple(tuple(row) for row in rows)) for rows in reading.get("tables", [])]


def proposed(name: str) -> Reading:
    """The reading of the parser, without the source texts of the targets."""
    reading = proposal_as_json(parse_plan(text_of(name), tables=tables_of(name)))
    for indicator in reading["indicators"]:
        del indicator["text"]
    return reading


def facts(reading: Reading) -> Iterator[tuple[str, Hashable]]:
    """The reading as single facts: (field, fact). Facts of a task or target carry what identifies it."""
    for one in ("title", "issuer", "year"):
        if one in reading:
            yield one, reading[one]
    for area in reading["focus_areas"]:
        yield "area", area
    for task in reading["tasks"]:
        key = (task["number"], task["title"])
        yield "task", key
        yield "task area", (*key, task["area"])
        for role in ("lead", "co", "responsible"):
            for office in task[role]:
                yield role, (*key, office)
    for target in reading["indicators"]:
        key = (target["value"], target["unit"], target["scope"], target["task"])
        yield "target", key
        for part in ("name", "comparator", "kind", "aspire"):
            yield f"target {part}", (*key, target[part])
        if "value_max" in target:
            yield "target value_max", (*key, target["value_max"])


def compared(readings: Iterable[tuple[str, Reading, Reading]]) -> dict[str, Score]:
    """Scores of (name, reading by hand, reading of the parser); a year not given by hand is not compared."""
    table: dict[str, Score] = {}
    for name, hand, parser in readings:
        one, two = Counter(facts(hand)), Counter(facts(parser))
        for kind, fact in one | two:
            if kind == "year" and "year" not in hand:
                continue
            score = table.setdefault(kind, Score())
            expected_times, proposed_times = one[kind, fact], two[kind, fact]
            score.right += min(expected_times, proposed_times)
            score.expected += expected_times
            score.proposed += proposed_times
            if expected_times != proposed_times:
                score.wrong.append(
                    f"{name}: {'missing' if expected_times > proposed_times else 'extra'} {fact}"
                )
    return table


def scores(documents: Sequence[str]) -> dict[str, Score]:
    """Precision and recall of every field over the documents."""
    return compared((name, expected(name), proposed(name)) for name in documents)


def differences(name: str) -> Iterator[str]:
    """Every fact of a document that the parser reads otherwise."""
    for kind, score in scores([name]).items():
        yield from (f"{kind}: {line.partition(': ')[2]}" for line in score.wrong)
