# SPDX-License-Identifier: Apache-2.0
"""Values of the demo year that no record counts: entered month by month, verified, one corrected, one left waiting."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.facts.actions import enter_observation, verify_observation
from kechuang.commons.facts.entered import Entered
from kechuang.commons.facts.models import Indicator, IndicatorKind, Submission
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit
from kechuang.engines.progress.periods import month_end

FIRST_MONTH, PUBLISHED, VERIFIED = 2, 14, 2
MADE_UP = {
    IndicatorKind.GROWTH: ("9.5", "11.2", "12.4", "12.9", "13.8", "14.6", "15.3", "16.1"),
    IndicatorKind.SHARE: ("31.2", "32.6", "33.1", "34.0", "35.4", "36.2", "37.3", "38.2"),
}
SOURCE = "统计月报（演示数据）"
CORRECTED, CORRECTION, CORRECTED_ON = 4, Decimal("0.3"), 25
ONE_DAY = dt.timedelta(days=1)


class Values:
    """The values of growth rates and shares that no figure counts, up to a day."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.people = {user.username: actor_of(user) for user in User.objects.filter(demo=True)}
        self.first = Unit.objects.order_by("order", "code").first()

    def fill(self) -> int:
        """Everything or, where something was entered before, nothing; returns how many values."""
        if Submission.objects.exists() or self.first is None:
            return 0
        count = 0
        wanted = Indicator.objects.filter(figure="", late_days=None, kind__in=list(MADE_UP)).order_by("code")
        for indicator in wanted.select_related("owner"):
            for place, text in enumerate(MADE_UP[IndicatorKind(indicator.kind)]):
                count += self._month(indicator, place, Decimal(text))
        return count

    def _month(self, indicator: Indicator, place: int, value: Decimal) -> int:
        start = dt.date(self.day.year, 1, 1)
        end = month_end(start, FIRST_MONTH - 1 + place)
        published = end + PUBLISHED * ONE_DAY
        if published > self.day:
            return 0
        self._enter(indicator, Entered(value, start, end, published, SOURCE), published)
        if place == CORRECTED:
            again = published + CORRECTED_ON * ONE_DAY
            corrected = Entered(value + CORRECTION, start, end, again, SOURCE, "修订")
            self._enter(indicator, corrected, again)
            return 2
        return 1

    def _enter(self, indicator: Indicator, entered: Entered, day: dt.date) -> None:
        file = ("统计月报（演示）.txt", f"{indicator.name} {entered}，演示数据。".encode())
        with clock.pinned(day):
            made = enter_observation(indicator, self._person(indicator, "staff"), entered=entered, file=file)
        if day + VERIFIED * ONE_DAY <= self.day:
            with clock.pinned(day + VERIFIED * ONE_DAY):
                verify_observation(made, self._person(indicator, "head"))

    def _person(self, indicator: Indicator, role: str) -> Actor:
        assert self.first is not None
        return self.people[f"demo-{(indicator.owner or self.first).code}-{role}"]
