# SPDX-License-Identifier: Apache-2.0
"""The business date (业务日期) and real time.

The day the city lives in is real by default and set in the demo. Security and the journal use real time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

from kechuang.commons.kernel.models import ClockSetting

_PINNED: ContextVar[dt.date | None] = ContextVar("kechuang_business_day", default=None)


def now() -> dt.datetime:
    """Real time, aware."""
    return timezone.now()


def set_day() -> dt.date | None:
    """The day a presenter has set, or None when the clock is real (one query)."""
    return ClockSetting.objects.values_list("day", flat=True).first()


def today() -> dt.date:
    """The business date: pinned for this request, else set in the database, else the real day in the city's zone."""
    return _PINNED.get() or set_day() or timezone.localdate()


@contextmanager
def pinned(day: dt.date | None) -> Iterator[None]:
    """Hold the business date for a request or a test, so that it is read once."""
    token = _PINNED.set(day)
    try:
        yield
    finally:
        _PINNED.reset(token)
