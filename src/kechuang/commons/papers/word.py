# SPDX-License-Identifier: Apache-2.0
"""A paper as Word (.docx) in the layout of GB/T 9704, and what a returned Word says.

Each slot is a content control whose tag is ``kc:`` and the slot's code: the value stays known while the text around
it is retouched. Fonts are named with free ones first in line for machines that lack the customary ones.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.markup import Block, Heading, Run, Slot, Table

TAG = "kc:"
BODY, HEAD, TITLE = "FangSong", "SimHei", "FZXiaoBiaoSong-B05S"
LINE, SIZE = Pt(28.95), Pt(16)
MOST_BYTES, MOST_UNPACKED = 20 * 1024 * 1024, 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the body: who issues it, the number, title, date, the address of the check page.

    ``wide``: the sheet lies on its side.
    """

    issuer: str
    title: str
    number: str = ""
    date: str = ""
    check_address: str = ""
    wide: bool = False


def as_word(head: Letterhead, blocks: Sequence[Block]) -> bytes:
    """The file. Margins, type sizes and line distance as GB/T 9704-2012 has them (22 lines a page, 28 signs a line)."""
    word = docx.Document()
    _page(word, wide=head.wide)
    if head.number:
        _line(word, (head.number,), BODY, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(word, (head.title,), TITLE, size=Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(word, (), BODY)
    for block in blocks:
        if isinstance(block, Table):
            _table(word, block)
        else:
            font = HEAD if isinstance(block, Heading) and block.level == 1 else BODY
            _line(word, block.runs, font, bold=isinstance(block, Heading) and block.level > 1, indent=True)
    _line(word, (), BODY)
    for text in (head.issuer, head.date):
        if text:
            _line(word, (text,), BODY, align=WD_ALIGN_PARAGRAPH.RIGHT)
    if head.check_address:
        note = _("核验地址：%(address)s") % {"address": head.check_address}
        _line(word, (note,), BODY, size=Pt(9))
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _page(word: Docx, *, wide: bool) -> None:
    """The margins keep their sides of the text when the sheet is turned."""
    section = word.sections[0]
    size, margins = (Cm(21.0), Cm(29.7)), (Cm(3.7), Cm(2.6), Cm(3.5), Cm(2.8))
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        size, margins = (size[1], size[0]), (margins[3], *margins[:3])
    section.page_width, section.page_height = size
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = BODY, SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _line(
    word: Docx,
    runs: Sequence[Run],
    font: str,
    *,
    size: Any = SIZE,
    align: Any = None,
    bold: bool = False,
    indent: bool = False,
) -> None:
    paragraph = word.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after, shape.alignment = LINE, Pt(0), align
    if indent:
        shape.first_line_indent = size * 2
    _fill(paragraph, runs, font, size, bold=bold)


def _fill(paragraph: DocxParagraph, runs: Sequence[Run], font: str, size: Any, *, bold: bool = False) -> None:
    for run in runs:
        made = paragraph.add_run(run if isinstance(run, str) else run.text)
        made.font.name, made.font.size, made.font.bold = font, size, bold
        made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if isinstance(run, Slot):
            _control(made._element, run.code)


def _control(element: Any, code: str) -> None:
    """Put a run into a content control of its own."""
    control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    for name in ("w:alias", "w:tag"):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), f"{TAG}{code}")
        properties.append(mark)
    properties.append(OxmlElement("w:text"))
    element.addprevious(control)
    content.append(element)
    control.extend((properties, content))


def _table(word: Docx, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.labels))
    table.style = "Table Grid"
    for cell, label in zip(table.rows[0].cells, block.labels, strict=True):
        _fill(cell.paragraphs[0], (label,), HEAD, Pt(12))
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in block.rows:
        for cell, runs in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], runs, BODY, Pt(12))


@dataclass(frozen=True, slots=True)
class Returned:
    """What a Word says: its text line by line, and the texts of our content controls by slot code, in order."""

    text: str
    controls: dict[str, list[str]]


def read_word(data: bytes) -> Returned:
    """Read a returned .docx. Raises Problem where it is none, is locked, or would unpack without end."""
    if len(data) > MOST_BYTES:
        raise Problem(_("文件超过 20 MB。"), remedy=_("请压缩图片后再上传。"), field="file")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(
            _("这是旧版 .doc 文件，或设有打开密码。"),
            remedy=_("请另存为不设密码的 .docx 再上传。"),
            field="file",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(info.file_size for info in package.infolist()) > MOST_UNPACKED:
                raise Problem(_("文件展开后过大。"), remedy=_("请重新另存为 .docx 再上传。"), field="file")
        word = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise Problem(
            _("这不是能读取的 Word 文件。"), remedy=_("请用 Word 或 WPS 另存为 .docx 再上传。"), field="file"
        ) from None
    controls: dict[str, list[str]] = defaultdict(list)
    for control in word.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        code = tag.get(qn("w:val"), "") if tag is not None else ""
        if code.startswith(TAG):
            controls[code.removeprefix(TAG)].append(_text_of(control))
    return Returned("\n".join(_lines(word.element.body)), dict(controls))


def _lines(body: Any) -> Iterator[str]:
    for paragraph in body.iter(qn("w:p")):
        yield _text_of(paragraph)


def _text_of(element: Any) -> str:
    """The text below an element; what was deleted under tracked changes does not count."""
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))
