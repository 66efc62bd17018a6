# SPDX-License-Identifier: Apache-2.0
"""The proposal as plain JSON values (交换格式): the shape that `plan parse --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kechuang.engines.plandoc.proposal import OfficeMention, PlanProposal, Target, Task


def proposal_as_json(proposal: PlanProposal) -> dict[str, Any]:
    """Title, issuer, year, areas, tasks and indicators; numbers are int when integral, else float."""
    return {
        "title": proposal.title,
        "issuer": proposal.issuer,
        "year": proposal.year,
        "focus_areas": [area.title for area in proposal.focus_areas],
        "tasks": [_task(proposal, task) for task in proposal.tasks],
        "indicators": [_indicator(target) for target in proposal.targets],
    }


def _task(proposal: PlanProposal, task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title,
        "area": "" if task.area is None else proposal.focus_areas[task.area].title,
        "lead": _names(task.lead),
        "co": _names(task.co),
        "responsible": _names(task.responsible),
    }


def _indicator(target: Target) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": target.name,
        "comparator": target.comparator,
        "value": plain_number(target.value),
        "unit": target.unit,
        "kind": target.kind,
        "aspire": target.aspire,
        "scope": target.scope,
        "task": target.task_number,
        "text": target.text,
    }
    if target.value_max is not None:
        entry["value_max"] = plain_number(target.value_max)
    return entry


def _names(mentions: Sequence[OfficeMention]) -> list[str]:
    return [mention.name for mention in mentions]


def plain_number(value: Decimal) -> int | float:
    """3000 for 3000.0, 2.8 for 2.8."""
    return int(value) if value == value.to_integral_value() else float(value)
