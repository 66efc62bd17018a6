# SPDX-License-Identifier: Apache-2.0
"""The name of a target (指标名称): a short noun as a person would write it, cut from the words around the number.

Before the number: the noun phrase in front of the bound, without time, scope (全市), force and leading verbs; of
`A、B等C` only C. Behind the number: the noun up to the verb that follows it; the words after a percentage
(50%的基金投向…) stay whole, because only the whole says what the share is of.

>>> name_before("到2025年，全市高新技术企业"), name_before("集聚各类创新创业人员"), name_before("科技成果登记")
(('高新技术企业', ''), ('创新创业人员', '集聚'), ('科技成果登记', ''))
>>> name_behind("的基金投向初创期企业", share=True), name_behind("优质企业进入重点库", share=False)
('基金投向初创期企业', '优质企业')
"""

from __future__ import annotations

import re
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.verbs import (
    HEAD,
    HEAD_AT_END,
    NOUNY,
    after_strong_verb,
    behind_means,
    leading_verb,
    noun_end,
    verb_at_end,
)
from kechuang.engines.plandoc.words import BOUNDS_AFTER

_LEADING: Final = re.compile(
    r"(?:[、，和及并且或；—\-\s）]+(?=[\u4e00-\u9fff“A-Z])|（?(?:其中|含|包括)|获(?=[\u4e00-\u9fff]{4})(?!得"
    r"|批)|以及|同时|(?:到|至)?(?:(?:19|20)\d\d|今|本|全|每|当)年(?:度)?(?:[底末内])?(?:之?前)?"
    r"|年[底末内]前?"
    r"|全[市省区县国州](?=.)|我[市省区县国](?=.)|本[市省区县](?=.)|将|使|把|让|要|再|预计|有望|努力|争取"
    r"|力争|力求|确保|保证|至少|不少于|不低于"
    r"|“?十[三四五六]五”?期?间?末?|年均|每[季月]度?|各类|一批|第?[一二三四五六七八九十首、\d]{1,5}批(?=[\u4e00-\u9fff]{2})|[上下]半年|建成后|年度(?=[\u4e00-\u9fff]{4})"
    r"|年(?!度|营|主|销|产|收|研|经|利|纳|均)(?=[\u4e00-\u9fff]{3}))"
)
_PLACE: Final = re.compile(r"在.{1,12}(?:方面|领域|上|中|内)")
_PLACE_BEFORE: Final = re.compile(r"在(?P<place>[^，]{2,}?)(?:各|均)?[\u4e00-\u9fff]{2}$")
_CONNECTED: Final = re.compile(r"(?:[、，和及与并或（]|以及|同时|，?其中|\s)+$")
_TAIL_WORK: Final = re.compile(r"(?:建设|工作|任务|认定)$")
_INTO_STORE: Final = re.compile(r"(?<=企业)(?:评价)?(?:备案)?入库(?:登记)?$|(?<=企业)(?:评价|认定|培育)$")
_SHARE_OF: Final = re.compile(r"(?P<name>.{2,})(?:达到|达|占到|约占|相当于)[^，；]{2,20}的$")
_AHEAD_OF: Final = re.compile(r"(?P<name>.{2,}?(?:增幅|增速|增长率?|水平))(?:高于|快于|高出)[^，；]+$")
_ETC: Final = re.compile(r".*等(?:各类|多种|一批|新型的|各种)?(?=[\u4e00-\u9fff“]{3,})(?!级|级别|于|待)")
_SEPARATORS: Final = re.compile(r"、|和|及|与|以及")
_FRONT_SKIP: Final = re.compile(rf"(?:{'|'.join(BOUNDS_AFTER)})?(?:的|，)?")
_NO_NOUN: Final = re.compile(
    r"[、，。；：）（+\-/]|(?:并|且|以|和|及|与|用于|同时|同比|比|较|达|在(?![建孵研校册]|[^，；]*的)|为|到)(?![\u4e00-\u9fff]{0,2}(?:台"
    r"|市))"
)
_COUNTED: Final = "总数|数量|总量|总数量|总规模|规模|面积|增加值|投入|额|增速|增幅|拥有量|产值|收入|数|量"
_SHARED_TAIL: Final = re.compile(rf"(?:占比|比重|比例|覆盖率|增长率|率|{_COUNTED})$")
_LEVEL: Final = re.compile(r"(?:国家|部|省|市|区|县|厅|世界)级(?:及?以上)?$|(?:国家|省|市|区|县)级?$")
_SHORTEST: Final = 2


