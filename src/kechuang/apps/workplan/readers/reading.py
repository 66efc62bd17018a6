# SPDX-License-Identifier: Apache-2.0
"""From bytes to text: the kind of a file by its first bytes, then its reader."""

from __future__ import annotations

import logging
import re
from typing import Final

from django.utils.translation import gettext as _

from kechuang.apps.workplan.readers.packages import office_problem
from kechuang.apps.workplan.readers.pdf import read_pdf
from kechuang.apps.workplan.readers.plain import read_plain
from kechuang.apps.workplan.readers.source import SourceText
from kechuang.apps.workplan.readers.word import read_word
from kechuang.commons.kernel.problems import Problem

log = logging.getLogger(__name__)
MOST_BYTES: Final = 20 * 1024 * 1024
_OLE, _ZIP, _PDF, _RTF = b"\xd0\xcf\x11\xe0", b"PK", b"%PDF-", b"{\\rtf"
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PAGE: Final = re.compile(rb"\s*<(!doctype\s+html|html|\?xml)", re.IGNORECASE)


def check_size(name: str, size: int) -> None:
    """Refuse a file by its length alone, before anything of it is read. Raises Problem."""
    if size == 0:
        raise Problem(
            _("文件“%(name)s”是空的。") % {"name": name}, remedy=_("请检查后重新上传。"), field="file"
        )
    if size > MOST_BYTES:
        raise Problem(
            _("文件“%(name)s”有 %(size)s MB，超过 %(most)s MB 的上限。")
            % {"name": name, "size": -(-size // 1024 // 1024), "most": MOST_BYTES // 1024 // 1024},
            remedy=_("工作要点的正文不会这么大，请去掉图片或只上传正文。"),
            field="file",
        )


def read_source(name: str, data: bytes) -> SourceText:
    """The text and tables of a file. Raises Problem with the reason and the remedy for every file it cannot read."""
    check_size(name, len(data))
    source = _read(data)
    if not source.text.strip():
        raise Problem(
            _("文件“%(name)s”里没有文字。") % {"name": name}, remedy=_("请检查后重新上传。"), field="file"
        )
    return source


def _read(data: bytes) -> SourceText:
    head = data[:1024]
    if head.startswith(_ZIP):
        return read_word(data)
    if _PDF in head:
        return read_pdf(data)
    if head.startswith(_OLE):
        raise office_problem(data)
    if head.startswith(_RTF):
        raise Problem(_("这是 RTF 文件。"), remedy=_("请用 Word 或 WPS 另存为 .docx 后上传。"), field="file")
    if head.startswith(_PICTURES):
        raise Problem(
            _("这是图片，读不出文字。"), remedy=_("请上传文字版，或识别成文字后粘贴到下方。"), field="file"
        )
    if _PAGE.match(head):
        raise Problem(
            _("这是网页文件。"), remedy=_("请在浏览器中打开，把正文复制后粘贴到下方。"), field="file"
        )
    return SourceText(read_plain(data))
