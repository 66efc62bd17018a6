# SPDX-License-Identifier: Apache-2.0
"""What an indicator reads on a day (读数): counted live from records, else the latest observation known by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, Observation
from kechuang.commons.figures.gathering import Gathered, gather, live
from kechuang.commons.figures.registry import Figure, Scope


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with where it comes from; ``url`` opens the records behind it.

    ``vintage`` says of when and in which edition it is, ``brief`` the same for a narrow column, ``known_on`` since when
    it is known.
    """

    value: Decimal | None
    vintage: str
    url: str = ""
    live: bool = False
    known_on: dt.date | None = None
    brief: str = ""


NO_READING = Reading(None, "")


def readings(indicators: Iterable[Indicator], day: dt.date) -> dict[int, Reading]:
    """Readings of the day's year by indicator id; two queries at most."""
    wanted = list(indicators)
    asked = [(offered, Scope(day)) for one in wanted if (offered := live(one)) is not None]
    gathered = gather([(one, day.year) for one in wanted], asked, day)
    return {indicator.pk: reading_of(indicator, day, day.year, gathered) for indicator in wanted}


def reading_of(indicator: Indicator, day: dt.date, year: int, gathered: Gathered) -> Reading:
    """What an indicator reads of a year, as known on the day."""
    offered = live(indicator)
    if offered is not None:
        return _counted(offered, Scope(min(day, dt.date(year, 12, 31))), gathered)
    for row in gathered.observed.get(indicator.pk, ()):
        if row.period_end.year == year:
            return _observed(row)
    return NO_READING


def _counted(offered: Figure, scope: Scope, gathered: Gathered) -> Reading:
    return Reading(
        gathered.counted[offered.code, scope],
        _("实时计算，截至 %(day)s") % {"day": scope.day.isoformat()},
        reverse("figures:figure-detail", args=[offered.code]),
        live=True,
        brief=_("实时计算"),
    )


def _observed(row: Observation) -> Reading:
    """The newest period of the year known by the day, in its newest vintage."""
    told = {
        "period": row.period_end.strftime("%Y-%m"),
        "vintage": row.vintage_word or _("第 %(n)s 版") % {"n": row.vintage},
        "published": row.published_on.isoformat(),
    }
    return Reading(
        row.value,
        _("%(period)s 数据，%(vintage)s，%(published)s 发布") % told,
        known_on=row.recorded_on or row.published_on,
        brief=_("%(period)s %(vintage)s") % told,
    )
