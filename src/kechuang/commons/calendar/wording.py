# SPDX-License-Identifier: Apache-2.0
"""Days and limits in words (日期与时限的说法)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kechuang.commons.calendar.models import Timer
from kechuang.commons.calendar.queries import NamedDay
from kechuang.engines.basis.timers import TimerReading

SOON = 2


def weekday_names() -> list[str]:
    """From Monday, in one character."""
    return [_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")]


def weekday_name(day: dt.date) -> str:
    """The day of the week (星期三)."""
    return _("星期%(name)s") % {"name": weekday_names()[day.weekday()]}


def day_words(named: NamedDay) -> str:
    """Worked or off."""
    return _("上班") if named.working else _("休息")


def name_of(named: NamedDay) -> str:
    """What the day is called; a weekend day that is worked says so."""
    if named.name or not named.working or named.day.weekday() < 5:  # noqa: PLR2004 -- Saturday
        return named.name
    return _("调休上班")


def timer_colour(timer: Timer, reading: TimerReading) -> str:
    """The light of a limit: its facts, not a job, decide."""
    if reading.overdue:
        return "red"
    if timer.stopped_on is not None:
        return "done"
    if reading.paused:
        return "grey"
    return "yellow" if reading.left <= SOON else "green"


def reading_words(timer: Timer, reading: TimerReading) -> str:
    """Where a limit stands, in words."""
    if timer.stopped_on is not None:
        if reading.overdue:
            return _("已于 %(day)s 办结，超期") % {"day": timer.stopped_on.isoformat()}
        return _("已于 %(day)s 办结") % {"day": timer.stopped_on.isoformat()}
    if reading.overdue:
        return amount(timer, _("已超期 %(amount)s"), -reading.left)
    if reading.paused:
        return amount(timer, _("暂停中，恢复后还有 %(amount)s"), reading.left)
    return amount(timer, _("还有 %(amount)s"), reading.left)


def amount(timer: Timer, words: str, days: int) -> str:
    """A number of days with what they are."""
    if timer.unit == Timer.Unit.WORKING:
        counted = ngettext("%(n)s 个工作日", "%(n)s 个工作日", days) % {"n": days}
    else:
        counted = ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
    return words % {"amount": counted}


def limit_words(timer: Timer) -> str:
    """The limit itself (期限)."""
    return amount(timer, pgettext("limit", "%(amount)s"), timer.days)
