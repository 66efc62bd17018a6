# SPDX-License-Identifier: Apache-2.0
"""What commitments ask upward: the lights of the numbers promised under tasks (任务中的数字目标)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from kechuang.commons.kernel.ports import Port
from kechuang.engines.progress.lights import Light

Numbers = Callable[[dt.date], Mapping[int, Sequence[Light]]]

numbers: Port[Numbers] = Port("commitments.numbers")
"""By the task's id the lights of its targets on a day; filled by whoever can read their values."""


def numbers_on(day: dt.date, task_id: int) -> list[Light]:
    """The lights of the numbers under a task, from all who fill the port."""
    return [light for ask in numbers.all() for light in ask(day).get(task_id, ())]
