# SPDX-License-Identifier: Apache-2.0
"""What stands around the plan (文头、正文、文尾): title, issuer, year, and where the plan itself begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.proposal import Span

_BODY: Final = (
    r"局|委员会|人民政府(?:办公[厅室])?|委办公[厅室]|管委会|厅|领导小组(?:办公室)?|党组|联席会议(?:办公室)?"
    r"|协会|学会|科协|专班|指挥部"
    r"|(?:市|县|区|省|州)委|(?:市|县|区|省)政府(?:办公[厅室])?|党工委|中心|研究院|集团|公司|大学|学院"
    r"|科协办公厅"
)
_ORG: Final = (
    rf"(?:[\u4e00-\u9fff]{{2,24}}?(?:{_BODY})|国务院(?:办公厅)?|中共中央(?:办公厅)?|[\u4e00-\u9fff]{{2,6}}部)"
    r"(?:等[一二三四五六七八九十\d]{1,3}(?:个?部门|家?单位))?"
)
_ORGS: Final = rf"{_ORG}(?:[ 、]+{_ORG})*"
_TITLE_WORD: Final = (
    r"(?:要点|计划|方案|规划|意见|清单|安排|分工|纲要|举措|措施|任务|台账|责任书|目标|部署|打算"
    r"|细则|表|行动|办法|思路|重点|工作|指引|分解"
    r"|报告|决定|路线图|重点工作|要求)"
)
_TITLE_END: Final = re.compile(rf"{_TITLE_WORD}(?:的通知|》的通知|（[^（）]{{1,14}}）|》)*$|的通知$")
_LETTER: Final = re.compile(r"关于(?:印发|下发|发布|转发)")
_QUOTED_TITLE: Final = re.compile(r"《([^《》]{4,60})》")
_RED_HEAD: Final = re.compile(rf"((?:{_ORG}[ 、]?)+)文件")
_ISSUER_TITLE: Final = re.compile(
    rf"({_ORGS})(?=\n?关于|\n?(?:19|20)\d\d|“?十[三四五六]五|\n?工作|科技|印发|办公室关于|\n?二[〇零])"
)
_ORG_LINE: Final = re.compile(_ORGS)
_ONES: Final = "一二三四五六七八九"
_PRINTED: Final = re.compile(rf"({_ORG}(?:办公室)?) ?(?:(?:20\d\d|二[〇零].{{2}}) ?年.{{0,14}})?印发")
_DATE_LINE: Final = re.compile(
    rf"(?:(?:19|20)\d\d|二[〇零][〇零{_ONES}]{{2}}) ?年[ \d十{_ONES}]*月[ \d十{_ONES}]*日?"
)
_DOC_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{2,12} ?（((?:19|20)\d\d)） ?第? ?\d{1,4} ?号")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?= ?(?:年|—|-|～|度|至))")
_HAN_YEAR: Final = re.compile(r"二[〇零]([〇零一二三四五六七八九])([〇零一二三四五六七八九])年?")
_HAN_DIGIT: Final = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_ANNEX: Final = re.compile(r"附 ?件 ?\d{0,2} ?：?")
_BACK: Final = re.compile(
    r"抄 ?[送报]：?.*|.*印发$|（?此件(?:主动|依申请|不予)?公开(?:发布)?）?|信息公开(?:选项|类别)：?.*"
    r"|（?联系(?:人|电话)：.*|主题词：.*|附：.*|公开方式：.*"
)
_NO_TITLE: Final = re.compile(r"[。：；？！•]|^（|附件")
_LONGEST_TITLE, _SHORTEST_TITLE, _FRONT_LINES, _FRONT_CHARS, _LETTER_LINES = 70, 5, 40, 2000, 12
_HEAD_LINES, _ANNEX_MARK, _FEWEST_LINES = 6, 6, 3
_MID_OFFICE: Final = re.compile(r"(?<=[局厅委会])办公室$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Title (None when the document has none), issuer, year; `body` are paragraph numbers [first, last)."""

    title: Span | None
    quoted_title: str
    issuer: str
    year: int | None
    body: tuple[int, int]


