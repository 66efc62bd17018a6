# SPDX-License-Identifier: Apache-2.0
"""Whether a virus scanner lets a file pass (查毒): a port, filled with clamd where ``settings.SCANNER`` names one.

What cannot be asked is not passed: without an answer nothing is kept.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.problems import Problem

Scanner = Callable[[bytes], str]  # the name of what was found, "" where nothing was; raises OSError
scanners: Port[Scanner] = Port("documents.scanners")
CHUNK, PATIENCE, LONGEST_ANSWER = 1 << 16, 30.0, 4096


def check_for_viruses(name: str, data: bytes) -> None:
    """Ask every scanner of the site. Raises Problem where one finds something or cannot be asked."""
    for scan in scanners.all():
        try:
            found = scan(data)
        except OSError:
            raise Problem(
                _("暂时无法查毒，文件“%(name)s”没有保存。") % {"name": name},
                remedy=_("请稍后重试；如一直不行，请联系系统管理员检查查毒服务。"),
                field="file",
            ) from None
        if found:
            raise Problem(
                _("文件“%(name)s”未通过查毒（%(found)s），没有保存。") % {"name": name, "found": found},
                remedy=_("请在本机查杀后重新上传。"),
                field="file",
            )


def clamd(address: str) -> Scanner:
    """A clamd at ``tcp://host:port`` or ``unix:///path``. Raises ValueError for another address."""
    parts = urlsplit(address)
    if not (parts.scheme == "tcp" and parts.hostname and parts.port) and not (
        parts.scheme == "unix" and parts.path
    ):
        raise ValueError(address)

    def scan(data: bytes) -> str:
        with _connected(parts.scheme, parts.path, (parts.hostname or "", parts.port or 0)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            return _verdict(_answer(line))

    return scan


def _connected(scheme: str, path: str, host: tuple[str, int]) -> socket.socket:
    if scheme == "tcp":
        return socket.create_connection(host, timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    line.connect(path)
    return line


def _answer(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        told += piece
    return told.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(told: str) -> str:
    """Clamd says "stream: OK", "stream: NAME FOUND", or what went wrong."""
    words = told.removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise OSError(told)
