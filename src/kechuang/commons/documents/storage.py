# SPDX-License-Identifier: Apache-2.0
"""Files kept once under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem


def _place(digest: str) -> Path:
    default = cast("dict[str, Any]", settings.STORAGES["default"])
    root = Path(default["OPTIONS"]["location"])
    return root / digest[:2] / digest


def keep(data: bytes) -> str:
    """Store the content and return its digest; complete or not at all, and only once."""
    digest = hashlib.sha256(data).hexdigest()
    place = _place(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    return digest


def content(digest: str) -> bytes:
    """The content under a digest; raises Problem where it is lost or damaged."""
    place = _place(digest)
    data = place.read_bytes() if place.exists() else b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise Problem(_("文件内容缺失或已损坏。"), remedy=_("请联系系统管理员从备份恢复。"))
    return data
