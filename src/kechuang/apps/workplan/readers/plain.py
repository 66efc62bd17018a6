# SPDX-License-Identifier: Apache-2.0
"""Plain text in the encodings that Chinese offices use: UTF-8, UTF-16, GB18030, decoded strictly."""

from __future__ import annotations

import codecs
from typing import Final

from django.utils.translation import gettext as _

from kechuang.apps.workplan.readers.source import storable
from kechuang.commons.kernel.problems import Problem

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
_FEWEST_LEVEL_ONE: Final = 0.5
_LEVEL_ONE: Final = range(0xB0, 0xD8)
"""First bytes of the 3,755 commonest characters in GB 2312: a text in another encoding rarely falls on them."""


def read_plain(data: bytes) -> str:
    """The text. Raises Problem where the bytes are none, or are in an encoding nobody can be sure of."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            text = _decoded(data, encoding)
            if text is None:
                raise _unreadable()
            return storable(text)
    for encoding in ("utf-8", *_unmarked(data), "gb18030"):
        text = _decoded(data, encoding)
        if text is not None and (encoding == "utf-8" or _is_chinese(text)):
            if "\x00" in text or _strange(text):
                raise _binary()
            return storable(text)
    raise _binary() if b"\x00" in data else _unreadable()


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by line ends of two bytes."""
    if len(data) % 2:
        return ()
    little, big = data.count(b"\n\x00"), data.count(b"\x00\n")
    if not little and not big:
        return ()
    return ("utf-16-le", "utf-16-be") if little >= big else ("utf-16-be", "utf-16-le")


def _is_chinese(text: str) -> bool:
    """Whether most of the Chinese characters are common ones."""
    wide = [sign for sign in text[:_SAMPLE] if "\u4e00" <= sign <= "\u9fff"]
    common = sum(_is_common(sign) for sign in wide)
    return bool(wide) and common >= _FEWEST_LEVEL_ONE * len(wide) and not _strange(text)


def _is_common(sign: str) -> bool:
    try:
        return sign.encode("gb2312")[0] in _LEVEL_ONE
    except UnicodeEncodeError:
        return False


def _strange(text: str) -> bool:
    """Whether it holds control or private signs as no written text does."""
    sample = text[:_SAMPLE]
    odd = sum(
        (sign < " " and sign not in "\t\n\r\f\v") or "\ue000" <= sign <= "\uf8ff" or "\x7f" <= sign < "\xa0"
        for sign in sample
    )
    return odd * 200 > len(sample)


def _binary() -> Problem:
    return Problem(
        _("这不是文本文件，读不出文字。"),
        remedy=_("请上传 .txt、.docx 或带文字的 .pdf，或把正文复制后粘贴到下方。"),
        field="file",
    )


def _unreadable() -> Problem:
    return Problem(
        _("文本的编码无法识别：既不是 UTF-8、UTF-16，也不是 GB18030（GBK）。"),
        remedy=_("请用记事本或 WPS 另存为 UTF-8 编码后重新上传。"),
        field="file",
    )
