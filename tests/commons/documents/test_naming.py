# SPDX-License-Identifier: Apache-2.0
"""Names of files as hostile people send them, and types by the first bytes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.documents.naming import safe_name
from kechuang.commons.documents.sniffing import media_type_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("工作总结.docx", "工作总结.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\名单.xlsx", "名单.xlsx"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("...", "file"),
        ("", "file"),
        ("  名单 .csv  ", "名单 .csv"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_breaks_disks_and_headers(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text())
def test_no_name_leaves_its_folder_or_its_line(name: str) -> None:
    kept = safe_name(name)
    assert kept
    assert len(kept) <= 150
    assert not set(kept) & {"/", "\\"}
    assert kept.strip(". ") == kept
    assert all(unicodedata.category(mark)[0] != "C" for mark in kept)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.html", b"%PDF-1.7 <script>", "application/pdf"),
        ("a.pdf", b"<html><script>alert(1)</script>", "text/plain"),
        ("a.png", b"\x89PNG\r\n", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "application/x-ole-storage"),
        ("a.xlsx", b"PK\x03\x04 xl/workbook.xml", XLSX),
        ("a.docx", b"PK\x03\x04 word/document.xml", DOCX),
        ("a.docx", b"PK\x03\x04 xl/workbook.xml", "application/zip"),
        ("a.txt", b"MZ\x90\x00\x03", "application/octet-stream"),
        ("a.svg", b"<svg onload='x'>", "text/plain"),
    ],
)
def test_the_first_bytes_say_what_a_file_is_not_its_name(name: str, data: bytes, media_type: str) -> None:
    assert media_type_of(name, data) == media_type
