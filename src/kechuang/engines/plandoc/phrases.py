# SPDX-License-Identifier: Apache-2.0
"""The words around a number (目标句式的词): bounds, words of force, growth, verbs — and how to peel them off a name.

Everything here works on a short folded text to the left or right of one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.proposal import Comparator

BOUNDS_BEFORE: Final[dict[str, Comparator]] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "不得少于", "不得低于", "至少"), ">="),
    **dict.fromkeys(("突破", "超过", "超出", "超", "高于", "大于", "多于"), ">"),
    **dict.fromkeys(
        ("不超过", "不超", "不高于", "不多于", "不大于", "不得超过", "控制在", "低于", "少于", "小于"), "<="
    ),
    **dict.fromkeys(
        ("压缩至", "压缩到", "压减至", "压减到", "缩短至", "缩短到", "缩短为", "降至", "降到"), "<="
    ),
    **dict.fromkeys(("下降到", "下降至", "降低到", "降低至", "减少到", "减少至"), "<="),
    **dict.fromkeys(("达到", "达", "为", "是", "至", "到", "保持在", "稳定在", "维持在"), "="),
    **dict.fromkeys(
        ("提高到", "提高至", "提升到", "提升至", "增长到", "增长至", "增加到", "增加至", "上升到", "上升至"),
        "=",
    ),
    **dict.fromkeys(
        ("扩大到", "扩大至", "发展到", "发展至", "增至", "增到", "升至", "扩展到", "拓展到"), "="
    ),
}
BOUNDS_AFTER: Final[dict[str, Comparator]] = {
    **dict.fromkeys(("及以上", "以上", "或以上"), ">="),
    **dict.fromkeys(("以内", "之内", "及以下", "以下", "内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
}
FORCE_ASPIRE: Final = ("力争", "争取", "努力", "力求", "力促", "争创")
FORCE_MUST: Final = ("确保", "保证", "必须", "务必")
GROWTH: Final = (
    "增长",
    "提高",
    "提升",
    "增加",
    "上升",
    "增幅",
    "增速",
    "下降",
    "降低",
    "减少",
    "压减",
    "回升",
    "翻",
)
FALLS: Final = ("下降", "降低", "减少", "压减")
SHARED: Final = ("分别", "均", "都", "各")
_FILLERS: Final = (
    *(
        "年均",
        "同比",
        "比上年",
        "较上年",
        "比去年",
        "较去年",
        "每年",
        "全年",
        "累计",
        "总计",
        "合计",
        "共计",
        "总共",
        "共",
    ),
    *(
        "预计",
        "有望",
        "将",
        "再",
        "约",
        "大约",
        "比",
        "稳步",
        "平均",
        "年",
        "可",
        "要",
        "应",
        "并",
        "“",
        "'",
        "已",
        "数",
    ),
    *("不断", "也", "突破性", "直接", "净", "需", "到2025年", "每个", "一次性", "成功", "，"),
)
_FILLERS_SAFE: Final = tuple(filler for filler in _FILLERS if filler != "数")

VERBS: Final = (
    *(
        "新建设",
        "新建",
        "新增加",
        "新增",
        "新认定",
        "新培育",
        "新引进",
        "新组建",
        "新设立",
        "新开通",
        "新开工",
        "新孵化",
        "净增",
    ),
    *(
        "新上",
        "新备案",
        "新获批",
        "新获",
        "新签约",
        "新签",
        "新布局",
        "新遴选",
        "新转化",
        "新登记",
        "新发展",
        "新招",
        "新打造",
    ),
    *(
        "建设",
        "建成",
        "建立",
        "组建",
        "设立",
        "成立",
        "搭建",
        "打造",
        "创建",
        "培育",
        "培养",
        "引进",
        "引育",
        "引入",
        "招引",
    ),
    *(
        "集聚",
        "汇聚",
        "聚集",
        "吸引",
        "认定",
        "备案",
        "遴选",
        "评选",
        "选树",
        "选派",
        "派遣",
        "征集",
        "筛选",
        "形成",
        "编制",
    ),
    *(
        "制定",
        "出台",
        "举办",
        "承办",
        "组织",
        "开展",
        "实施",
        "完成",
        "实现",
        "达成",
        "落地",
        "转化",
        "推广",
        "应用",
        "布局",
    ),
    *(
        "攻克",
        "突破",
        "研发",
        "开发",
        "发布",
        "推动",
        "推进",
        "支持",
        "扶持",
        "资助",
        "服务",
        "帮助",
        "带动",
        "培训",
        "孵化",
    ),
    *(
        "争取",
        "获批",
        "获得",
        "获",
        "取得",
        "申报",
        "申请",
        "授权",
        "签订",
        "签约",
        "入库",
        "储备",
        "凝练",
        "立项",
        "部署",
    ),
    *(
        "发放",
        "投放",
        "募集",
        "撬动",
        "筹建",
        "改造",
        "建",
        "育",
        "引",
        "办",
        "聘请",
        "聘任",
        "选聘",
        "招收",
        "招聘",
        "落实",
    ),
    *(
        "登记",
        "解决",
        "推出",
        "提供",
        "汇集",
        "归集",
        "整合",
        "共享",
        "开放",
        "接入",
        "覆盖",
        "发展",
        "推荐",
        "安排",
        "投入",
    ),
    *(
        "促成",
        "促进",
        "达",
        "做强",
        "做大",
        "壮大",
        "启动",
        "开工",
        "竣工",
        "投用",
        "挂牌",
        "升级",
        "梳理",
        "揭榜",
        "走访",
    ),
    *(
        "使",
        "让",
        "确定",
        "明确",
        "引导",
        "鼓励",
        "指导",
        "协助",
        "对接",
        "参加",
        "参与",
        "增加",
        "扩大",
        "增设",
        "通过",
    ),
    *(
        "创建成",
        "申建",
        "争创",
        "培植",
        "输送",
        "外派",
        "选拔",
        "招募",
        "命名",
        "验收",
        "结题",
        "收集",
        "拨付",
        "下达",
    ),
)
_STRONG: Final = (
    *(
        "新建",
        "新增",
        "新认定",
        "新培育",
        "新引进",
        "组建",
        "建成",
        "引进",
        "举办",
        "集聚",
        "培育",
        "设立",
        "成立",
        "遴选",
    ),
    *("征集", "实施", "认定"),
)
_NOUN_TAILS: Final = (
    *(
        "率",
        "额",
        "数",
        "量",
        "载体",
        "基地",
        "中心",
        "器",
        "平台",
        "业",
        "机构",
        "体系",
        "站",
        "人员",
        "能力",
        "面积",
        "人次",
    ),
    *(
        "规模",
        "水平",
        "强度",
        "投入",
        "成本",
        "经费",
        "周期",
        "园",
        "区",
        "期",
        "时间",
        "资金",
        "力",
        "型",
        "费",
        "性",
        "总",
    ),
)
_LEADING: Final = re.compile(
    r"(?:[、，和及与并且或；“”—\-\s]+|其中|以及|同时|(?:到|至)?(?:(?:19|20)\d\d|今|本|全|每|当)年(?:度)?(?:[底末内])?(?:之?前)?|年[底末内]前?"
    r"|全[市省区县国州](?=.)|我[市省区县国](?=.)|本[市省区县]|将|使|把|让|要|再|预计|有望|努力|争取|力争|力求|确保|保证|“?十[三四五六]五”?期?间?末?|年均|全年)"
)
_PLACE: Final = re.compile(r"^在.{1,12}(?:方面|领域|上|中|内)")
_LOOK_BACK: Final = 90
_VERBS_LONGEST_FIRST: Final = tuple(sorted(VERBS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Peeled:
    """What is left of the text before a number, and the words peeled off it."""

    rest: str
    bound: Comparator | None
    force: str
    aspire: bool
    growth: str
    shared: str
    rank: bool
    words: tuple[str, ...]


def peel(left: str) -> Peeled:
    """Peel bounds, force, growth and fillers off the end of the text before a number."""
    rest = left[-_LOOK_BACK:]
    bound: Comparator | None = None
    growth = shared = ""
    aspire = rank = False
    words: list[str] = []
    while rest:
        rest = rest.rstrip()
        word = _suffix(rest, bound is not None or bool(growth))
        if not word:
            break
        if word in BOUNDS_BEFORE:
            if bound in {None, "="}:
                bound = BOUNDS_BEFORE[word]
        elif word in FORCE_ASPIRE:
            aspire = True
        elif word in GROWTH:
            growth = growth or word
        elif word in SHARED:
            shared = word
        elif word == "前":
            rank = True
        words.insert(0, word)
        rest = rest[: -len(word)]
    force = "".join(w for w in words if w in FORCE_ASPIRE or w in FORCE_MUST or w in BOUNDS_BEFORE)
    return Peeled(rest.strip(), bound, force, aspire, growth, shared, rank, tuple(words))


def _suffix(text: str, seen: bool) -> str:
    """The longest word of the grammar that ends `text`."""
    if (
        text.endswith("前")
        and not text.endswith(("之前", "以前", "年前", "底前", "月前", "日前"))
        and not seen
    ):
        return "前"
    lists = (BOUNDS_BEFORE, FORCE_ASPIRE, FORCE_MUST, GROWTH, SHARED, _FILLERS_SAFE)
    fitting = [word for words in lists for word in words if text.endswith(word)]
    best = max(fitting, key=len, default="")
    return "" if best in _KEPT_BEFORE and text.endswith(_KEPT_BEFORE[best]) else best


_KEPT_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "为": ("作为", "成为", "行为"),
    "是": ("特别是", "尤其是", "但是"),
    "到": ("得到", "找到", "做到", "从0到"),
    "至": ("甚至", "乃至"),
    "达": ("发达", "传达"),
    "约": ("节约", "集约"),
    "都": ("首都", "成都"),
    "再": ("一再",),
    "共": ("公共",),
    "比": ("占比",),
    "年": ("青年", "少年"),
    "要": ("主要", "重要", "需要"),
    "将": ("大将",),
    "可": ("认可", "许可"),
    "应": ("对应", "响应"),
    "并": ("合并",),
    "增幅": (),
    "增速": (),
    "超": ("赶超",),
    "都是": (),
    "将": ("即将",),
    "突破": (),
}


def verb_at_end(rest: str) -> str:
    """The production verb with which the text before a number ends, or ""."""
    return next((verb for verb in _VERBS_LONGEST_FIRST if rest.endswith(verb)), "")


def strip_leading(rest: str) -> tuple[str, str]:
    """Take time, scope, force and leading verbs off the front of a name; return (name, first verb).

    集聚创新创业人员 → 创新创业人员; 培训机构 stays: what would be left is the tail of a noun.
    """
    first_verb = ""
    while rest:
        if match := _LEADING.match(rest) or _PLACE.match(rest):
            rest = rest[match.end() :]
            continue
        verb = next((v for v in _VERBS_LONGEST_FIRST if len(v) > 1 and rest.startswith(v)), "")
        left = rest[len(verb) :]
        if not verb or len(left) < 2 or left.startswith(_NOUN_TAILS):
            break
        first_verb = first_verb or verb
        rest = left
    return rest, first_verb


def after_strong_verb(name: str) -> str:
    """支持企业新建研发机构 → 研发机构: the noun behind the last strong verb inside a name."""
    best = -1
    size = 0
    for verb in _STRONG:
        place = name.rfind(verb)
        if place > best:
            best, size = place, len(verb)
    tail = name[best + size :]
    return tail if best > 0 and len(tail) > 1 and not tail.startswith(_NOUN_TAILS) else name


def after_bound(after: str) -> tuple[str, Comparator | None]:
    """The bound word right behind a number, with its comparator."""
    text = after.lstrip(" ")
    for word in sorted(BOUNDS_AFTER, key=len, reverse=True):
        if text.startswith(word) and not (word == "内" and text[1:2] not in {"", "，", "。", "；", "、"}):
            return after[: len(after) - len(text)] + word, BOUNDS_AFTER[word]
    return "", None
