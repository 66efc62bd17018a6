# SPDX-License-Identifier: Apache-2.0
"""A paper as Word (.docx) in the layout of GB/T 9704.

Each slot is a content control whose tag is ``kc:`` and the slot's code: the value stays known while the text around
it is retouched. What stands around the text has a style of its own, so that it is not compared. Each customary font
has a free one named beside it for machines that lack it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from kechuang.commons.papers.fonts import BODY, HEAD, TITLE, name_free_fonts
from kechuang.commons.papers.frames import add_check, add_mark, add_page_numbers, add_signature
from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.lines import BOTH, CENTER, FRAME, SIZE, line, table
from kechuang.commons.papers.markup import Block, Heading, Table


def as_word(head: Letterhead, blocks: Sequence[Block]) -> bytes:
    """The file. Margins, type sizes and line distance as GB/T 9704-2012 has them (22 lines a page, 28 signs a line)."""
    word, size = docx.Document(), Length(int(SIZE * head.scale))
    _page(word, head)
    if head.number:
        add_mark(word, head)
    line(word, (head.title,), TITLE, size=Pt(22 * max(head.scale, 0.75)), align=CENTER)
    line(word, (), BODY, size=size, frame=True)
    for block in blocks:
        if isinstance(block, Table):
            table(word, block, head.scale)
        else:
            level = block.level if isinstance(block, Heading) else 0
            made = line(word, block.runs, HEAD if level == 1 else BODY, size=size, bold=level > 1, align=BOTH)
            made.paragraph_format.first_line_indent = size * 2
            made.paragraph_format.keep_with_next = bool(level)
    add_signature(word, head)
    if head.check_address:
        add_check(word, head)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _page(word: Docx, head: Letterhead) -> None:
    """The margins keep their sides of the text when the sheet is turned."""
    section = word.sections[0]
    size, margins = (Cm(21.0), Cm(29.7)), (Cm(3.7), Cm(2.6), Cm(3.5), Cm(2.8))
    if head.wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        size, margins = (size[1], size[0]), (margins[3], *margins[:3])
    section.page_width, section.page_height = size
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = BODY, Length(int(SIZE * head.scale))
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    narrower = OxmlElement("w:spacing")  # 28 signs of 16 points are a little wider than 156 mm
    narrower.set(qn("w:val"), "-5")
    style.element.rPr.find(qn("w:sz")).addprevious(narrower)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    word.styles.add_style(FRAME, WD_STYLE_TYPE.PARAGRAPH).base_style = style
    name_free_fonts(word)
    add_page_numbers(word)
    about = word.core_properties
    about.title, about.author, about.last_modified_by, about.comments = (
        head.title,
        head.issuer,
        head.issuer,
        "",
    )
