# SPDX-License-Identifier: Apache-2.0
"""The document with every line of the draft marked in it (原文标注), as HTML that works without script.

A mark is ``<span id="s-KEY">``; its own text links to ``#KEY``, where the line stands in the tree, and the tree links
to ``#s-KEY``. Marks nest; one that runs over the end of another is cut there and goes on behind it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

LONG_TEXT: Final = 300_000
_SHOWN: Final = 400
"""In a long text an unmarked stretch shows only so many signs at either end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: the key of its line, what it is, and what it says when pointed at."""

    start: int
    end: int
    key: str
    kind: str
    title: str = ""


def marked_text(text: str, marks: Iterable[Mark]) -> SafeString:
    """The text, escaped, with its marks."""
    return _Pane(text).draw(marks)


class _Pane:
    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        self.long = len(text) > LONG_TEXT
        self.pieces: list[str] = []
        self.open: list[tuple[int, Mark]] = []

    def draw(self, marks: Iterable[Mark]) -> SafeString:
        size = len(self.text)
        waiting = [
            (mark.start, -min(mark.end, size), place, mark, True)
            for place, mark in enumerate(marks)
            if 0 <= mark.start < min(mark.end, size)
        ]
        heapq.heapify(waiting)
        while waiting:
            start, end, order, mark, first = heapq.heappop(waiting)
            end = -end
            self._close_until(start)
            if self.open and end > self.open[-1][0]:
                cut = self.open[-1][0]
                heapq.heappush(waiting, (cut, -end, order, mark, False))
                end = cut
            self._write(start)
            self._begin(mark, end, first=first)
        self._close_until(size)
        self._write(size)
        return SafeString("".join(self.pieces))

    def _begin(self, mark: Mark, end: int, *, first: bool) -> None:
        place = f' id="s-{escape(mark.key)}"' if first else ""
        title = f' title="{escape(mark.title)}"' if mark.title else ""
        self.pieces.append(
            f'<span{place} class="kc-src kc-src-{escape(mark.kind)}" data-kc-pair="{escape(mark.key)}"{title}>'
        )
        self.open.append((end, mark))

    def _close_until(self, place: int) -> None:
        while self.open and self.open[-1][0] <= place:
            self._write(self.open[-1][0])
            self.open.pop()
            self.pieces.append("</span>")

    def _write(self, until: int) -> None:
        if until <= self.place:
            return
        piece, self.place = self._shown(self.text[self.place : until]), until
        if self.open:
            piece = f'<a href="#{escape(self.open[-1][1].key)}">{piece}</a>'
        self.pieces.append(piece)

    def _shown(self, piece: str) -> str:
        """Escaped; in a long text the middle of a long stretch without marks is only counted."""
        if not self.long or len(piece) <= 4 * _SHOWN:
            return escape(piece)
        words = _("……此处 %(count)s 字没有识别出内容，全文见原文件……") % {"count": len(piece) - 2 * _SHOWN}
        return f"{escape(piece[:_SHOWN])}<em>{escape(words)}</em>{escape(piece[-_SHOWN:])}"
