# SPDX-License-Identifier: Apache-2.0
"""Finding a piece of text in a document whatever blanks and line breaks stand between its characters."""

from __future__ import annotations

import re
from typing import Final

_LONGEST_EXACT: Final = 2000
NOWHERE: Final = (0, 0)


def place_of(piece: str, source: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    r"""The span of a piece within ``source[start:end]``, (0, 0) where it does not stand there.

    >>> place_of("推进成果转化", "一、推进成果\n转化。")
    (2, 9)
    """
    end = len(source) if end is None else end
    signs = "".join(piece.split())
    if not signs or end <= start:
        return NOWHERE
    found = source.find(piece, start, end)
    if found >= 0:
        return found, found + len(piece)
    head, tail = signs[:_LONGEST_EXACT], signs[_LONGEST_EXACT:]
    match = re.compile(r"\s*".join(map(re.escape, head))).search(source, start, end)
    if match is None:
        return NOWHERE
    if not tail:
        return match.span()
    rest = place_of(tail, source, match.end(), end)
    return (match.start(), rest[1]) if rest != NOWHERE else match.span()
