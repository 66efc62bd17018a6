# SPDX-License-Identifier: Apache-2.0
"""What is not kept as a file: programs, archives, swollen and booby-trapped packages, what a scanner stops."""

from __future__ import annotations

import gzip
import io
import os
import socket
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from kechuang.commons.documents.actions import store_document
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.refusing import check_content
from kechuang.commons.documents.scanning import clamd, scanners
from kechuang.commons.documents.storage import LEAVING, content, forget, keep
from kechuang.commons.documents.tasks import clear_up
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

VIRUS = b"a text that the tests call a virus"
TYPES = "[Content_Types].xml"


def package(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"))
    return file.getvalue()


def swollen() -> bytes:
    return package(**{TYPES: b"x", "word/document.xml": b"0" * (301 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("工具.pdf", b"MZ\x90\x00program"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /"),
        ("说明.bat", b"del *"),
        ("名单.JS ", b"alert(1)"),
        ("资料.zip", package(a=b"1")),
        ("资料.docx", package(a=b"1")),
        ("空.docx", package()),
        ("资料.rar", b"Rar!\x1a\x07\x00"),
        ("资料.7z", b"7z\xbc\xaf\x27\x1c"),
        ("资料.gz", gzip.compress(b"1")),
        ("资料.tar", tarred()),
        ("穿越.docx", package(**{TYPES: b"x", "../../etc/cron.d/x": b"1"})),
        ("绝对.docx", package(**{TYPES: b"x", "/etc/passwd": b"1"})),
        ("反斜.docx", package(**{TYPES: b"x", "word\\..\\..\\x": b"1"})),
        ("多件.docx", package(**{TYPES: b"x"}, **{f"word/{n}": b"" for n in range(10_001)})),
        ("宏.xlsx", package(**{TYPES: b"x", "xl/vbaProject.bin": b"1"})),
        ("坏.docx", b"PK\x03\x04broken"),
        ("证书.pdf", b"<html><script>alert(1)</script></html>"),
        ("照片.JPG", b"GIF89a"),
        ("炸弹.docx", package(**{TYPES: b"x", "word/document.xml": b"0" * (60 * 1024 * 1024)})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_to_be_kept_is_refused_with_a_remedy(name: str, data: bytes) -> None:
    with pytest.raises(Problem) as told:
        check_content(name, data)
    assert told.value.field == "file"
    assert told.value.remedy


def test_a_package_that_unpacks_without_end_is_refused_unread() -> None:
    data = swollen()
    began = time.perf_counter()
    with pytest.raises(Problem):
        check_content("炸弹.docx", data)
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a.ofd", "a.png", "a.xls"])
def test_documents_and_pictures_pass(name: str) -> None:
    file = io.BytesIO()
    docx.Document().save(file)
    data = {
        "a.docx": file.getvalue(),
        "a.pdf": b"%PDF-1.7",
        "a.txt": "会议纪要".encode(),
        "a.ofd": package(**{"OFD.xml": b"<x/>"}),
        "a.png": b"\x89PNG\r\n",
        "a.xls": b"\xd0\xcf\x11\xe0",
    }[name]
    check_content(name, data)


class Clamd(threading.Thread):
    """Speaks INSTREAM: finds what the tests call a virus; ``broken``: hangs up."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__(daemon=True)
        self.broken, self.seen = broken, list[bytes]()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.server.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                line, _peer = self.server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                if self.broken:
                    continue
                assert told.read(10) == b"zINSTREAM\0"
                data = b""
                while size := int.from_bytes(told.read(4), "big"):
                    data += told.read(size)
                self.seen.append(data)
                line.sendall(b"stream: Test.Virus FOUND\0" if VIRUS in data else b"stream: OK\0")


@pytest.fixture
def scanner(request: Any) -> Iterator[Clamd]:
    started = Clamd(broken=getattr(request, "param", False))
    started.start()
    scanners.fill("test", clamd(started.address))
    yield started
    scanners._filled.pop("test")
    started.server.close()


@pytest.mark.django_db
def test_a_scanner_is_asked_about_the_whole_content_before_it_is_kept(
    scanner: Clamd, person: Callable[..., Actor], tmp_path: Path
) -> None:
    clean = "干净的文件".encode() * 20_000
    document = store_document(None, person("甲"), name="好.txt", data=clean)
    assert scanner.seen == [clean]
    with pytest.raises(Problem) as told:
        store_document(None, person("乙"), name="坏.txt", data=VIRUS)
    assert "Test.Virus" in told.value.what
    assert list(Document.objects.all()) == [document]
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("scanner", [True], indirect=True)
def test_nothing_is_kept_while_the_scanner_does_not_answer(
    scanner: Clamd, person: Callable[..., Actor]
) -> None:
    with pytest.raises(Problem) as told:
        store_document(None, person("甲"), name="好.txt", data=b"ok")
    scanner.server.close()
    with pytest.raises(Problem):
        store_document(None, person("乙"), name="好.txt", data=b"ok")
    assert told.value.remedy
    assert Document.objects.count() == 0


@pytest.mark.parametrize("address", ["", "http://x", "tcp://host", "unix:"])
def test_an_address_that_is_no_scanner_is_told_at_start(address: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        clamd(address)


def aged(digest: str, tmp_path: Path) -> Path:
    """The place of kept content, as old as what is cleared up."""
    place = next(tmp_path.rglob(digest))
    os.utime(place, (time.time() - 90_000,) * 2)
    return place


@pytest.mark.django_db
def test_content_that_no_file_names_is_cleared_up_after_a_day(
    person: Callable[..., Actor], tmp_path: Path
) -> None:
    kept = store_document(None, person("甲"), name="好.txt", data=b"named")
    orphan, fresh = keep(b"of an act undone"), keep(b"of an act under way")
    half = tmp_path / orphan[:2] / f"{orphan}.77.part"
    half.write_bytes(b"half")
    for digest in (kept.sha256, orphan):
        aged(digest, tmp_path)
    os.utime(half, (0, 0))
    assert clear_up() == 2
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == sorted([kept.sha256, fresh])
    assert clear_up() == 0


@pytest.mark.django_db
def test_content_kept_again_while_it_is_thrown_away_stays(
    person: Callable[..., Actor], tmp_path: Path
) -> None:
    moment = time.time() - 1000
    digest = keep(b"twice")
    place = aged(digest, tmp_path)
    keep(b"twice")
    assert not forget(place, moment)
    assert content(digest) == b"twice"
    aged(digest, tmp_path).replace(place.with_suffix(LEAVING))  # a sweep killed half-way
    Document.objects.create(name="a", sha256=digest, size=5, media_type="x", uploaded_at="2019-10-15T00:00Z")
    assert clear_up() == 0
    assert content(digest) == b"twice"
    del person
