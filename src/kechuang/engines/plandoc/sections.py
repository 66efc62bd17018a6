# SPDX-License-Identifier: Apache-2.0
"""Which part of a plan a heading opens (章节性质): preface, goals, tasks, tail; a focus area is none of them.

A heading that says nothing but what kind of part follows (主要任务, 重点工作举措, 行动目标) is built from a small
vocabulary; a heading with any other word in it is about something, and so an area or a task.

>>> [kind_of(title) for title in ("主要目标", "2021年重点工作任务", "总体要求", "保障措施", "强化企业创新主体")]
['goals', 'tasks', 'preface', 'tail', '']
"""

from __future__ import annotations

import re
from typing import Final, Literal

Section = Literal["preface", "goals", "tasks", "tail", ""]

_TIME: Final = (
    r"(?:(?:19|20)\d\d年?(?:[-—～至到](?:20)?\d\d年?)?|今年|本年|全年|年度|下一?(?:步|阶段)|近期"
    r"|“?十[三四五六]五”?(?:期间|时期)?)"
)
_PLAIN: Final = (
    r"主要|重点|具体|总体|总的|核心|基本|工作|预期|奋斗|阶段(?:性)?|量化|计划|实施|任务|目标|指标"
    r"|责任|分解|年度|全[市局省区县]|及其?|和|与|、|的"
)
_KINDS: Final[tuple[tuple[Section, str, str], ...]] = (
    ("goals", r"目标|指标", r"发展|行动|建设|科技|创新|考核|核心|约束性|预期性|总体要求|思路|思想|原则|定位"),
    (
        "preface",
        (
            r"思路|思想|原则|考虑|背景|基础|情况|形势|回顾|总结|成效|问题|现状|说明|意义|定位|愿景|成绩|不足|进展"
            r"|概况|依据|范围|(?<=总体)要求|(?<=基本)要求"
        ),
        r"指导|存在|取得|面临|发展|完成|编制|战略|要求",
    ),
    (
        "tail",
        r"保障|组织|附则|步骤|(?<=工作)机制|(?<=推进)机制|(?<=实施)机制|(?<=工作)要求|(?<=有关)要求",
        (
            r"措施|机制|保障|强化|加强|完善|健全|建立|做好|统筹|协调|有关|进度|推进|领导|考核|督查|督导|监督|评估"
            r"|宣传|引导|管理|落实|安排"
        ),
    ),
    (
        "tasks",
        r"任务|工作|举措|措施|行动|重点|安排|分工|清单|内容|事项|部署|打算|路径|台账|要点|项目|工程",
        r"推进|抓好|专项|关键|行动|创新|政策(?=举措|措施)",
    ),
)
_PATTERNS: Final = tuple(
    (kind, re.compile(rf"(?=.*(?:{heads}))(?:{_TIME}|{_PLAIN}|{extra}|{heads})+"))
    for kind, heads, extra in _KINDS
)
_REVIEW: Final = re.compile(
    r".{0,12}(?:工作(?:总结|回顾|成效|亮点|情况)|(?:开展|完成|进展|落实|推进|运行)情况|亮点工作|存在(?:的)?(?:主要)?问题|主要成效|取得的成绩)$"
)
_WELL_KNOWN: Final = re.compile(
    r"总体思路|总体要求|指导思想|工作思路|(?:主要|发展|工作|总体|年度|预期|行动)(?:目标|指标)|(?:主要|重点|工作)任务"
    r"|重点工作|工作举措|重点举措"
    r"|保障措施|组织保障|工作要求"
)
_LONGEST: Final = 22


def kind_of(title: str) -> Section:
    """Class of a heading by its words alone."""
    bare = re.sub(r"[“”：:。 ]", "", title)
    if len(bare) > _LONGEST:
        return ""
    if _REVIEW.fullmatch(bare):
        return "preface"
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(bare)), "")


def heading_end(read: str, start: int, end: int) -> int | None:
    """End of a well-known heading with which a longer text begins (二、主要指标高新技术企业达到…), else None."""
    heading = _WELL_KNOWN.match(read, start, end)
    if heading is None or heading.end() == end:
        return None
    follows = read[heading.end()]
    return heading.end() if follows in " ，：。" or end - start > 4 * _LONGEST else None
