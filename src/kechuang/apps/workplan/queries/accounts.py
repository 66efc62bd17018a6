# SPDX-License-Identifier: Apache-2.0
"""The account of a draft (核对数): what the text holds, what of it stands in the draft, what persons made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, PlanVersion


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count: found in the text, kept of it in the draft (in whatever state), tracked now.

    ``found`` is None where the plan came from no text. ``parts`` spells the sum out in words.
    """

    code: str
    label: str
    found: int | None
    kept: int | None
    now: int
    parts: str = ""

    @property
    def differs(self) -> bool:
        """Something found in the text was lost on the way."""
        return self.found is not None and self.kept is not None and self.found != self.kept


def accounts(version: PlanVersion, lines: Sequence[Item]) -> list[CountRow]:
    """The counts that must agree, from lines read by ``lines_of``."""
    found: dict[str, int] = version.reading.get("counts", {})
    left_out = {line.pk for line in lines if line.state == Item.State.EXCLUDED}
    now = [line for line in lines if line.pk not in left_out and line.parent_id not in left_out]
    read = Counter(_code(line, line.read_as) for line in lines)
    kinds = Counter(_code(line, line.kind) for line in now)
    tasks = [line for line in now if line.kind == Item.Kind.TASK]
    offices = [office for task in tasks for office in task.offices.all()]
    areas = {task.area_id for task in tasks if task.area_id}
    numberless = sum(one["code"] == "target-without-number" for one in version.reading.get("findings", ()))
    rows = [
        CountRow("areas", _("重点领域"), found.get("areas"), None, len(areas)),
        CountRow("tasks", _("任务"), found.get("tasks"), read["task"], kinds["task"]),
        CountRow("responsibilities", _("责任"), found.get("responsibilities"), None, len(offices)),
        CountRow(
            "offices",
            _("处室"),
            found.get("offices"),
            None,
            len({one.unit_id or one.name for one in offices}),
        ),
    ]
    if not found:
        return [*rows, CountRow("targets", _("目标"), None, None, kinds["headline"] + kinds["target"])]
    stored = read["headline"] + read["target"] - numberless
    sums = {name: found[f"numbers_{name}"] for name in ("target", "promise", "unused")}
    return [
        *rows,
        CountRow("headline_targets", _("主要指标"), found["headline_targets"], None, kinds["headline"]),
        CountRow(
            "task_targets",
            _("任务内目标"),
            found["task_targets"],
            stored - found["headline_targets"],
            kinds["target"],
        ),
        CountRow("promises", _("待定承诺"), found["promises"], read["promise"], kinds["promise"]),
        CountRow(
            "numbers",
            _("文中数字"),
            found["numbers"],
            sum(sums.values()),
            found["numbers"],
            _("目标 %(target)s ＋ 待定 %(promise)s ＋ 未用 %(unused)s") % sums,
        ),
    ]


def _code(line: Item, kind: str) -> str:
    return "headline" if kind == Item.Kind.TARGET and line.parent_id is None else kind
