# SPDX-License-Identifier: Apache-2.0
"""Takes lists through their stages in a site of its own; at each a child process is killed before it can commit.

Prints a line of JSON a stage: its name, what stood there after the kill, what stood there after the next tick.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- models are there only after the set-up
from django.db import connections  # noqa: E402

from kechuang.commons.documents.models import Document  # noqa: E402
from kechuang.commons.kernel.actors import Actor  # noqa: E402
from kechuang.commons.kernel.journal import seal_journal  # noqa: E402
from kechuang.commons.kernel.models import Entry  # noqa: E402
from kechuang.commons.kernel.verification import verify_journal  # noqa: E402
from kechuang.commons.parties import running  # noqa: E402
from kechuang.commons.parties.actions import batches, lists  # noqa: E402
from kechuang.commons.parties.models import Organization, PartyList, PartyRow, Statement  # noqa: E402
from party_samples import code  # noqa: E402

LINES = [f"云川{serial}号有限公司,{code(serial)}" for serial in range(1, 8)]
FILE, DAY = "\n".join(["名称,统一社会信用代码", *LINES]).encode(), dt.date(2019, 10, 15)
SYSTEM = Actor.system("test")
running.READ, running.TAKE, running.BREATH = 3, 2, 0


def latest() -> PartyList:
    return PartyList.objects.latest("pk")


def upload() -> None:
    running.carry_on(lists.upload_list(None, SYSTEM, name="名单.csv", data=FILE, said_on=DAY).pk)


def confirm() -> None:
    lists.confirm_list(latest(), SYSTEM)
    running.carry_on(latest().pk)


def undo() -> None:
    lists.undo_list(latest(), SYSTEM, reason="x")
    running.carry_on(latest().pk)


WAYS: dict[str, tuple[Callable[[], None], Any, str, int]] = {
    # stage: what is done, and the call within an action, after its writes, at which the process is killed
    "upload": (upload, lists, "store_document", 1),
    "read": (upload, batches, "note", 2),
    "weigh": (upload, batches, "note", 4),
    "confirm": (confirm, PartyList, "save", 1),
    "take": (confirm, batches, "note", 2),
    "undo": (undo, batches, "note", 3),
}


def killed(stage: str) -> None:
    """Go as far as the call in a child, and die there."""
    work, owner, name, turn = WAYS[stage]
    real, turns = getattr(owner, name), iter(range(1, 100))

    def last(*args: Any, **kwargs: Any) -> Any:
        answer = real(*args, **kwargs)
        if next(turns) == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    connections.close_all()
    child = os.fork()
    if not child:
        try:
            setattr(owner, name, last)
            work()
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL, (stage, status)


def standing() -> dict[str, object]:
    done = PartyRow.objects.filter(done=True)
    firms = set(Organization.objects.values_list("pk", flat=True))
    said = Statement.objects.filter(withdrawn=False, field="uscc").values_list("organization", flat=True)
    return {
        "states": [*PartyList.objects.order_by("pk").values_list("state", flat=True)],
        "documents": Document.objects.count(),
        "rows": [listed.rows.count() for listed in PartyList.objects.order_by("pk")],
        "told": [*PartyList.objects.order_by("pk").values_list("row_count", flat=True)],
        "organizations": len(firms),
        "whole": firms == set(said) == set(done.values_list("organization", flat=True)),
        "verbs": [
            verb.split(".", 1)[1] for verb in Entry.objects.order_by("pk").values_list("verb", flat=True)
        ],
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    for stage in WAYS:
        killed(stage)
        after = standing()
        running.lists_going_on()
        seal_journal()
        sys.stdout.write(f"{json.dumps([stage, after, standing(), verify_journal().intact])}\n")


if __name__ == "__main__":
    sys.exit(main())
