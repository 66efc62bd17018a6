# SPDX-License-Identifier: Apache-2.0
"""Who a statement names and in which role (责任主体的角色文法): 甲牵头，乙、丙配合 · 牵头单位：甲；配合单位：乙.

Works on the content of one statement: labels cut it into parts, separators into tokens, and a verb at the end of
a token gives its role to every name since the last verb. Names without any verb take the role of their label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.proposal import Role, Span

_BODY: Final = r"(?:处（室）|科（室）|处室|科室|部门|单位|主体|机构|股室|科|处|股|方)"
_DUTY_WORD: Final = (
    r"责任|牵头(?:责任|负责)?|主办|承办|主责|负责|落实|实施|配合(?:责任)?|协办|协同配合|协同|参与(?:配合)?"
    r"|参加|协助|支持|完成|指导|督办|督导"
)
LABEL: Final = re.compile(
    r"(?P<leader>(?:责任|分管|牵头|包抓|挂点|联系|主管|市级|局)?(?:市|局|委|厅|县|区)?(?:责任|分管)?(?:领导"
    r"|责任人|联系人|负责人))"
    r"(?:（[^（）]{1,8}）)? ?："
    rf"|(?P<office>(?:[省市区县](?:级|直)|主要|第一|共同|具体|协同|总)?(?:{_DUTY_WORD})(?:（(?:{_DUTY_WORD})）)?(?:实施)?"
    rf"{_BODY}?(?:（{_BODY}）|及(?:责任人|{_BODY}))?) ?："
    r"|(?P<time>(?:完成|办结|推进)?(?:时限|期限|时间(?:进度|节点|安排|要求)?|进度安排|起止时间|完成时间)) ?："
    r"|(?P<other>年度目标|工作目标|目标任务|工作任务|资金来源|资金|经费|备注|联系电话|目标|成果形式"
    r"|工作举措|具体措施|工作措施|主要措施|工作内容) ?："
)
_LEADS: Final = ("牵头", "主办", "主责", "第一", "主要责任")
_CO: Final = ("配合", "协办", "协同", "参与", "参加", "协助")
_GUIDES: Final = ("指导", "督办", "督导")

_DUTY: Final = (
    r"(?:按照?(?:各自)?(?:职责|职能|分工)(?:分工)?|共同|联合|具体|分别|统筹|分工|予以|积极|做好"
    r"|依职责|各负其责)"
)
_VERB: Final = re.compile(
    rf"{_DUTY}*(?P<verb>牵头(?:负责|落实|组织|实施|推进|抓总|协调)*|主办|负责(?:落实|实施|指导|推进|牵头)?"
    r"|配合(?:落实|参与|做好|实施|推进)?|参与(?:配合|落实|实施)?|参加|协助(?:配合)?|协同(?:配合|推进|落实)?|协办"
    r"|指导(?:落实|监督)?|督导|督办|落实|承担|承办|实施|组织实施|各负其责)$"
)
_TAG: Final = re.compile(r"（(牵头|主办|配合|协办|参与|指导|负责|责任)(?:单位|部门|处室)?）$")
RULE_FIRST_LEADS: Final = re.compile(
    r"牵头(?:单位|部门|处室|科室)(?:均|一律)?(?:排|列|位)(?:在|于)?(?:第一|首)位?(?:[，、]下同)?"
    r"|[，。；、 ]?（?(?:其中，?)?[^，。；（）：、]{0,14}(?:第一|首位|首个|排首|列首|名列首|最前"
    r"|首家)[^。；（）：]{0,14}牵头[^，。；（）：]{0,12}(?:[，、]下同)?[。]?）?"
)
RULE_SINGLE_LEADS: Final = re.compile(
    r"[无未][^。；（）]{0,6}牵头[^。；（）]{0,6}，?责任(?:单位|部门|处室)即?为?是?牵头(?:单位|部门|处室)"
)
RULE_EVERYWHERE: Final = re.compile(
    r"[^。；\n（）]{0,20}均需[^。；\n（）]{1,30}落实[^。；\n（）]{0,4}不再(?:一一)?列出"
)
_SAME_BELOW: Final = re.compile(
    r"[，、；]?(?:下同|以下同|以下均同)[。]?$|[，、；]?(?:排名|排序)不分(?:先后|主次)"
)

OFFICE_ENDS: Final = listed(
    "局|处|室|科|委|办|部|厅|院|府|署|社|会|中心|集团|公司|银行|大学|学院|学校|协会|学会|联盟"
    "|管委会|区|县|市|镇|街道|所|站|馆|专班|小组|基金|支队|总队"
    "|法院|检察院|党组|党委|工委|分行|支行|股|平台|企业|单位|部门|地区|处室|科室|团|组|人行|队|园|高校"
    "|院所|机构|科协|工商联|妇联|残联|文联|联|海关|分局"
    "|电视台|镇街|乡|街|村|州|旗|运营商|电力|供电|税务|气象|联社|医院|园区"
)
_SURE_ENDS: Final = listed(
    "局|处|室|科|委|办|部|厅|股|管委会|中心|政府|支行|分行|银行|法院|检察院|科协|工商联|妇联|专班"
    "|小组|院|处室|科室|部门|海关|分局"
)
"""Endings that are offices even where one stands alone in a bracket."""
_COLLECTIVE: Final = re.compile(
    r"^(?:各|有关|相关|其他|其它|全体|全局|所有)|(?:有关|相关|各)(?:部门|单位|处室|科室|地区|方面)|各地区?$"
)
_SPLIT_AND: Final = re.compile(r"(?:以及|会同|和|及|与|并)")
_ET_CETERA: Final = re.compile(r"等?(?:各?(?:有关|相关)?(?:部门|单位|处室|科室))?")
TIME_WORDS: Final = re.compile(
    r"\d{1,2} ?月(?!.{0,8}(?:局|处|委|办|部|厅|科|室)$)|(?:19|20)\d\d ?年|年[内底末]|(?:持续|长期"
    r"|常态化|滚动)(?:推进|实施|坚持|开展|$)|[上下]半年|季度|全年"
    r"|(?:前|内)(?:出台|完成|启动|建成|取得|落实)"
)
"""A token with one of these says by when, not who: 年内持续推进, 6月底前出台政策."""
_LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Party:
    """A name in a statement: place in the folded text, role, verb or label that gave it."""

    span: Span
    role: Role
    verb: str
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a statement: `leader`, `office`, `time` or `other`; `plain` without a label."""

    kind: str
    label: str
    label_start: int
    start: int
    end: int


