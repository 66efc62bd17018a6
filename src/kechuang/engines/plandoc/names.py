# SPDX-License-Identifier: Apache-2.0
"""The name of a target (指标名称): a short noun as a person would write it, cut from the words around the number.

Before the number: the noun phrase in front of the bound, without time, scope (全市), force and leading verbs; of
`A、B等C` only C. Behind the number: the noun to the end of the clause, cut where a verb begins; the words after a
percentage (50%的基金投向…) stay whole, because only the whole says what the share is of.
"""

from __future__ import annotations

import re
from typing import Final

from kechuang.engines.plandoc.phrases import after_strong_verb, strip_leading, verb_at_end

_ETC: Final = re.compile(r".*等(?:各类|多种|一批|新型的)?(?=[\u4e00-\u9fff]{2,})(?!级|级别|于|待)")
_CUT_BEHIND: Final = re.compile(
    r"(?:进入|纳入|入驻|入选|入围|入库|落户|落地|投向|上市(?!公司|企业|后备)|开展|参加|参与|通过|获得|获批|达到|完成|实现|建立|设立"
    r"|用于|以及|同时|推动|带动|形成|晋升|升级为|列入|对接|走进|深入|服务(?=企业|基层|农村|乡村)|建成|投入使用|投用|竣工|赴|到(?=企业|基层))"
)
_TAIL_WORK: Final = re.compile(r"(?:建设|工作|任务)$")
_FRONT_SKIP: Final = re.compile(r"^(?:以上|以下|左右|以内)?(?:的|，)?")
_CONNECTED: Final = re.compile(r"(?:[、，和及与并或]|以及|同时|其中|总数|，其中|\s)+$")
_SEPARATORS: Final = re.compile(r"、|和|及|与|以及")
_SHARED_TAILS: Final = (
    *(
        "占比",
        "比重",
        "比例",
        "覆盖率",
        "增长率",
        "率",
        "总数",
        "数量",
        "总量",
        "规模",
        "面积",
        "增加值",
        "投入",
        "额",
        "增速",
    ),
    *("增幅", "拥有量", "产值", "收入", "数", "量"),
)
LONGEST: Final = 40
_SHORTEST: Final = 2


def name_before(rest: str) -> tuple[str, str]:
    """(name, verb) from the peeled text before a number."""
    name, verb = strip_leading(_last_phrase(rest))
    ending = verb_at_end(name)
    if ending and len(name) - len(ending) >= _SHORTEST and ending not in _NOUN_VERBS:
        name, verb = name[: -len(ending)], verb or ending
    return tidy(after_strong_verb(name)), verb


_NOUN_VERBS: Final = frozenset(
    {
        "投入",
        "开放",
        "服务",
        "转化",
        "研发",
        "应用",
        "培训",
        "覆盖",
        "增加",
        "建设",
        "登记",
        "授权",
        "申请",
        "发展",
        "资助",
    }
)


def name_behind(after: str, *, share: bool) -> str:
    """Name from the words behind a number; "" when they are no noun."""
    text = _FRONT_SKIP.sub("", after.strip())
    if not text or _NO_NOUN.match(text):
        return ""
    if not share:
        cut = _CUT_BEHIND.search(text, _SHORTEST)
        if cut:
            text = text[: cut.start()]
        work = _TAIL_WORK.search(text)
        if work and len(text) - len(work[0]) >= _SHORTEST:
            text = text[: work.start()]
    return tidy(text)


_NO_NOUN: Final = re.compile(
    r"[、，。；：）+\-/]|(?:并|且|以|和|及|与|用于|同时|同比|比|较|达|在|为|到)(?![\u4e00-\u9fff]{0,2}(?:台|市))"
)


def tidy(name: str) -> str:
    """Without hanging connectives; of `A、B等C` only C; of an overlong name the last phrase."""
    name = _CONNECTED.sub("", name.strip(" 、，：；的"))
    if "等" in name and (match := _ETC.match(name)):
        name = name[match.end() :]
    return balanced(name.strip(" 、，：；"))


def balanced(text: str) -> str:
    """Without a quotation mark at an end whose partner was cut off."""
    if text.count("“") > text.count("”"):
        text = text.removeprefix("“").removesuffix("“")
    elif text.count("”") > text.count("“"):
        text = text.removesuffix("”").removeprefix("”")
    return text


def _last_phrase(rest: str) -> str:
    """The text behind the last bracketed or comma pause."""
    return re.split(r"[；：。]|，", rest)[-1]


def split_shared(name: str) -> list[str]:
    """种植、收获率 → 种植率、收获率; 国家级、省级实验室 → 国家级实验室、省级实验室."""
    parts = [part for part in _SEPARATORS.split(name) if part]
    if len(parts) < _SHORTEST:
        return [name]
    last = parts[-1]
    tail = next((t for t in _SHARED_TAILS if last.endswith(t) and last != t), "")
    if tail and not any(part.endswith(_SHARED_TAILS) for part in parts[:-1]):
        return [part + tail for part in parts[:-1]] + [last]
    if "级" in last and all(part.endswith("级") for part in parts[:-1]):
        noun = last[last.index("级") + 1 :]
        return [part + noun for part in parts[:-1]] + [last]
    return parts
