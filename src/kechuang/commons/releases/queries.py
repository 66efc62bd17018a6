# SPDX-License-Identifier: Apache-2.0
"""Reading releases: the history of a piece, and what a version changed."""

from __future__ import annotations

import difflib

from kechuang.commons.releases.canonical import as_text
from kechuang.commons.releases.models import Release

Segment = tuple[str, str]


def history(release: Release) -> list[Release]:
    """Every version of the same piece, the oldest first."""
    return list(Release.objects.filter(kind=release.kind, code=release.code).order_by("id"))


def changes(before: Release | None, after: Release) -> list[Segment]:
    """The text of a version, line by line, as (op, text): what the version before said otherwise is marked."""
    new = as_text(after.content).splitlines(keepends=True)
    if before is None:
        return [("equal", "".join(new))]
    old = as_text(before.content).splitlines(keepends=True)
    found: list[Segment] = []
    for op, low, high, start, end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("equal", "".join(new[start:end])))
        else:
            found += [("delete", "".join(old[low:high])), ("insert", "".join(new[start:end]))]
    return [(op, text) for op, text in found if text]
