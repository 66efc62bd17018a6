# SPDX-License-Identifier: Apache-2.0
"""Lists that are being read, settled, taken or undone are carried on, batch after batch (名单续办).

After a person's act in the background of the answering process; and by ``kechuang tick`` where a process died.
"""

from __future__ import annotations

import logging
import threading
import time
from itertools import islice

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.documents.storage import content
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ticks import ticking
from kechuang.commons.parties.actions.batches import (
    finish_reading,
    read_rows,
    settle_rows,
    take_rows,
    undo_rows,
    weigh_rows,
)
from kechuang.commons.parties.linking import matched, similar
from kechuang.commons.parties.models import PartyList, PartyRow
from kechuang.commons.parties.reading import open_list

State = PartyList.State
READ, WEIGH, TAKE, BREATH = 200, 100, 50, 0.12
"""Lines a batch, and seconds between two: whoever waits for SQLite looks every tenth of a second whether it is free."""
log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def start() -> None:
    """Carry lists on in a thread of this process; at once where ``settings.WORK_AT_ONCE`` says so (tests)."""
    if settings.WORK_AT_ONCE:
        lists_going_on()
    else:
        threading.Thread(target=_run, name="kechuang-lists", daemon=True).start()


def _run() -> None:
    close_old_connections()
    try:
        with _one_at_a_time:
            lists_going_on()
    except Exception:
        log.exception("a list could not be carried on; kechuang tick will try again")
    finally:
        connections.close_all()


def carry_on(pk: int) -> None:
    """Work on one list until nothing goes on any more; others get a turn between two batches."""
    listed, actor = PartyList.objects.select_related("document").get(pk=pk), Actor.system(_("机构名单登记"))
    if listed.state == State.READING:
        _read(listed, actor)
    while listed.state == State.SETTLING:
        listed = settle_rows(listed, actor, most=READ)
        time.sleep(BREATH)
    while listed.state == State.TAKING:
        listed = take_rows(listed, actor, most=TAKE)
        time.sleep(BREATH)
    while listed.state == State.UNDOING:
        listed = undo_rows(listed, actor, most=TAKE)
        time.sleep(BREATH)


def _read(listed: PartyList, actor: Actor) -> None:
    document = listed.document
    assert document is not None
    sheet = open_list(document.name, content(document.sha256))
    last = listed.rows.order_by("-line").values_list("line", flat=True).first() or 0
    rows = sheet.rows(after=last)
    while batch := list(islice(rows, READ)):
        read_rows(listed, actor, rows=matched(listed, batch))
        if listed.state != State.READING:
            return
        time.sleep(BREATH)
    unknown = listed.rows.filter(match=PartyRow.Match.NEW, valid=False).exclude(name="")
    near = iter(similar(list(unknown)).items())
    while part := dict(islice(near, WEIGH)):
        weigh_rows(listed, actor, near=part)
        time.sleep(BREATH)
    finish_reading(listed, actor)


@ticking("parties.lists", gettext_lazy("续办机构名单"))
def lists_going_on() -> int:
    """Carry on what was left; how many lists there were."""
    waiting = list(PartyList.objects.filter(state__in=PartyList.GOING_ON).values_list("pk", flat=True))
    for pk in waiting:
        carry_on(pk)
    return len(waiting)
