# SPDX-License-Identifier: Apache-2.0
"""Quiet hours (免打扰) and the hour of the digest (汇总时间), on the clock of the city. Pure."""

from __future__ import annotations

import datetime as dt


def after_quiet(moment: dt.datetime, start: dt.time, end: dt.time) -> dt.datetime:
    """The moment itself, or the end of the quiet hours [start, end) it falls in; equal ends mean none.

    >>> zone = dt.timezone.utc
    >>> after_quiet(dt.datetime(2019, 10, 15, 23, 0, tzinfo=zone), dt.time(21), dt.time(7, 30))
    datetime.datetime(2019, 10, 16, 7, 30, tzinfo=datetime.timezone.utc)
    """
    now = moment.time()
    quiet = start <= now < end if start <= end else now >= start or now < end
    return next_at(moment, end) if quiet else moment


def next_at(moment: dt.datetime, hour: dt.time) -> dt.datetime:
    """The first time the clock shows ``hour`` after the moment."""
    same_day = moment.replace(hour=hour.hour, minute=hour.minute, second=hour.second, microsecond=0)
    return same_day if same_day > moment else same_day + dt.timedelta(days=1)
