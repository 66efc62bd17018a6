# SPDX-License-Identifier: Apache-2.0
"""Measures that Word and PDF share (版式, GB/T 9704): widths of columns, indents of the signature. Pure."""

from __future__ import annotations

import re
import unicodedata

from kechuang.commons.papers.markup import Table, shown

ROOM, ROOM_WIDE = 442.0, 638.0  # points: 156 mm upright, 225 mm on its side
SIZE, SMALL, MANY_COLUMNS = 12.0, 10.5, 7  # points of a table, and of one with more columns than that
SHORT, UNBROKEN, LONGEST, PADDING = (
    4.0,
    16.0,
    60.0,
    1.4,
)  # signs: a short word, a long number, the most, edges
_RUN = re.compile(r"[!-~]+")


def width_of(text: str) -> float:
    """How wide a text is, in Chinese signs; letters and digits take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(mark) in "WFA" else 0.5 for mark in text)


def size_of(table: Table) -> float:
    """The type of a table, in points."""
    return SMALL if len(table.labels) > MANY_COLUMNS else SIZE


def column_shares(table: Table, *, wide: bool) -> list[float]:
    """The share of the width that each column takes.

    First what keeps its numbers and short words whole, then by its longest text and its average.
    """
    columns = [
        [_half(label), *(shown(row[place]) for row in table.rows)] for place, label in enumerate(table.labels)
    ]
    least = [_least(texts) for texts in columns]
    more = [max(0.1, _typical(texts) - low) for texts, low in zip(columns, least, strict=True)]
    spare = max(0.0, (ROOM_WIDE if wide else ROOM) / size_of(table) - sum(least))
    widths = [low + spare * one / sum(more) for low, one in zip(least, more, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]


def _half(label: str) -> str:
    """A label may stand on two lines."""
    return label[: -(-len(label) // 2)] if len(label) > 2 else label  # noqa: PLR2004 -- two signs stay together


def _least(texts: list[str]) -> float:
    whole = [width_of(text) for text in texts if width_of(text) <= SHORT]
    unbroken = [width_of(run) for text in texts for run in _RUN.findall(text)]
    return min(UNBROKEN, max(1.0, *whole, *unbroken)) + PADDING


def _typical(texts: list[str]) -> float:
    widths = [width_of(text) for text in texts]
    typical: float = (max(widths) * sum(widths) / len(widths)) ** 0.5
    return min(LONGEST, typical)


def signature_indents(issuer: str, date: str) -> tuple[float, float]:
    """How many signs issuer and date stand from the right edge (GB/T 9704-2012, 7.3.5.3, without a seal).

    The issuer two signs from the edge, the date beginning two signs to its right; a date that would pass that edge
    stands two signs from it, and moves the issuer left.
    """
    longer = width_of(issuer) - width_of(date)
    return (2.0, longer) if longer >= 2 else (4.0 - longer, 2.0)  # noqa: PLR2004 -- the standard's two signs
