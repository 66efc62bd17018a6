# SPDX-License-Identifier: Apache-2.0
"""What commitments ask upward: the lights of the numbers promised under tasks (任务中的数字目标)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from kechuang.commons.facts.models import Target
from kechuang.commons.kernel.ports import Port
from kechuang.engines.progress.lights import Light

Numbers = Callable[[Sequence[Target], dt.date], Mapping[int, Light]]

numbers: Port[Numbers] = Port("commitments.numbers")
"""By the target's id its light on a day, as a task shows it; filled by whoever can read their values."""


def lights_of(targets: Sequence[Target], day: dt.date) -> dict[int, Light]:
    """The lights of some numbers, from all who fill the port; of none nobody is asked."""
    return (
        {key: light for ask in numbers.all() for key, light in ask(targets, day).items()} if targets else {}
    )
