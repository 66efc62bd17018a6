# SPDX-License-Identifier: Apache-2.0
"""The light of a task (任务亮灯): from its milestones, parts and numbers, never from a word alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kechuang.engines.progress.lights import Light, Thresholds, due_light, worst


@dataclass(frozen=True, slots=True)
class Step:
    """A dated piece of a task: a milestone (节点) or a part (举措), with the day on which it slipped, if it did."""

    name: str
    due: dt.date | None
    closed_on: dt.date | None = None
    slipped_on: dt.date | None = None
    kind: Literal["part", "milestone"] = "part"


def step_light(day: dt.date, step: Step, thresholds: Thresholds | None = None) -> Light:
    """The light of a milestone or part; the reason says which kind it is and names it."""
    light = due_light(
        day, due=step.due, closed_on=step.closed_on, slipped_on=step.slipped_on, thresholds=thresholds
    )
    return Light(light.colour, f"{step.kind}-{light.reason}", {**light.facts, "part": step.name})


def number_light(name: str, unit: str, light: Light) -> Light:
    """The light of a number under a task, named by what was promised."""
    return Light(light.colour, "number", {"name": name, "unit": unit, "light": light})


def task_light(
    day: dt.date,
    task: Step,
    steps: Iterable[Step] = (),
    *,
    numbers: Iterable[Light] = (),
    warnings: Iterable[Light] = (),
    needs_steps: bool = True,
    thresholds: Thresholds | None = None,
) -> Light:
    """The light of a task: once closed its own; before that the worst of its date, steps, numbers and warnings.

    ``numbers`` are the lights of the targets under it, ``warnings`` what else is wrong (an office silent too long).
    With no dated step and no number there is nothing to judge by: grey, "no-milestones", unless something is worse.
    What does not need steps (an instruction) is judged by its date alone.
    """
    own = due_light(
        day, due=task.due, closed_on=task.closed_on, slipped_on=task.slipped_on, thresholds=thresholds
    )
    if task.closed_on is not None and task.closed_on <= day:
        return own
    judged = [step_light(day, step, thresholds) for step in steps if step.due is not None]
    judged += numbers
    if not judged and needs_steps:
        judged = [Light("grey", "no-milestones")]
    return worst([own, *judged, *warnings]) or own
