# SPDX-License-Identifier: Apache-2.0
"""What is not kept as a file (拒收): programs, archives, packages with hostile names, macros or endless content."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem

MOST_UNPACKED, MOST_PARTS = 300 * 1024 * 1024, 10_000
SWOLLEN, MOST_SWOLLEN = (
    50 * 1024 * 1024,
    100,
)  # beyond so much no document unpacks to a hundred times its size
_MACH = tuple(bytes.fromhex(mark) for mark in ("cafebabe", "cffaedfe", "cefaedfe", "feedface", "feedfacf"))
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"dex\n", *_MACH)
_ENDINGS = (
    ".apk", ".bat", ".chm", ".cmd", ".com", ".cpl", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi",
    ".ps1", ".reg", ".scr", ".sh", ".vb", ".vbe", ".vbs", ".wsf",
)  # fmt: skip
_PACKED = tuple(bytes.fromhex(mark) for mark in ("1f8b", "fd377a585a00", "28b52ffd"))
_ARCHIVES = (b"Rar!", b"BZh", b"MSCF", b"LZIP", b"7z\xbc\xaf", *_PACKED)
_ZIP, _TAR, _TAR_AT = b"PK\x03\x04", b"ustar", 257
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml"})  # Office, OpenDocument, OFD
_MACROS = "vbaProject.bin"
_PROMISED = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_BEGINNING = 1024  # a PDF may have something before its mark


def check_content(name: str, data: bytes) -> None:
    """Raises Problem for a file that is not to be kept, by its content first and by its ending."""
    if data.startswith(_PROGRAMS) or name.lower().rstrip(" .").endswith(_ENDINGS):
        raise _refused(
            _("文件“%(name)s”是程序或脚本，不能上传。") % {"name": name}, _("请上传文档、表格或图片。")
        )
    if data.startswith(_ARCHIVES) or data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        raise _archive(name)
    if data.startswith((_ZIP, b"PK\x05\x06")):
        _check_package(name, data)
    for ending, mark in _PROMISED.items():
        if name.lower().endswith(ending) and mark not in data[:_BEGINNING]:
            words = {"name": name, "ending": ending[1:].upper()}
            raise _refused(
                _("文件“%(name)s”的内容不是 %(ending)s。") % words, _("请用原来的程序打开，另存后再上传。")
            )


def _check_package(name: str, data: bytes) -> None:
    """An office document is a ZIP too: its parts are named as such and unpack to an end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _refused(_("文件“%(name)s”已损坏。") % {"name": name}, _("请重新另存后再上传。")) from None
    names = {part.filename for part in parts}
    if not names & _DOCUMENTS:
        raise _archive(name)
    paths = [one.replace("\\", "/").split("/") for one in names]
    hostile = any(".." in path or not path[0] for path in paths)
    unpacked = sum(part.file_size for part in parts)
    swollen = unpacked > MOST_UNPACKED or (unpacked > SWOLLEN and unpacked > MOST_SWOLLEN * len(data))
    if hostile or swollen or len(parts) > MOST_PARTS:
        raise _refused(
            _("文件“%(name)s”内部结构异常，可能被做过手脚。") % {"name": name},
            _("请用 Office 或 WPS 另存后再上传。"),
        )
    if any(one.rsplit("/", 1)[-1] == _MACROS for one in names):
        raise _refused(
            _("文件“%(name)s”带有宏。") % {"name": name}, _("请另存为不含宏的 .docx 或 .xlsx 再上传。")
        )


def _archive(name: str) -> Problem:
    return _refused(_("文件“%(name)s”是压缩包，不能上传。") % {"name": name}, _("请解压后逐个上传。"))


def _refused(what: str, remedy: str) -> Problem:
    return Problem(what, remedy=remedy, field="file")
