# SPDX-License-Identifier: Apache-2.0
"""Lights, paces and forecasts in words (亮灯原因、进度、预测): the engine gives codes and facts."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kechuang.engines.basis.quantities import is_counted
from kechuang.engines.progress.forecasts import Forecast
from kechuang.engines.progress.lights import Light
from kechuang.engines.progress.pace import Pace

SHARES = {"made", "due", "pace", "share"}
STEP_TONES = {"draft": "neutral", "approved": "active", "reached": "done", "dropped": "neutral"}
HUNDREDTH, WHOLE_FROM = Decimal("0.01"), 100


DATED = {
    "closed": lazy("已于 %(closed)s 办结"),
    "closed-late": lazy("逾期 %(days)s 天后于 %(closed)s 办结，保留黄灯"),
    "no-due-date": lazy("未设完成时限，无法判断进度"),
    "overdue": lazy("已逾期 %(days)s 天（时限 %(due)s）"),
    "due-soon": lazy("距时限还有 %(days)s 天（%(due)s）"),
    "on-time": lazy("时限内，还有 %(days)s 天"),
    "slipped": lazy("曾于 %(slipped)s 逾期后才延期，保留黄灯"),
}
STEPS = {
    "part-overdue": lazy("举措“%(part)s”已逾期 %(days)s 天"),
    "part-due-soon": lazy("举措“%(part)s”还有 %(days)s 天到期"),
    "part-closed-late": lazy("举措“%(part)s”逾期 %(days)s 天后完成"),
    "part-closed": lazy("举措“%(part)s”已完成"),
    "part-on-time": lazy("举措“%(part)s”在时限内"),
    "part-slipped": lazy("举措“%(part)s”曾于 %(slipped)s 逾期后才延期"),
    "part-no-due-date": lazy("举措“%(part)s”未设时限"),
    "milestone-overdue": lazy("节点“%(part)s”已逾期 %(days)s 天"),
    "milestone-due-soon": lazy("节点“%(part)s”还有 %(days)s 天到期"),
    "milestone-closed-late": lazy("节点“%(part)s”逾期 %(days)s 天后完成"),
    "milestone-closed": lazy("节点“%(part)s”已完成"),
    "milestone-on-time": lazy("节点“%(part)s”在时限内"),
    "milestone-slipped": lazy("节点“%(part)s”曾于 %(slipped)s 逾期后才延期"),
    "milestone-no-due-date": lazy("节点“%(part)s”未设时限"),
    "no-milestones": lazy("未分解节点，举措也未设时限，无法判断进度"),
    "stale": lazy("%(units)s 超过 %(days)s 天未报送进展"),
    "undecided": lazy("处室间分歧待%(decider)s裁定，已过时限 %(days)s 天（%(due)s）"),
}
NUMBERS = {
    "no-value": lazy("尚无数据"),
    "no-base": lazy("没有可比的基数，无法计算"),
    "late-statistic": lazy("错年统计，预计 %(expected)s 发布"),
    "late-statistic-forecast": lazy("错年统计，预计 %(expected)s 发布；按往年推算为 %(forecast)s"),
    "met": lazy("已达到目标"),
    "holding": lazy("目前达到目标，仍可能变动"),
    "overshot": lazy("为 %(value)s，超出目标所说的“左右”"),
    "missed": lazy("期末未达到目标，为 %(value)s"),
    "aspired-short": lazy("力争目标未达到，为 %(value)s，已接近"),
    "exceeded": lazy("已超过上限，为 %(value)s"),
    "not-met-yet": lazy("尚未达到目标"),
    "forecast-met": lazy("按往年推算期末为 %(forecast)s，可达到目标"),
    "forecast-short": lazy("按往年推算期末为 %(forecast)s，达不到目标"),
    "too-early": lazy("期初，尚不判断进度（已完成目标任务量的 %(made)s）"),
    "lost": lazy("曾达到目标，现回落到 %(value)s"),
    "lapses-ahead": lazy("期末前有到期，预计回落到 %(forecast)s"),
    "not-final": lazy("期末数据尚未公布，最近一期截至 %(as_of)s"),
    "old-value": lazy("数据截至 %(as_of)s，已有 %(days)s 天未更新"),
}
PACES = {
    "way-on-pace": lazy("已完成目标任务量的 %(made)s，时序进度为 %(due)s，正常推进"),
    "way-behind": lazy("已完成目标任务量的 %(made)s，时序进度为 %(due)s，略有滞后"),
    "way-far-behind": lazy("已完成目标任务量的 %(made)s，时序进度为 %(due)s，明显滞后"),
    "growth-on-pace": lazy("累计增速为目标增速的 %(made)s，正常推进"),
    "growth-behind": lazy("累计增速为目标增速的 %(made)s，略有滞后"),
    "growth-far-behind": lazy("累计增速为目标增速的 %(made)s，明显滞后"),
    "spent-on-pace": lazy("已用上限的 %(made)s，时序进度为 %(due)s"),
    "spent-behind": lazy("已用上限的 %(made)s，时序进度为 %(due)s，用得偏快"),
    "spent-far-behind": lazy("已用上限的 %(made)s，时序进度为 %(due)s，用得过快"),
}
REASONS = {**DATED, **STEPS, **NUMBERS, **PACES}
METHODS = {
    "complete": lazy("期末实际值"),
    "rest-of-last-year": lazy("累计值加上年同期之后的量"),
    "run-rate": lazy("按目前速度推算"),
    "bridge": lazy("现有存量减已知到期，加按目前速度新增"),
    "known-lapses": lazy("现有存量减已知到期，不计新增"),
    "growth-to-date": lazy("按累计增速推算"),
    "carried": lazy("按最近一期不变推算"),
    "yearly-change": lazy("按往年平均变化推算"),
}


def reason_words(light: Light, unit: str = "") -> str:
    """Why the light is what it is, for a person; ``unit`` stands after values of a number promised."""
    if light.reason == "overridden":
        return _overridden(light, unit)
    if light.reason == "number":
        words = reason_words(light.facts["light"], light.facts["unit"])
        return _("目标“%(name)s”：%(reason)s") % {"name": light.facts["name"], "reason": words}
    facts = {key: _plain(key, value, unit) for key, value in light.facts.items()}
    return str(REASONS[light.reason]) % facts


def _overridden(light: Light, unit: str) -> str:
    words = _("%(by)s定灯：%(why)s（至 %(until)s）；按规则应为：%(was)s")
    return words % {
        "by": light.facts["by"],
        "why": light.facts["why"],
        "until": light.facts["until"].isoformat(),
        "was": reason_words(light.facts["was"], unit),
    }


class Said(NamedTuple):
    """What a cell says, and what stands small under it."""

    words: str
    detail: str = ""


def pace_words(pace: Pace | None, unit: str = "") -> Said:
    """The pace as percent, and the level it compares with; a dash where there is none."""
    if pace is None or pace.ratio is None:
        return Said("—")
    words = _("截至 %(day)s 应为 %(level)s")
    detail = words % {"day": pace.as_of.isoformat(), "level": estimate(pace.level, unit)}
    return Said(percent(pace.ratio), detail)


def forecast_words(forecast: Forecast | None, unit: str = "") -> Said:
    """The forecast with its range, and its method; a dash where there is none."""
    if forecast is None:
        return Said("—")
    value, method = estimate(forecast.value, unit), str(METHODS[forecast.method])
    if forecast.low is None or forecast.high is None or forecast.low == forecast.high:
        return Said(value, method)
    range_words = _("%(value)s（%(low)s—%(high)s）")
    low, high = (estimate(end, unit).removesuffix(unit) for end in (forecast.low, forecast.high))
    return Said(range_words % {"value": value, "low": low, "high": high}, method)


def percent(share: Fraction) -> str:
    """A share as whole percent, halves rounded up; shown less exactly than it is judged."""
    return f"{_rounded(share * 100, Decimal(1))}%"


def number(value: Fraction | Decimal) -> str:
    """A number with at most two decimals."""
    shown = _rounded(Fraction(value), HUNDREDTH)
    return f"{shown.normalize():,f}" if shown else "0"


def estimate(value: Fraction, unit: str = "") -> str:
    """What was computed, with its unit: whole where the unit counts things, and from a hundred on."""
    whole = is_counted(unit) or abs(value) >= WHOLE_FROM
    return (f"{_rounded(value, Decimal(1)):,f}" if whole else number(value)) + unit


def _rounded(value: Fraction, step: Decimal) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def _plain(key: str, value: Any, unit: str) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        if key in SHARES:
            return percent(value)
        return estimate(value, unit) if key == "forecast" else number(value) + unit
    if isinstance(value, Decimal):
        return number(value) + unit
    return value
