# SPDX-License-Identifier: Apache-2.0
"""Every entry about a record that is searchable, and every verb that changes others, is noted for the index."""

from __future__ import annotations

import time

from django.db import transaction

from kechuang.commons.access.background import after_answer
from kechuang.commons.kernel.events import follow, subscribes
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import changes, sources
from kechuang.commons.search import store
from kechuang.commons.search.indexing import AT_ONCE, index_pending
from kechuang.commons.search.models import PendingDocument

GATHER = 0.1  # seconds in which changes come together into one commit
LOST_AFTER = 5.0  # seconds after which work that was asked for counts as dropped
_asked_at: list[float] = []


def note_changes(entry: Entry) -> None:
    """Note the record of the entry and whatever else its verb changes; the index follows within a second."""
    found = [(entry.ref_kind, entry.ref_id)] if sources.get(entry.ref_kind) and entry.ref_id else []
    for change in changes.all():
        if change.verb == entry.verb:
            ids = change.ids(entry)
            found += [(change.kind, "")] if ids is None else [(change.kind, key) for key in ids]
    rows = [PendingDocument(kind=kind, document_id=key) for kind, key in dict.fromkeys(found)]
    PendingDocument.objects.bulk_create(rows, batch_size=AT_ONCE)
    if rows and store.current():
        transaction.on_commit(_soon, robust=True)


def _soon() -> None:
    """In a thread of this process, once for all changes until then: nobody waits for the disk.

    Where that fails, the tick does it.
    """
    now = time.monotonic()
    if not _asked_at or now - _asked_at[0] > LOST_AFTER:
        _asked_at[:] = [now]
        after_answer(_gather_and_index)


def _gather_and_index() -> None:
    time.sleep(GATHER)
    _asked_at.clear()  # what is noted from here on asks anew
    index_pending()


def listen() -> None:
    """Subscribe to what the rooms offered; called when all of them are there."""
    follow(note_changes, [source.kind for source in sources.all()])
    subscribes(*{change.verb for change in changes.all()})(note_changes)
