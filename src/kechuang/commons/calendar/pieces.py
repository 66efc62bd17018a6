# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by calendar: the arrangement of a year as a notice published it."""

from __future__ import annotations

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from kechuang.commons.packs.pieces import Day, Filled, Part, Piece, Truth, piece_kind


class ArrangedDay(Part):
    """A day off by its name, or a weekend day that is worked."""

    day: Day
    working: Truth = False
    name: Filled


@piece_kind("calendar_year", _("年度放假安排"))
class CalendarYearPiece(Piece):
    """A year, the notice (its source), and the days the notice names."""

    year: int
    days: tuple[ArrangedDay, ...]

    @model_validator(mode="after")
    def _days_lie_in_the_year(self) -> CalendarYearPiece:
        """A notice may name days of the year before (the eve of New Year), no others; none twice."""
        days = [named.day for named in self.days]
        outside = [day for day in days if day.year not in {self.year - 1, self.year}]
        if outside:
            words = now("%(day)s 不在 %(year)s 年的安排之内")
            raise ValueError(words % {"day": outside[0].isoformat(), "year": self.year})
        if len(set(days)) != len(days):
            raise ValueError(now("同一天写了两次"))
        return self
