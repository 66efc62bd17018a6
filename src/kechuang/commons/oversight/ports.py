# SPDX-License-Identifier: Apache-2.0
"""What counts in a year (计分事件): rooms give the events of offices, each with the record behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from kechuang.commons.kernel.ports import Port
from kechuang.engines.progress.scores import Event

Events = Callable[[dt.date, dt.date], Iterable[tuple[int, Event]]]
"""``(first day, last day) -> (office's key, event)`` of what happened between them."""

events: Port[Events] = Port("oversight.events")
