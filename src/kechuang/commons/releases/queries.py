# SPDX-License-Identifier: Apache-2.0
"""Reading releases: the history of a piece, and what a version changed."""

from __future__ import annotations

import difflib

from kechuang.commons.releases.canonical import as_text
from kechuang.commons.releases.models import Release

Segment = tuple[str, str]
AROUND = 3


def history(release: Release) -> list[Release]:
    """Every version of the same piece, the oldest first."""
    return list(Release.objects.filter(kind=release.kind, code=release.code).order_by("id"))


def changes(before: Release, after: Release) -> list[list[Segment]]:
    """What a version changed, stretch by stretch with the lines around, as (op, text)."""
    old, new = (as_text(release.content).splitlines(keepends=True) for release in (before, after))
    lines = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        [segment for code in group for segment in _segments(code, old, new)]
        for group in lines.get_grouped_opcodes(n=AROUND)
    ]


def _segments(code: tuple[str, int, int, int, int], old: list[str], new: list[str]) -> list[Segment]:
    op, low, high, start, end = code
    if op == "equal":
        return [("equal", "".join(new[start:end]))]
    return [("delete", "".join(old[low:high])), ("insert", "".join(new[start:end]))]
