# SPDX-License-Identifier: Apache-2.0
"""The type of a file from its first bytes, not from its name."""

from __future__ import annotations

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def media_type_of(name: str, data: bytes) -> str:
    """The media type; a ZIP counts as Word or Excel only where it holds their parts."""
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data.startswith(b"PK\x03\x04"):
        for ending, part in ((".docx", b"word/"), (".xlsx", b"xl/")):
            if name.lower().endswith(ending) and part in data:
                return _OFFICE[ending]
        return "application/zip"
    if b"\x00" not in data[:4096]:
        return "text/plain"
    return "application/octet-stream"
