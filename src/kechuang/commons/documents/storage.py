# SPDX-License-Identifier: Apache-2.0
"""Files kept once under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem

LEAVING = ".leaving"


def _root() -> Path:
    default = cast("dict[str, Any]", settings.STORAGES["default"])
    return Path(default["OPTIONS"]["location"])


def _place(digest: str) -> Path:
    return _root() / digest[:2] / digest


def kept_before(moment: float) -> Iterator[Path]:
    """What lies on disk since before a moment (seconds since 1970), half-written content too."""
    for place in _root().glob("??/*"):
        with suppress(FileNotFoundError):
            if place.stat().st_mtime < moment:
                yield place


def forget(place: Path, moment: float) -> bool:
    """Throw content away unless somebody kept it again since ``moment``, even while it is being thrown away."""
    leaving = place.with_suffix(LEAVING)
    with suppress(FileNotFoundError):
        place.replace(leaving)
        if leaving.stat().st_mtime < moment:
            leaving.unlink()
            return True
        leaving.replace(place)
    return False


def drop(digest: str, moment: float) -> bool:
    """Throw the content under a digest away, as ``forget`` does."""
    return forget(_place(digest), moment)


def keep(data: bytes) -> str:
    """Store the content and return its digest; complete or not at all, and only once."""
    digest = hashlib.sha256(data).hexdigest()
    place = _place(digest)
    try:
        os.utime(place)  # kept anew: not to be cleared up meanwhile
    except FileNotFoundError:
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
