# SPDX-License-Identifier: Apache-2.0
"""The reason of a light in words (亮灯原因)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from kechuang.engines.progress.lights import Light


def _reasons() -> dict[str, str]:
    return {
        "closed": _("已于 %(closed)s 办结"),
        "closed-late": _("逾期 %(days)s 天后于 %(closed)s 办结，保留黄灯"),
        "no-due-date": _("未设完成时限，无法判断进度"),
        "overdue": _("已逾期 %(days)s 天（时限 %(due)s）"),
        "due-soon": _("距时限还有 %(days)s 天（%(due)s）"),
        "on-time": _("时限内，还有 %(days)s 天"),
        "stale": _("%(units)s 超过 %(days)s 天未报送进展"),
        "part-overdue": _("举措“%(part)s”已逾期 %(days)s 天"),
        "part-due-soon": _("举措“%(part)s”还有 %(days)s 天到期"),
        "part-closed-late": _("举措“%(part)s”逾期 %(days)s 天后完成"),
        "part-closed": _("举措“%(part)s”已完成"),
        "part-on-time": _("举措“%(part)s”在时限内"),
        "no-value": _("尚无数据"),
        "met": _("已达到目标"),
        "missed": _("期末未达到目标"),
        "not-met-yet": _("尚未达到目标"),
        "far-behind": _("增量进度为时序进度的 %(pace)s，明显滞后"),
        "behind": _("增量进度为时序进度的 %(pace)s，略有滞后"),
        "on-pace": _("增量进度为时序进度的 %(pace)s，正常推进"),
    }


def reason_words(light: Light) -> str:
    """Why the light is what it is, for a person."""
    facts = {key: _plain(value) for key, value in light.facts.items()}
    return _reasons()[light.reason] % facts


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{float(value * 100):.0f}%"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