def read_front_matter(manuscript: Manuscript) -> FrontMatter:
    """Read what stands before and after the plan."""
    start = _plan_start(manuscript)
    title, behind = _title(manuscript, start)
    quoted = ""
    if title is None or _LETTER.search(manuscript.read, *title):
        quoted = _quoted_title(manuscript, start)
        own, behind_own = _title(manuscript, behind) if title else (None, behind)
        if own is not None and (not quoted or manuscript.written(*own) == quoted):
            title, behind, quoted = own, behind_own, ""
        elif quoted:
            title = None
        elif title is None and start:
            title, _ = _title(manuscript, 0)
    first = max(start, behind)
    last = _plan_end(manuscript, first)
    issuer = _issuer(manuscript, title, last)
    return FrontMatter(title, quoted, issuer, _year(manuscript, title, quoted, last), (first, last))


def _quoted_title(manuscript: Manuscript, start: int) -> str:
    """《…》 of a covering letter (关于印发《…》的通知, or 《…》已经同意，现印发)."""
    for begin, end in manuscript.paragraphs[: min(start or _LETTER_LINES, _LETTER_LINES)]:
        if mark_at(manuscript.read, begin, end) is not None:
            break
        stop = min(end, begin + 4 * _LONGEST_TITLE)
        match = _QUOTED_TITLE.search(manuscript.read, begin, stop)
        sent = match and ("印发" in manuscript.read[begin:stop] or "转发" in manuscript.read[begin:stop])
        if match and sent:
            return manuscript.written(*match.span(1))
    return ""


def _plan_start(manuscript: Manuscript) -> int:
    """Number of the paragraph after the 附件 mark that follows a covering letter; 0 when there is none."""
    read, paragraphs = manuscript.read, manuscript.paragraphs
    letter = any(_LETTER.search(read, *paragraph) for paragraph in paragraphs[:_LETTER_LINES])
    marked = 0
    for index, (begin, end) in enumerate(paragraphs[:-1]):
        marked += mark_at(read, begin, end) is not None
        if marked and not letter:
            return 0
        if index and end - begin <= _ANNEX_MARK and _ANNEX.fullmatch(read, begin, end):
            behind = any(mark_at(read, *paragraph) is not None for paragraph in paragraphs[index + 1 :])
            if behind or len(paragraphs) - index > _FEWEST_LINES or manuscript.cells:
                return index + 1
    return 0


def _title(manuscript: Manuscript, start: int) -> tuple[Span | None, int]:
    """The title's place and the number of the paragraph behind it, from paragraph `start` on.

    A title is one line (or up to three short ones, the first an organisation or 关于…) that ends in a title word
    and has no full stop, before the first numbered paragraph.
    """
    read, paragraphs = manuscript.read, manuscript.paragraphs
    for index in range(start, min(len(paragraphs), start + _FRONT_LINES)):
        begin, end = paragraphs[index]
        if mark_at(read, begin, end) is not None:
            break
        line = read[begin : min(end, begin + _LONGEST_TITLE + 1)].strip()
        fits = _SHORTEST_TITLE <= len(line) <= _LONGEST_TITLE and not _NO_TITLE.search(line)
        if not fits or not _TITLE_END.search(line):
            continue
        first = begin
        for before in range(index - 1, max(start - 1, index - 3), -1):
            if not _opens_title(read[paragraphs[before][0] : paragraphs[before][1]]):
                break
            first = paragraphs[before][0]
        return (first, end), index + 1
    return None, start


def _opens_title(line: str) -> bool:
    """Whether a line above may be the first half of the title."""
    if len(line) >= _LONGEST_TITLE // 2 or _NO_TITLE.search(line) or _DOC_NUMBER.search(line):
        return False
    if _TITLE_END.search(line):
        return False
    return _ORG_LINE.fullmatch(line) is not None or "关于" in line or _first_year(line) is not None


