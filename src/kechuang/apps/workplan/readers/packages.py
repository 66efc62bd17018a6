# SPDX-License-Identifier: Apache-2.0
"""Opening a .docx with care: locked, damaged, swollen and booby-trapped packages are told apart."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem

MOST_UNPACKED: Final = 100 * 1024 * 1024
MOST_PARTS: Final = 5000
_DOCUMENT: Final = "word/document.xml"
_LOCKED: Final = 0x1
_ENTITIES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_PARTS: Final = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_OTHERS: Final = (("xl/", "xls"), ("ppt/", "ppt"))


def checked_package(data: bytes) -> io.BytesIO:
    """The package, safe to open with a library. Raises Problem."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        ValueError,
        OSError,
    ):
        raise damaged() from None
    return io.BytesIO(data)


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if _DOCUMENT not in names:
        kind = next(
            (kind for folder, kind in _OTHERS if any(name.startswith(folder) for name in names)), "zip"
        )
        raise _other(kind)
    if any(part.flag_bits & _LOCKED for part in parts):
        raise _other("locked")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Problem(
            _("这个 .docx 展开后超过 %(most)s MB，可能已损坏或被做过手脚。")
            % {"most": MOST_UNPACKED // 1024 // 1024},
            remedy=_("请用 Word 或 WPS 打开，去掉图片后另存，再上传。"),
            field="file",
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and any(
            sign in package.read(part) for sign in _ENTITIES
        ):
            raise Problem(
                _("这个 .docx 引用了外部内容，为安全起见不予读取。"),
                remedy=_("请用 Word 或 WPS 打开后另存为新的 .docx，再上传。"),
                field="file",
            )


def damaged() -> Problem:
    """The package cannot be opened."""
    return Problem(
        _("这个 .docx 已损坏，打不开。"), remedy=_("请用 Word 或 WPS 打开并另存后重新上传。"), field="file"
    )


def office_problem(data: bytes) -> Problem:
    """Why a file of the old Office container cannot be read."""
    return _other(next((kind for name, kind in _PARTS if name.encode("utf-16-le") in data), "ole"))


def _other(kind: str) -> Problem:
    words = {
        "locked": (_("文件设有打开密码。"), _("请取消密码（另存时清空“打开密码”）后重新上传。")),
        "doc": (_("这是旧版 Word 文件（.doc）。"), _("请用 Word 或 WPS 另存为 .docx 后上传。")),
        "xls": (_("这是表格文件（Excel）。"), _("请把表格复制到 Word 中另存为 .docx，或复制后粘贴到下方。")),
        "ppt": (_("这是演示文稿。"), _("请把正文复制后粘贴到下方。")),
        "zip": (_("这是压缩包，不是 Word 文件。"), _("请解压后上传其中的文件。")),
        "ole": (_("这是旧版 Office 文件，不能读取。"), _("请用 Word 或 WPS 另存为 .docx 后上传。")),
    }
    what, remedy = words[kind]
    return Problem(what, remedy=remedy, field="file")
