# SPDX-License-Identifier: Apache-2.0
"""The words that stand between a name and its number (目标句式的词), and how they are peeled off.

>>> peeled = peel("全市高新技术企业力争突破")
>>> peeled.rest, peeled.bound, peeled.aspire, peeled.force
('全市高新技术企业', '>', True, '力争突破')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.proposal import Comparator

_BOUNDS: Final[dict[Comparator, str]] = {
    ">=": "不低于|不少于|不小于|不得少于|不得低于|至少|最少|不下于",
    ">": "突破|超过|超出|超|高于|大于|多于|逾|破",
    "<=": (
        "不超过|不超|不高于|不多于|不大于|不得超过|控制在|控制到|低于|少于|小于|最多|压缩至|压缩到|压缩为|压减至|压减到"
        "|缩短至|缩短到|缩短为|缩减至|缩减到|降至|降到|下降到|下降至|降低到|降低至|减少到|减少至|压降至"
    ),
    "=": (
        "达到|达成|达|为|是|至|到|有|保持在|稳定在|维持在|保持|稳定|提高到|提高至|提升到|提升至|提升为|增长到|增长至"
        "|增加到|增加至|上升到|上升至|扩大到|扩大至|扩充到|发展到|发展至|增至|增到|升至|升到|扩展到|拓展到|拓展至|实现|完成|累计达"
    ),
}
BOUNDS_BEFORE: Final[dict[str, Comparator]] = {
    word: comparator for comparator, words in _BOUNDS.items() for word in listed(words)
}
_AFTER: Final[dict[Comparator, str]] = {
    ">=": "及以上|以上|或以上|之上",
    "<=": "以内|之内|及以下|以下|内",
    "~": "左右|上下|以上左右",
}
BOUNDS_AFTER: Final[dict[str, Comparator]] = {
    word: comparator for comparator, words in _AFTER.items() for word in listed(words)
}
ASPIRE: Final = frozenset(listed("力争|争取|努力|力求|力促|争创|争"))
_MUST: Final = frozenset(listed("确保|保证|必须|务必"))
FALLS: Final = frozenset(listed("下降|降低|减少|压减|压缩|缩短|缩减|压降|下浮"))
GROWTH: Final = frozenset(listed("增长|提高|提升|增加|上升|增幅|增速|递增|回升|翻|增")) | FALLS
SHARED: Final = frozenset(listed("分别|均|都|各"))
_FILLERS: Final = frozenset(
    listed(
        "年均|同比|比上年|较上年|比去年|较去年|比上年度|较上年度|每年|全年|累计|总计|合计|共计|总共"
        "|共|预计|有望|将|再|约|大约|比|稳步|平均|年"
        "|可|要|应|并|“|'|不断|也|突破性|直接|净|需|一次性|成功|，|还|率先|进一步|持续|近|拟按|拟|按|进入全国"
        "|进入全省|进入|跻身|位居|居|位列"
        "|列|全国|全省|全市|全区|全县|国内|省内|≥|＞|>|≤|=|：|上"
    )
)
_KEPT: Final[dict[str, tuple[str, ...]]] = {
    "为": ("作为", "成为", "行为", "以此为"),
    "是": ("特别是", "尤其是", "但是"),
    "到": ("得到", "找到", "做到", "从0到"),
    "至": ("甚至", "乃至"),
    "达": ("发达", "传达"),
    "有": ("拥有", "所有", "现有", "国有", "共有", "专有", "自有", "已有", "占有", "建有"),
    "约": ("节约", "集约", "制约", "公约", "签约"),
    "都": ("首都", "成都"),
    "再": ("一再",),
    "共": ("公共",),
    "比": ("占比", "对比", "之比", "配比"),
    "年": ("青年", "少年"),
    "要": ("主要", "重要", "需要"),
    "将": ("大将", "即将"),
    "可": ("认可", "许可"),
    "应": ("对应", "响应", "供应"),
    "并": ("合并",),
    "超": ("赶超", "反超"),
    "破": ("突破", "打破", "爆破"),
    "上": ("规上", "线上", "网上", "路上", "以上"),
    "列": ("系列", "序列"),
    "居": ("定居", "宜居"),
    "近": ("附近",),
    "争": ("竞争", "战争"),
    "增": ("新增", "净增", "倍增", "递增"),
    "各": (),
}
"""Longer words of which the key is only the end: 作为 is no 为."""
_LONGEST: Final = max(map(len, (*BOUNDS_BEFORE, *_FILLERS)))
_LONGEST_AFTER: Final = max(map(len, BOUNDS_AFTER))
_PAUSES: Final = frozenset({"", "，", "。", "；", "、", "）"})
_LOOK_BACK: Final = 90
_ALL: Final = frozenset(BOUNDS_BEFORE) | ASPIRE | _MUST | GROWTH | SHARED | _FILLERS | {"前"}
_TIME_ENDS: Final = ("之前", "以前", "年前", "底前", "月前", "日前", "末前", "目前")


@dataclass(frozen=True, slots=True)
class Peeled:
    """What is left of the text before a number, and what was peeled off it."""

    rest: str
    bound: Comparator | None
    force: str
    aspire: bool
    growth: str
    shared: str
    rank: bool


def peel(left: str) -> Peeled:
    """Peel bounds, force, growth and fillers off the end of the folded text before a number."""
    rest = left[-_LOOK_BACK:].rstrip()
    words: list[str] = []
    while rest and (word := _last_word(rest)):
        if word == "前" and words:
            break
        words.insert(0, word)
        rest = rest[: -len(word)].rstrip()
    bounds = [BOUNDS_BEFORE[word] for word in reversed(words) if word in BOUNDS_BEFORE]
    bound = next((one for one in bounds if one != "="), bounds[0] if bounds else None)
    return Peeled(
        rest.lstrip(),
        bound,
        "".join(word for word in words if word in BOUNDS_BEFORE or word in ASPIRE or word in _MUST),
        any(word in ASPIRE for word in words),
        next((word for word in reversed(words) if word in GROWTH), ""),
        next((word for word in words if word in SHARED), ""),
        "前" in words,
    )


def _last_word(text: str) -> str:
    """The longest word of the grammar that ends `text`."""
    for size in range(min(_LONGEST, len(text)), 0, -1):
        word = text[-size:]
        if word in _ALL:
            kept = _TIME_ENDS if word == "前" else _KEPT.get(word, ())
            return "" if text.endswith(kept) else word
    return ""


def after_bound(after: str) -> tuple[str, Comparator | None]:
    """The bound word right behind a number, with its comparator; 内 only where nothing follows (年内, 国内)."""
    text = after.lstrip()
    for size in range(_LONGEST_AFTER, 0, -1):
        word = text[:size]
        if word in BOUNDS_AFTER and not (word == "内" and text[1:2] not in _PAUSES):
            return after[: len(after) - len(text)] + word, BOUNDS_AFTER[word]
    return "", None
