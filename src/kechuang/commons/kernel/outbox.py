# SPDX-License-Identifier: Apache-2.0
"""The outbox (发件箱): what follows from an entry runs after commit, and again by ``kechuang tick`` where it failed."""

from __future__ import annotations

import functools
import logging

from django.db import transaction

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.events import subscribers_of
from kechuang.commons.kernel.models import Entry, OutboxMessage

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 10


def post(entry: Entry) -> None:
    """Keep a turn for each subscriber inside the transaction and deliver after it commits."""
    names = subscribers_of(entry)
    if not names:
        return
    OutboxMessage.objects.bulk_create([OutboxMessage(entry=entry, subscriber=name) for name in names])
    transaction.on_commit(functools.partial(deliver, entry_id=entry.pk), robust=True)


def deliver(entry_id: int | None = None) -> int:
    """Deliver what waits (all, or one entry's); returns how many succeeded. A failure waits for the next run."""
    waiting = OutboxMessage.objects.filter(delivered_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
    if entry_id is not None:
        waiting = waiting.filter(entry_id=entry_id)
    return sum(_deliver_one(pk) for pk in list(waiting.order_by("id").values_list("pk", flat=True)))


def _deliver_one(pk: int) -> bool:
    try:
        with transaction.atomic():
            message = OutboxMessage.objects.select_for_update().select_related("entry").get(pk=pk)
            if message.delivered_at is not None:
                return False
            subscribers_of(message.entry)[message.subscriber](message.entry)
            message.delivered_at = clock.now()
            message.save(update_fields=["delivered_at"])
    except Exception as problem:
        log.exception("subscriber failed, message %s", pk)
        message = OutboxMessage.objects.get(pk=pk)
        message.attempts += 1
        message.error = f"{type(problem).__name__}: {problem}"[:500]
        message.save(update_fields=["attempts", "error"])
        return False
    return True
