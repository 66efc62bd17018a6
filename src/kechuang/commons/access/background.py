# SPDX-License-Identifier: Apache-2.0
"""Small work done after the answer (后台): so that how long an answer takes tells nothing about an account.

One thread, and a bounded line before it: a flood is dropped, not kept.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)
LONGEST_LINE = 200
_line: queue.Queue[Callable[[], object]] = queue.Queue(LONGEST_LINE)
_started = threading.Lock()
_worker: list[threading.Thread] = []


def after_answer(work: Callable[[], object]) -> None:
    """Do it soon, in a thread of this process; at once where ``settings.WORK_AT_ONCE`` says so (tests)."""
    if settings.WORK_AT_ONCE:
        work()
        return
    with _started:
        if not _worker:
            _worker.append(threading.Thread(target=_run, name="kechuang-after-answer", daemon=True))
            _worker[0].start()
    try:
        _line.put_nowait(work)
    except queue.Full:
        log.warning("too much waits to be done after answers; one piece of work was dropped")


def _run() -> None:
    while True:
        work = _line.get()
        try:
            work()
        except Exception:
            log.exception("work after an answer failed")
        connections.close_all()  # the thread may wait long for its next work
