# SPDX-License-Identifier: Apache-2.0
"""What went wrong, in words for an official: the thing, the place, the remedy (问题)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel.verdicts import Verdict


class Problem(Exception):  # noqa: N818 -- it is shown to people as a problem, not as an error
    """Something a person can mend.

    ``what`` says what is wrong and why, ``remedy`` what to do; ``field`` or ``line`` say where.
    """

    status = 422

    def __init__(self, what: str, *, remedy: str = "", field: str = "", line: int | None = None) -> None:
        super().__init__(what)
        self.what, self.remedy, self.field, self.line = what, remedy, field, line

    def __str__(self) -> str:
        place = _("第 %(line)s 行：") % {"line": self.line} if self.line is not None else ""
        return f"{place}{self.what}{self.remedy}"


class Refused(Problem):
    """The actor may not do it; the verdict's reason is shown and journaled.

    ``verb`` names the action that refused; none where it was the guard of a page.
    """

    status = 403
    verb = ""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason or _("您没有办理此事的权限。"))
        self.verdict = verdict


class TooMany(Problem):
    """Too much from one place in a short time."""

    status = 429


class Stale(Problem):
    """Somebody changed the thing after it was read."""

    status = 409