def looks_like_office(name: str, *, alone: bool = False) -> bool:
    """Whether a folded name ends as names of offices do; `alone` asks for an ending that leaves no doubt."""
    bare = re.sub(r"（[^（）]*）$", "", name)
    ends = _SURE_ENDS if alone else OFFICE_ENDS
    return 1 < len(bare) <= _LONGEST_NAME and (bare.endswith(ends) or is_collective(bare))


def is_collective(name: str) -> bool:
    """各区县、有关部门: a party that stands for many, to be resolved by a person."""
    return _COLLECTIVE.search(name) is not None


def parts_of(read: str, start: int, end: int) -> Iterator[Part]:
    """Cut a statement at its labels."""
    labels = list(LABEL.finditer(read, start, end))
    first = labels[0].start() if labels else end
    if read[start:first].strip("，；。、 "):
        yield Part("plain", "", start, start, first)
    for index, label in enumerate(labels):
        stop = labels[index + 1].start() if index + 1 < len(labels) else end
        words = read[label.start() : label.end() - 1].rstrip()
        yield Part(label.lastgroup or "other", words, label.start(), label.end(), stop)


def parties_of(read: str, start: int, end: int) -> list[Party]:
    """The parties of one statement, roles decided within the statement.

    Beside a lead, those who share the duty (按职责分工负责) are co-owners; beside a guide, the others do the work; and
    where somebody only helps (乙配合), the one who is responsible leads.
    """
    found: list[Party] = []
    for part in parts_of(read, start, end):
        if part.kind == "leader":
            found += [Party(span, "leader", part.label, labelled=True) for span in _tokens(read, part)]
        elif part.kind in {"office", "plain"}:
            found += _part_parties(read, part)
    roles = {party.role for party in found}
    if "lead" in roles:
        shared = [not party.labelled and party.role == "responsible" for party in found]
        return [replace(p, role="co") if s else p for p, s in zip(found, shared, strict=True)]
    if "guide" in roles:
        return [
            replace(p, role="doer") if p.role in {"co", "responsible"} and not p.labelled else p
            for p in found
        ]
    if "co" in roles:
        return [replace(p, role="lead") if p.role == "responsible" else p for p in found]
    return found


