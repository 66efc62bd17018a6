# SPDX-License-Identifier: Apache-2.0
"""What the columns of a task or indicator table mean (表头同义词). Headings are folded and without blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

Column = Literal[
    "number",
    "area",
    "task",
    "content",
    "lead",
    "co",
    "responsible",
    "leader",
    "due",
    "goal",
    "fund",
    "indicator",
    "unit",
    "value",
    "past",
    "other",
]

_BODY: Final = r"(?:单位|部门|处室|科室|主体|机构|股室|科|处)"
_WORDS: Final[dict[Column, str]] = {
    "number": r"序号|编号|项次|序|No\.?",
    "lead": rf"(?:主要责任|第一责任|牵头(?:责任|负责)?|主办|主责|总牵头){_BODY}|牵头|主责",
    "co": rf"(?:责任)?(?:协同配合|配合|协同|协办|参与|参加|协助)(?:责任)?{_BODY}|配合|协办|参与",
    "responsible": (
        rf"(?:责任|承办|落实|承担|实施|负责|完成|市级责任|市直责任){_BODY}(?:（{_BODY}）)?|责任{_BODY}及.*|任务分工|责任分工"
    ),
    "leader": r"(?:责任|分管|牵头|包抓|市级|主管|局)?(?:领导|责任人|联系人|负责人)|责任人|领导",
    "due": (
        r"(?:完成|办结|推进|实施|计划完成)?(?:时限|期限|时间|时间节点|时间进度|年限|进度)(?:要求|安排)?"
        r"|起止(?:时间|年限)|进度安排|建设起止年限"
    ),
    "past": (
        r"(?:19|20)\d\d年(?:实际|完成|基数|现状)?(?:值|数|情况)?(?:完成|实际)(?:值|数|情况)?"
        r"|(?:去年|上年|基期|基准|现状|历史).*|基数|完成值|实际值|(?:19|20)\d\d年(?:基数|现状值?|实绩)"
    ),
    "value": (
        r"(?:(?:19|20)\d\d年?)?(?:度|年度)?(?:计划|预期|考核)?(?:目标值|目标数|计划数|计划值|目标|指标值|任务数|任务值|年)"
    ),
    "indicator": r"(?:主要|核心|考核|具体|工作)?指标(?:名称)?|目标名称",
    "goal": (
        r"(?:年度|工作|预期|绩效|阶段|考核|完成|具体)?(?:工作)?(?:目标|指标)(?:要求|内容)?|成果形式|预期成效|目标任务"
    ),
    "fund": r".*(?:资金|经费|投资).*",
    "unit": r"(?:计量)?单位",
    "content": (
        r"(?:具体|主要|推进|工作|重点)(?:措施|举措|内容|要求)|内容|措施|举措|任务内容|任务要求|工作任务及要求|建设内容"
    ),
    "task": (
        r"(?:主要|重点|工作|具体|年度|目标)*(?:任务|工作|事项|项目|要点)(?:名称|事项|清单|任务|内容)?|工作任务|任务分解|项目名称"
    ),
    "area": r"(?:重点|工作|任务)?(?:领域|类别|方向|板块|分类)|专项|类型|一级任务|重点领域|所属领域|类别",
    "other": r"备注|说明|联系电话|电话|进展情况|完成情况|依据",
}
_COLUMNS: Final = {column: re.compile(pattern) for column, pattern in _WORDS.items()}
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d\d年?")
_FEWEST: Final = 2


@lru_cache(maxsize=2048)
def column_of(heading: str) -> Column | None:
    """Meaning of one heading, None when it is no heading."""
    bare = (
        re.sub(r"[\s（）：*]", "", heading)
        if "（" not in heading
        else re.sub(r"（.*?）|[\s：*]", "", heading)
    )
    return next((column for column, pattern in _COLUMNS.items() if bare and pattern.fullmatch(bare)), None)


def _dated(columns: Sequence[Column], row: Sequence[str]) -> list[Column]:
    """A bare year beside a later one, or beside 2025年目标, is where things stand: 2020年, 2025年."""
    years = sorted(heading for heading in row if _BARE_YEAR.fullmatch(heading))
    aims = columns.count("value")
    past = years[0] if years and aims > 1 and "past" not in columns else ""
    return [
        "past" if past and heading == past else column for column, heading in zip(columns, row, strict=True)
    ]


def columns_of(row: Sequence[str]) -> tuple[Column, ...] | None:
    """Meanings of a header row; None unless it heads a table of tasks with owners or dates, or of indicators."""
    found = [column_of(cell) for cell in row]
    known = {column for column in found if column is not None}
    if len(known) < _FEWEST:
        return None
    columns: list[Column] = []
    for heading, column in zip(row, found, strict=True):
        merged = not heading.strip() and bool(columns)
        columns.append(column or (columns[-1] if merged else "other"))
    if columns.count("task") > 1 and "area" not in known:
        columns[columns.index("task")] = "area"
    if "task" not in known and "content" in known and "indicator" not in known:
        columns[found.index("content")] = "task"
        known.add("task")
    if "task" not in known and "goal" in known and known & {"lead", "responsible"}:
        columns[found.index("goal")] = "task"
        known.add("task")
    if "indicator" in known and known & {"value", "goal"}:
        return tuple(_dated(["value" if column == "goal" else column for column in columns], row))
    if "task" in known and known & {"number", "lead", "responsible", "due", "co"}:
        return tuple(
            "goal" if column == "value" else "other" if column == "unit" else column for column in columns
        )
    return None