def name_before(rest: str) -> tuple[str, str]:
    """(name, verb) from the peeled text before a number."""
    phrase = re.split(r"[；：。，]", rest)[-1]
    if wider := _SHARE_OF.match(phrase) or _AHEAD_OF.match(phrase):
        phrase = wider["name"]
    name, verb = bare(phrase.removesuffix("的"))
    if (behind := behind_means(name)) != name:
        name, later = bare(behind)
        verb = verb or later
    ending = verb_at_end(name)
    left = name[: len(name) - len(ending)]
    if (
        ending
        and len(left) >= _SHORTEST
        and ending not in NOUNY
        and not (verb_at_end(left) or left == "通过")
    ):
        name, verb = left, verb or ending
    name = tidy(_INTO_STORE.sub("", after_strong_verb(name)))
    if verb_at_end(name) == name.lstrip("各均再") and (place := _PLACE_BEFORE.search(phrase)):
        return tidy(place["place"]), verb or name
    return name, verb


def bare(rest: str) -> tuple[str, str]:
    """A phrase without time, scope, force and verbs in front of it, and the first such verb."""
    first = ""
    while rest:
        if match := _LEADING.match(rest) or _PLACE.match(rest):
            rest = rest[match.end() :]
        elif verb := leading_verb(rest):
            first, rest = first or verb, rest[len(verb) :]
        else:
            break
    return rest, first


def name_behind(after: str, *, share: bool) -> str:
    """Name from the words behind a number; "" when they are no noun."""
    text = after.strip()
    skipped = _FRONT_SKIP.match(text)
    text = text[skipped.end() :] if skipped else text
    if not text or _NO_NOUN.match(text):
        return ""
    if not share:
        text = text[: noun_end(text)]
        work = _TAIL_WORK.search(text)
        if work and len(text) - len(work[0]) >= _SHORTEST:
            text = text[: work.start()]
    return tidy(text)


def tidy(name: str) -> str:
    """Without hanging connectives; of `A、B等C` only C, unless C says nothing by itself (等活动)."""
    name = _CONNECTED.sub("", name.strip(" 、，：；的"))
    if match := _ETC.match(name):
        name = name[match.end() :]
    return _balanced(name.strip(" 、，：；"))


def _balanced(text: str) -> str:
    """Without a quotation mark or bracket at an end whose partner was cut off."""
    for opening, closing in ("“”", "（）", "《》"):
        if text.count(opening) > text.count(closing):
            text = text.removeprefix(opening).removesuffix(opening)
        elif text.count(closing) > text.count(opening):
            text = text.removesuffix(closing).removeprefix(closing)
    return text


def split_shared(name: str) -> list[str]:
    """种植、收获率 → 种植率、收获率; 国家级、省级实验室 → 国家级实验室、省级实验室."""
    parts = [part for part in _SEPARATORS.split(name) if part]
    if len(parts) < _SHORTEST:
        return [name]
    *heads, last = parts
    owner = HEAD.match(last)
    if owner and owner.end() < len(last) and all(HEAD_AT_END.search(head) for head in heads):
        return [head + last[owner.end() :] for head in heads] + [last]
    tail = _SHARED_TAIL.search(last)
    if tail and tail.start() and not any(_SHARED_TAIL.search(part) for part in heads):
        return [part + tail[0] for part in heads] + [last]
    if "级" in last and all(part.endswith("级") for part in heads):
        noun = last[last.index("级") + 1 :]
        return [part + noun for part in heads] + [last]
    return parts


def name_of_same(name: str, before: str) -> str:
    """The name of a number that leaves its subject to the target before it.

    总数 after 高新技术企业 → 高新技术企业总数; 国家级 after 省级以上创新平台 → 国家级创新平台; "" → the same name.
    """
    if not name:
        return before
    if name.startswith("占"):
        return before + name
    if name in listed(_COUNTED) or name in {"增幅", "增速", "占比", "比重", "比例"}:
        return before if before.endswith(name) or name in {"增幅", "增速"} else before + name
    if level := _LEVEL.fullmatch(name):
        rest = re.sub(r"^(?:国家|部|省|市|区|县|厅|世界)级(?:及?以上)?", "", before)
        return level[0] + rest if rest else name
    return name