def _part_parties(read: str, part: Part) -> list[Party]:
    label_role = _role_of(part.label)
    labelled = part.kind == "office"
    found: list[Party] = []
    pending: list[Span] = []
    tagged = False
    for start, end in _tokens(read, part):
        begin = start + 1 if read[start] in "由请" and end - start > 2 else start  # noqa: PLR2004 -- 由 and a name
        if tag := _TAG.search(read[begin:end]):
            role = _role_of(tag[1])
            found.append(Party((begin, begin + tag.start()), role, tag[1], labelled=True))
            tagged = tagged or role == "lead"
            continue
        if TIME_WORDS.search(read, begin, end):
            continue
        verb = _VERB.search(read[begin:end])
        if verb is None or (verb.start() == 0 and not pending):
            pending.append((begin, end))
            continue
        if verb.start() and not _is_rest(read, begin, begin + verb.start()):
            pending += _names(read, begin, begin + verb.start())
        found += [Party(span, _role_of(verb["verb"]), verb["verb"]) for span in pending]
        pending = []
    rest: Role = "co" if tagged and label_role == "responsible" else label_role
    found += [Party(span, rest, part.label, labelled=labelled) for span in pending]
    return found


def _is_rest(read: str, begin: int, end: int) -> bool:
    """有关部门 in 甲、乙等有关部门负责 only closes the list."""
    return read[begin - 1 : begin] == "等" and _ET_CETERA.fullmatch(read, begin, end) is not None


def _role_of(word: str) -> Role:
    if any(lead in word for lead in _LEADS):
        return "lead"
    if any(guide in word for guide in _GUIDES) and "负责" not in word:
        return "guide"
    return "co" if any(co in word for co in _CO) else "responsible"


def _tokens(read: str, part: Part) -> Iterator[Span]:
    """Names of a part: split at separators outside brackets, at 和、及 after an office; rule clauses left out."""
    text = read[part.start : part.end]
    for pattern in (RULE_FIRST_LEADS, RULE_SINGLE_LEADS, _SAME_BELOW):
        text = pattern.sub(lambda match: "，" * len(match[0]), text)
    depth = begin = 0
    for place, char in enumerate(text + "，"):
        depth = max(0, depth + (char == "（") - (char == "）"))
        if depth == 0 and char in "、，；。,;/\n " and not _inside_name(text, place):
            yield from _names(text, begin, place, part.start)
            begin = place + 1
    if begin < len(text):
        yield from _names(text, begin, len(text), part.start)


def _inside_name(text: str, place: int) -> bool:
    """A blank that only loosens a name (市 科技局) does not separate."""
    if place >= len(text) or text[place] != " ":
        return False
    before = re.split(r"[、，；。 ]", text[max(0, place - _LONGEST_NAME) : place])[-1]
    return not (before.endswith(OFFICE_ENDS) or _VERB.search(before))


def _names(text: str, begin: int, end: int, offset: int = 0) -> Iterator[Span]:
    """The names of one token: 甲和乙等部门 → 甲, 乙."""
    while begin < end and text[begin] in " ：，":
        begin += 1
    while end > begin and (
        text[end - 1] in " 。；，（" or text[begin:end].count("）") > text.count("（", begin, end)
    ):
        end -= 1
    if text[begin:end].startswith("等"):
        begin += 1
    for join in _SPLIT_AND.finditer(text, begin, end):
        left = text[begin : join.start()]
        if len(left) > 1 and (left.endswith(OFFICE_ENDS) or "等" in left) and join.end() < end:
            yield from _without_etc(text, begin, join.start(), offset)
            begin = join.end()
    yield from _without_etc(text, begin, end, offset)


def _without_etc(text: str, begin: int, end: int, offset: int) -> Iterator[Span]:
    """A name without 等有关部门 behind it; what else stands behind 等 is a name of its own."""
    etc = text.find("等", begin, end)
    if etc > begin + 1 and text[begin:etc].endswith((*OFFICE_ENDS, "）")) and "（" not in text[etc:end]:
        yield begin + offset, etc + offset
        begin = etc
        if _ET_CETERA.fullmatch(text, begin, end):
            return
        begin += 1
    if begin < end and not (_ET_CETERA.fullmatch(text, begin, end) and text[begin] in "部单处科"):
        yield begin + offset, end + offset