def _plan_end(manuscript: Manuscript, start: int) -> int:
    """Number behind the last paragraph of the plan: the first back-matter line after the last numbered one."""
    read, paragraphs = manuscript.read, manuscript.paragraphs
    last_mark = start
    for index in range(start, len(paragraphs)):
        if mark_at(read, *paragraphs[index]) is not None:
            last_mark = index
    for index in range(last_mark + 1, len(paragraphs)):
        begin, end = paragraphs[index]
        if end - begin > _LONGEST_TITLE * 2:
            continue
        line = read[begin:end]
        signature = index + 1 < len(paragraphs) and _DATE_LINE.fullmatch(read, *paragraphs[index + 1])
        if _BACK.fullmatch(line) or _DATE_LINE.fullmatch(line) or (signature and _ORG_LINE.fullmatch(line)):
            return index
    return len(paragraphs)


def _issuer(manuscript: Manuscript, title: Span | None, last: int) -> str:
    """Who issues: the red head, the title's beginning, the signature, the printing line, a line of its own."""
    places = (
        *_in_head(manuscript, title),
        *_in_signature(manuscript),
        *_in_printing_line(manuscript, last),
        *_alone(manuscript),
    )
    return _organisations(manuscript, *places[0]) if places else ""


def _short(manuscript: Manuscript) -> list[Span]:
    return [place for place in manuscript.paragraphs if place[1] - place[0] < 2 * _LONGEST_TITLE]


def _in_head(manuscript: Manuscript, title: Span | None) -> Iterator[Span]:
    """某局文件; 某局关于印发…; 某局2020年工作要点."""
    read, short = manuscript.read, _short(manuscript)
    for place in short[:_HEAD_LINES]:
        if match := _RED_HEAD.fullmatch(read, *place):
            yield match.span(1)
    heads = [title] if title else []
    for index, place in enumerate(short[:_LETTER_LINES]):
        if _LETTER.search(read, *place):
            above = short[index - 1] if index and _ORG_LINE.fullmatch(read, *short[index - 1]) else place
            heads.append((above[0], place[1]))
    for place in heads:
        if match := _ISSUER_TITLE.match(read, *place):
            yield match.span(1)


def _in_signature(manuscript: Manuscript) -> Iterator[Span]:
    """An organisation above a date."""
    for place, below in pairwise(_short(manuscript)):
        if _DATE_LINE.fullmatch(manuscript.read, *below) and _ORG_LINE.fullmatch(manuscript.read, *place):
            yield place


def _in_printing_line(manuscript: Manuscript, last: int) -> Iterator[Span]:
    """某局办公室 2020年3月印发: the office only prints."""
    for begin, end in reversed(manuscript.paragraphs[max(0, last - 1) :]):
        if end - begin < 2 * _LONGEST_TITLE and (match := _PRINTED.search(manuscript.read, begin, end)):
            name = _MID_OFFICE.sub("", match[1])
            yield match.start(1), match.start(1) + len(name)


def _alone(manuscript: Manuscript) -> Iterator[Span]:
    """An organisation on a line of its own near the top."""
    for place in _short(manuscript)[:_HEAD_LINES]:
        if _ORG_LINE.fullmatch(manuscript.read, *place):
            yield place


def _organisations(manuscript: Manuscript, begin: int, end: int) -> str:
    """Several issuers are joined by 、."""
    return "、".join(re.split(r"[ 、]+", manuscript.written(begin, end)))


def _year(manuscript: Manuscript, title: Span | None, quoted: str, last: int) -> int | None:
    """First year in the title, else in the document number, else the date of issue, else the commonest one."""
    read, paragraphs = manuscript.read, manuscript.paragraphs
    head = (read[title[0] : title[1]] if title else "") + quoted
    if (year := _first_year(head)) is not None:
        return year
    if match := _DOC_NUMBER.search(read[:_FRONT_CHARS].replace("\n", "")):
        return int(match[1])
    dated = [place for place in paragraphs[:_FRONT_LINES] if _DATE_LINE.fullmatch(read, *place)]
    for begin, end in [*paragraphs[last:], *dated]:
        if (year := _first_year(read[begin : min(end, begin + 200)])) is not None:
            return year
    years = Counter(match[1] for match in _YEAR.finditer(read))
    return int(years.most_common(1)[0][0]) if years else None


def _first_year(text: str) -> int | None:
    match, han = _YEAR.search(text), _HAN_YEAR.search(text)
    if match and (han is None or match.start() < han.start()):
        return int(match[1])
    return int("20" + _HAN_DIGIT[han[1]] + _HAN_DIGIT[han[2]]) if han else None
