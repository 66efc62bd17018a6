# SPDX-License-Identifier: Apache-2.0
"""A version as Word (.docx), laid out as official papers are (版式参照 GB/T 9704-2012); opens in Word and WPS.

Fonts named are free ones; an office program that lacks them takes its own. The words of a paper are its content, not
interface text: they are not translated, and the parser reads them back.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.queries.drafts import Branch, Draft
from kechuang.apps.workplan.queries.editions import spoken_text
from kechuang.commons.commitments.models import Responsibility

TITLE_FONT, HEAD_FONT, SUBHEAD_FONT, BODY_FONT = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai", "FandolFang",
)  # fmt: skip
_NUMERALS: Final = "一二三四五六七八九十"


def as_word(draft: Draft) -> bytes:
    """Title, number, headline targets, areas, tasks with their offices."""
    paper = _Paper(draft.version.plan.title)
    version = draft.version
    paper.title(version.plan.title)
    paper.centred("　".join(filter(None, (version.number, _state_words(version)))))
    parts = iter(_NUMERALS)
    headline = [item for item in draft.headline if item.state != Item.State.EXCLUDED]
    if headline:
        paper.head(f"{next(parts)}、主要指标")
        paper.body(f"{'；'.join(_target_words(item) for item in headline)}。")
    paper.head(f"{next(parts)}、主要任务")
    for place, grove in enumerate(draft.groves, 1):
        if grove.area is not None:
            paper.subhead(f"（{_counted(place)}）{grove.area.title}")
        for branch in grove.tasks:
            if branch.item.state != Item.State.EXCLUDED:
                _task(paper, branch)
    paper.right(version.plan.issuer)
    if version.issued_on:
        paper.right(_dated(version.issued_on))
    return paper.bytes()


def _state_words(version: PlanVersion) -> str:
    if version.state == PlanVersion.State.DRAFT:
        return f"（第 {version.no} 版，草稿，未签发）"
    return f"（第 {version.no} 版）" if version.no > 1 else ""


def _task(paper: _Paper, branch: Branch) -> None:
    item = branch.item
    number = f"{item.number}." if item.number.isdecimal() else f"{item.number}、" if item.number else ""
    text = spoken_text(item, branch.children).removeprefix(item.title).lstrip("。 ")
    lead = f"{number}{item.title}{'' if item.title.endswith('。') else '。'}"
    paper.body(text if not text or text.endswith(("。", "；", "！")) else f"{text}。", lead=lead)
    named = _office_words(item.offices.all())
    if item.due:
        named = "；".join(filter(None, (named, f"完成时限：{_dated(item.due)}")))
    if named:
        paper.body(f"（{named}）")


def _office_words(offices: Iterable[ItemOffice]) -> str:
    """牵头处室：甲处；配合处室：乙处、丙处."""
    roles = Responsibility.Role
    labels = {
        roles.LEAD: "牵头处室", roles.CO: "配合处室", roles.RESPONSIBLE: "责任处室", roles.GUIDE: "指导",
    }  # fmt: skip
    named = {role: [one.name for one in offices if one.role == role] for role in labels}
    return "；".join(f"{labels[role]}：{'、'.join(names)}" for role, names in named.items() if names)


def _target_words(item: Item) -> str:
    """As the document writes it, else put together from name, word and number."""
    if (item.text and item.text != item.title) or not hasattr(item, "target"):
        return item.text or item.title
    return f"{item.title}{item.target.written}"


def _dated(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _counted(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    left = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return left + (_NUMERALS[ones - 1] if ones else "")


class _Paper:
    """A4, margins 37/35/28/26 mm, 16 pt on 28 pt lines, two signs of indent, page number at the foot."""

    def __init__(self, title: str) -> None:
        self._file: Document = docx.Document()
        self._file.core_properties.title, self._file.core_properties.author = title, ""
        page = self._file.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = (
            Mm(37),
            Mm(35),
            Mm(28),
            Mm(26),
        )
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style: Any = self._file.styles[name]
            style.font.size, style.font.color.rgb = Pt(16), RGBColor(0, 0, 0)
            style.font.bold, style.font.italic = False, False
        _page_number(page.footer.paragraphs[0])

    def bytes(self) -> bytes:
        """The finished file."""
        file = io.BytesIO()
        self._file.save(file)
        return file.getvalue()

    def title(self, text: str) -> None:
        """The title: 22 pt, centred."""
        line = self._line("Title", indent=False)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing = Pt(36)
        _borderless(line)
        _run(line, text, TITLE_FONT, size=22, bold=True)

    def centred(self, text: str) -> None:
        """A line under the title; an empty one keeps the distance."""
        line = self._line("Normal", indent=False)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(line, text, SUBHEAD_FONT)

    def head(self, text: str) -> None:
        """A heading of the first level: 一、 and its text."""
        _run(self._line("Heading 1"), text, HEAD_FONT)

    def subhead(self, text: str) -> None:
        """A heading of the second level: （一） and its text."""
        _run(self._line("Heading 2"), text, SUBHEAD_FONT)

    def body(self, text: str, lead: str = "") -> None:
        """A paragraph; ``lead`` is its first sentence, set bold."""
        line = self._line("Normal")
        if lead:
            _run(line, lead, BODY_FONT, bold=True)
        _run(line, text, BODY_FONT)

    def right(self, text: str) -> None:
        """Issuer and date."""
        line = self._line("Normal", indent=False)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(line, text, BODY_FONT)

    def _line(self, style: str, *, indent: bool = True) -> Any:
        line = self._file.add_paragraph(style=style)
        shape = line.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
        if indent:
            shape.first_line_indent = Pt(32)
        return line


def _run(line: Any, text: str, font: str, *, size: int = 16, bold: bool = False) -> None:
    run = line.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _borderless(line: Any) -> None:
    """The built-in style Title draws a line under it."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    border.append(bottom)
    line._element.get_or_add_pPr().append(border)


def _page_number(line: Any) -> None:
    """— 1 — in the middle of the foot."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(line, "— ", BODY_FONT, size=14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._element.append(field)
    _run(line, " —", BODY_FONT, size=14)
