# SPDX-License-Identifier: Apache-2.0
"""What an indicator reads on a day (读数): counted live from records, else the latest observation known by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator
from kechuang.commons.facts.queries import known_on
from kechuang.commons.figures.registry import Scope, figure


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


def readings(indicators: Iterable[Indicator], day: dt.date, year: int | None = None) -> dict[int, Reading]:
    """Readings of a year, that of the day unless given, by indicator id, as known on the day.

    One query for all observations, plus what each live figure needs.
    """
    wanted, of_year = list(indicators), year or day.year
    observed = _observed([indicator for indicator in wanted if not _is_live(indicator)], day, of_year)
    on = min(day, dt.date(of_year, 12, 31))
    return {
        indicator.pk: _live(indicator, on) if _is_live(indicator) else observed.get(indicator.pk, NO_READING)
        for indicator in wanted
    }


def _is_live(indicator: Indicator) -> bool:
    return bool(indicator.figure) and figure(indicator.figure) is not None


def _live(indicator: Indicator, day: dt.date) -> Reading:
    offered = figure(indicator.figure)
    assert offered is not None
    return Reading(
        offered.value(Scope(day)),
        _("实时计算，截至 %(day)s") % {"day": day.isoformat()},
        reverse("figures:figure-detail", args=[offered.code]),
        live=True,
        brief=_("实时计算"),
    )


def _observed(indicators: list[Indicator], day: dt.date, year: int) -> dict[int, Reading]:
    """The newest period of the year known by the day, in its newest vintage."""
    if not indicators:
        return {}
    rows = known_on(day).filter(indicator__in=indicators, region__isnull=True, period_end__year=year)
    found: dict[int, Reading] = {}
    for row in rows:
        if row.indicator_id not in found:
            edition = row.vintage_word or _("第 %(n)s 版") % {"n": row.vintage}
            told = {
                "period": row.period_end.strftime("%Y-%m"),
                "vintage": edition,
                "published": row.published_on.isoformat(),
            }
            found[row.indicator_id] = Reading(
                row.value,
                _("%(period)s 数据，%(vintage)s，%(published)s 发布") % told,
                known_on=row.recorded_on or row.published_on,
                brief=_("%(period)s %(vintage)s") % told,
            )
    return found
