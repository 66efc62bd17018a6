# SPDX-License-Identifier: Apache-2.0
"""What must be done from time to time (定时事务): each room offers its own, ``kechuang tick`` does them all.

A piece of work must be safe to run twice and in two processes at once; a failing one does not stop the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from kechuang.commons.kernel.ports import Port

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """One kind of work: what it is called, and what does it and says how much it did."""

    words: str | Promise
    work: Callable[[], int]


ticks: Port[Tick] = Port("kernel.ticks")


def ticking(name: str, words: str | Promise) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Offer work: ``() -> how much was done``."""

    def register(function: Callable[[], int]) -> Callable[[], int]:
        ticks.fill(name, Tick(words, function))
        return function

    return register


def do_ticks() -> list[tuple[str, int]]:
    """Do everything offered; what was done, by its words."""
    return [(str(tick.words), _done(tick)) for tick in ticks.all()]


def _done(tick: Tick) -> int:
    try:
        return tick.work()
    except Exception:
        log.exception("work from time to time failed: %s", tick.words)
        return 0
