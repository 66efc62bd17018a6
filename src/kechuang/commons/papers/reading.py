# SPDX-License-Identifier: Apache-2.0
"""What a returned Word says (定稿回传): its lines without the frame, and the texts of our content controls."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.lines import FRAME, TAG

MOST_BYTES, MOST_UNPACKED, MOST_SIGNS = 20 * 1024 * 1024, 200 * 1024 * 1024, 300_000


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
    frames = {style.style_id for style in word.styles if style.name == FRAME}
    text = "\n".join(_lines(word.element.body, frames))
    if len(text) > MOST_SIGNS:
        raise Problem(
            _("文件有 %(count)s 字，超过 %(most)s 字。") % {"count": len(text), "most": MOST_SIGNS},
            remedy=_("请确认上传的是这份文书的定稿。"),
            field="file",
        )
    return Returned(text, dict(controls))


def _lines(body: Any, frames: set[str]) -> Iterator[str]:
    """The paragraphs but those of the frame around the text: number, signature, address of the check page."""
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None or style.get(qn("w:val")) not in frames:
            yield _text_of(paragraph)


def _text_of(element: Any) -> str:
    """The text below an element; what was deleted under tracked changes does not count."""
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))
