# SPDX-License-Identifier: Apache-2.0
"""PDF that holds text; a scanned one has none and is told so."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import Final

from django.utils.translation import gettext as _
from pypdf import PasswordType, PdfReader

from kechuang.apps.workplan.readers.source import SourceText, storable
from kechuang.commons.kernel.problems import Problem

log = logging.getLogger(__name__)
MOST_PAGES: Final = 500
_FEWEST_A_PAGE: Final = 5
_RADICALS: Final = re.compile("[\u2e80-\u2fdf]")
"""Some makers of PDF write radicals (⼀) where characters (一) are meant."""


def read_pdf(data: bytes) -> SourceText:
    """The text, page by page. Raises Problem where it is locked, damaged, too long, or a picture of a text."""
    try:
        pages = _pages(data)
    except Problem:
        raise
    except Exception as problem:  # noqa: BLE001 -- a damaged file fails in any way at all
        log.info("unreadable pdf: %s", type(problem).__name__)
        raise Problem(
            _("这个 PDF 已损坏，打不开。"), remedy=_("请重新导出 PDF，或上传 .docx。"), field="file"
        ) from None
    text = _RADICALS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), "\n".join(pages))
    if len("".join(text.split())) < _FEWEST_A_PAGE * len(pages):
        raise Problem(
            _("这个 PDF 里没有文字，是扫描件或图片。"),
            remedy=_("请上传文字版，或用识别软件转成文字后粘贴到下方。"),
            field="file",
        )
    return SourceText(storable(text))


def _pages(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise Problem(_("这个 PDF 设有打开密码。"), remedy=_("请取消密码后重新导出，再上传。"), field="file")
    if len(reader.pages) > MOST_PAGES:
        raise Problem(
            _("这个 PDF 有 %(pages)s 页，超过 %(most)s 页。")
            % {"pages": len(reader.pages), "most": MOST_PAGES},
            remedy=_("请只上传工作要点正文。"),
            field="file",
        )
    return [page.extract_text().strip("\n") for page in reader.pages]


def _opens_without_password(reader: PdfReader) -> bool:
    """A PDF locked against changes only opens with the empty password."""
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except Exception as problem:  # noqa: BLE001 -- a cipher that is not installed counts as locked
        log.info("locked pdf: %s", type(problem).__name__)
        return False
