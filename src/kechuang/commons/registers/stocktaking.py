# SPDX-License-Identifier: Apache-2.0
"""What of a record's promises was kept by the end of a year, in words (盘点口径)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.promising import promises_of

MOST = 200


def stocktake_of(piece: RegisterPiece) -> str | None:
    """The table in which a register takes stock."""
    return next((one.stocktake for one in piece.promises if one.stocktake), None)


def kept_in(record: Record, year: int, day: dt.date) -> tuple[str, str]:
    """What was kept and what was open when the year ended, or today if it has not."""
    last = min(day, dt.date(year, 12, 31))
    found = promises_of(record).filter(start__lte=last)
    done = [one.title for one in found if one.closed_on and one.closed_on <= last]
    left = [
        _("%(title)s（时限 %(due)s）") % {"title": one.title, "due": one.due} if one.due else one.title
        for one in found
        if not (one.closed_on and one.closed_on <= last)
    ]
    return _told(done), _told(left)


def _told(titles: list[str]) -> str:
    if not titles:
        return _("没有")
    count = _("%(count)s 项") % {"count": len(titles)}
    return f"{count}：{'、'.join(titles)}"[:MOST]
