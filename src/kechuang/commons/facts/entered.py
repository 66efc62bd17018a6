# SPDX-License-Identifier: Apache-2.0
"""A value as a person states it (填报), and what may be wrong with it: the same for one value and for a sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, Observation, Submission, scaled
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Region

MOST_PLACES, MOST_SCALED = 6, 2**63


@dataclass(frozen=True, slots=True)
class Entered:
    """A value as a person states it: for which period, published when and where."""

    value: Decimal
    period_start: dt.date
    period_end: dt.date
    published_on: dt.date
    source: str
    vintage_word: str = ""
    region: Region | None = None

    def __str__(self) -> str:
        return f"{self.period_start}—{self.period_end} {self.value}"


def check_entered(indicator: Indicator, entered: Entered) -> None:
    """Raises Problem at the field that cannot be."""
    places = scaled(entered.value)[1]
    if places > MOST_PLACES or abs(entered.value.scaleb(places)) >= MOST_SCALED:
        raise Problem(_("数值过大，或小数超过 %(places)s 位。") % {"places": MOST_PLACES}, field="value")
    if entered.period_end < entered.period_start:
        raise Problem(_("期末早于期初。"), remedy=_("时点数的期初、期末填同一天。"), field="period_end")
    if entered.published_on < entered.period_end:
        raise Problem(
            _("发布日期 %(day)s 早于期末。") % {"day": entered.published_on.isoformat()},
            remedy=_("期末之后才能有这一期的数据，请核对。"),
            field="published_on",
        )
    if entered.published_on > clock.today():
        raise Problem(_("发布日期还没有到。"), remedy=_("请在发布之后填报。"), field="published_on")
    if not entered.source.strip():
        raise Problem(_("请填写来源。"), remedy=_("写明文件名称、文号或发布单位。"), field="source")
    same = {"region": entered.region, "period_start": entered.period_start, "period_end": entered.period_end}
    newest = Observation.objects.filter(indicator=indicator, **same).order_by("-vintage").first()
    if newest is not None and newest.value == entered.value:
        raise Problem(
            _("%(indicator)s这一期已登记为 %(value)s，没有变化。")
            % {"indicator": indicator, "value": newest.value},
            remedy=_("更正时请填写新的数值。"),
            field="value",
        )
    if Submission.objects.filter(indicator=indicator, state=Submission.State.ENTERED, **same).exists():
        raise Problem(
            _("%(indicator)s这一期已有一个数值等待核实。") % {"indicator": indicator},
            remedy=_("请先请人核实或退回。"),
            field="period_end",
        )
