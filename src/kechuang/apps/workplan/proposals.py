# SPDX-License-Identifier: Apache-2.0
"""A document handed in, with what the parser proposes for it; made before an action begins, for it takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kechuang.apps.workplan.readers import read_source
from kechuang.engines.plandoc import OfficeName, PlanProposal, parse_plan


@dataclass(frozen=True, slots=True)
class Submission:
    """A file, the text read from it, and the proposal (识别结果)."""

    name: str
    data: bytes
    text: str
    proposal: PlanProposal

    def __str__(self) -> str:
        return self.name


def propose(name: str, data: bytes, offices: Sequence[OfficeName] = ()) -> Submission:
    """Read and parse a file. Raises Problem for a file that cannot be read."""
    source = read_source(name, data)
    return Submission(
        name, data, source.text, parse_plan(source.text, catalogue=offices, tables=source.tables)
    )


def reading_of(proposal: PlanProposal) -> dict[str, Any]:
    """What the parser found and did not use, kept beside the version (解析说明)."""
    fates = [number.fate for number in proposal.numbers]
    return {
        "scheme": proposal.outline.scheme,
        "notes": list(proposal.outline.notes),
        "counts": asdict(proposal.counts)
        | {f"numbers_{fate}": fates.count(fate) for fate in ("target", "promise", "unused")},
        "unused": [
            {"text": one.text, "reason": one.reason, "start": one.span[0], "end": one.span[1]}
            for one in proposal.unused
        ],
        "findings": [
            {"code": one.code, "severity": one.severity, "message": one.message,
             "start": one.span[0], "end": one.span[1]}
            for one in proposal.findings
        ],
        "leaders": [
            {"task": task.number, "text": leader.name, "start": leader.span[0], "end": leader.span[1]}
            for task in proposal.tasks
            for leader in task.leaders
        ],
    }  # fmt: skip
