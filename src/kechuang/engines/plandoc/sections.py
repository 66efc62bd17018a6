# SPDX-License-Identifier: Apache-2.0
"""Which part of a plan a heading opens (章节性质): preface, goals, tasks, tail — or a focus area, which is none of them."""

from __future__ import annotations

import re
from typing import Final, Literal

Section = Literal["preface", "goals", "tasks", "tail", ""]

_PREFACE: Final = re.compile(
    r"(?:总体|工作|基本|指导|发展)(?:思路|要求|思想|原则|考虑|背景|基础|情况)|形势|回顾|背景|完成情况|主要成效"
    r"|存在(?:的)?问题|工作总结|现状|编制说明"
)
_GOALS: Final = re.compile(
    r"(?:主要|总体|发展|工作|年度|预期|奋斗|具体|核心|全年|科技|阶段|量化|计划|任务|\d{4}年?)*(?:目标|指标)"
    r"(?!任务|责任|分解|考核|管理|体系)"
)
_TASKS: Final = re.compile(
    r"(?:主要|重点|工作|具体|目标|核心|年度|全年)(?:任务|工作|举措|措施|事项)|任务(?:分工|清单|安排|举措)"
    r"|工作(?:安排|内容|举措|措施)|实施内容|行动内容"
)
_TAIL: Final = re.compile(
    r"保障(?:措施|机制)?$|组织(?:保障|实施|领导)|工作要求|有关要求|工作保障|实施保障|工作机制$|^附则|强化保障|工作步骤|推进机制"
)
_HEADING: Final = re.compile(
    r"总体思路|总体要求|指导思想|工作思路|主要指标|主要目标|发展目标|工作目标|总体目标|年度目标|预期目标|主要任务|重点任务"
    r"|重点工作|保障措施|组织保障|工作要求"
)
_LONGEST_HEADING: Final = 22
_DEEPEST_HEADING: Final = 3


def section_of(read: str, start: int, end: int, rank: int) -> Section:
    """Class of the heading at `read[start:end]` whose mark has `rank`."""
    if end - start > _LONGEST_HEADING or rank > _DEEPEST_HEADING:
        return ""
    title = read[start:end]
    goals = _GOALS.search(title)
    if (
        goals
        and rank < _DEEPEST_HEADING
        and (goals.start() == 0 or (title.endswith(goals[0]) and len(goals[0]) > len("目标")))
    ):
        return "goals"
    if _PREFACE.search(title):
        return "preface"
    if rank <= 1 and _TAIL.search(title):
        return "tail"
    return "tasks" if rank <= 1 and _TASKS.search(title) else ""


def heading_end(read: str, start: int, end: int) -> int | None:
    """End of a well-known heading with which a longer text begins (二、主要指标高新技术企业达到…), else None."""
    heading = _HEADING.match(read, start, end)
    if heading is None or heading.end() == end:
        return None
    follows = read[heading.end()]
    return heading.end() if follows in " ，：。" or end - start > 4 * _LONGEST_HEADING else None
