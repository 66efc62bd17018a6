# SPDX-License-Identifier: Apache-2.0
"""Names of files that no disk, header or page trips over."""

from __future__ import annotations

import unicodedata


def safe_name(name: str) -> str:
    """A file name without folders, control marks or a length that breaks disks."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(mark for mark in plain if unicodedata.category(mark)[0] != "C").strip(". ")
    return plain[-150:] or "file"
