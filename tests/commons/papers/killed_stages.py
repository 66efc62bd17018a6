# SPDX-License-Identifier: Apache-2.0
"""A process of its own that hands in a file and issues a paper, killed (SIGKILL) at every stage of both.

Run by ``test_killed_papers.py`` in an empty KECHUANG_VAR; prints one JSON object a stage: what is left, whether the
journal is whole, and what doing it again made.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import django

PDF = "kechuang.commons.papers.actions.as_pdf"
STAGES: dict[str, tuple[str, str]] = {
    "upload: content half on disk": ("upload", "kechuang.commons.documents.storage.os.fsync"),
    "upload: content whole, no row": ("upload", "kechuang.commons.documents.actions.media_type_of"),
    "upload: row written, no entry": ("upload", "kechuang.commons.kernel.actions.record"),
    "upload: entry written, not committed": ("upload", "kechuang.commons.kernel.outbox.post"),
    "issue: number given": ("issue", "kechuang.commons.papers.actions.as_word"),
    "issue: Word kept": ("issue", PDF),
    "issue: both kept": ("issue", "kechuang.commons.papers.actions.note"),
    "issue: entry written, not committed": ("issue", "kechuang.commons.kernel.actions._remember"),
    "issue: committed, nothing followed": ("issue", "kechuang.commons.kernel.outbox.deliver"),
}


def die(*_arguments: object, **_named: object) -> None:
    """As by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(act: Callable[[], object], target: str = "") -> int:
    """Do it in a process of its own that dies where ``target`` is called; the signal that ended it.

    Never in this process: the typesetter's threads would not survive the next fork.
    """
    from django.db import connections  # noqa: PLC0415 -- Django must be set up

    connections.close_all()
    child = os.fork()
    if child == 0:
        with mock.patch(target, die) if target else nullcontext():
            act()
        connections.close_all()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def account() -> dict[str, int]:
    """How much there is of everything that the two acts write."""
    from kechuang.commons.documents.models import Document  # noqa: PLC0415
    from kechuang.commons.kernel.models import Entry, OutboxMessage  # noqa: PLC0415
    from kechuang.commons.papers.models import NumberSeries, Paper  # noqa: PLC0415

    return {
        "documents": Document.objects.count(),
        "entries": Entry.objects.count(),
        "messages": OutboxMessage.objects.count(),
        "numbers": sum(NumberSeries.objects.values_list("last", flat=True)),
        "issued": Paper.objects.exclude(number=None).count(),
    }


def unreadable() -> int:
    """Files whose content is not whole."""
    from kechuang.commons.documents.models import Document  # noqa: PLC0415
    from kechuang.commons.documents.storage import content  # noqa: PLC0415
    from kechuang.commons.kernel.problems import Problem  # noqa: PLC0415

    count = 0
    for digest in Document.objects.values_list("sha256", flat=True):
        try:
            content(digest)
        except Problem:
            count += 1
    return count


def told(stage: str) -> dict[str, Any]:
    """Kill one stage, look, do it again, look."""
    from kechuang.commons.documents.actions import store_document  # noqa: PLC0415
    from kechuang.commons.kernel.actors import Actor  # noqa: PLC0415
    from kechuang.commons.kernel.journal import seal_journal  # noqa: PLC0415
    from kechuang.commons.kernel.verification import verify_journal  # noqa: PLC0415
    from kechuang.commons.papers import actions  # noqa: PLC0415
    from kechuang.commons.papers.models import Paper  # noqa: PLC0415

    system, (kind, target) = Actor.system("test"), STAGES[stage]
    paper = actions.draft_paper(None, system, code="month", issuer="云川市科学技术局")
    checked = {"state": Paper.State.SIGNING, "drafted_by_id": "drafter", "checked_by_id": "checker"}
    Paper.objects.filter(pk=paper.pk).update(**checked)
    number = Paper.objects.count()

    def act() -> object:
        if kind == "upload":
            return store_document(None, system, name=f"{number}.txt", data=f"内容 {stage}".encode())
        fresh = Paper.objects.get(pk=paper.pk)
        return actions.issue_paper(fresh, system) if fresh.state == Paper.State.SIGNING else None

    before = account()
    ended = in_a_child(act, target)
    after = account()
    in_a_child(act)
    again = account()
    seal_journal()
    return {
        "ended": ended,
        "left": {name: after[name] - before[name] for name in before if after[name] != before[name]},
        "again": {name: again[name] - before[name] for name in before if again[name] != before[name]},
        "unreadable": unreadable(),
        "intact": verify_journal().intact,
    }


def prepare() -> None:
    """A template and what it is filled from."""
    from kechuang.commons.kernel import clock  # noqa: PLC0415
    from kechuang.commons.papers.markup import Value  # noqa: PLC0415
    from kechuang.commons.papers.sources import sources  # noqa: PLC0415
    from kechuang.commons.releases.models import Release  # noqa: PLC0415

    sources.fill("test.month", lambda _about, _day, _viewer: {"n": Value("1,836", "高新技术企业")})
    content = {
        "code": "month", "name": "月报", "values": "test.month", "numbering": "演月报〔{year}〕{seq}号",
        "title": "高企{n}家", "body": "共{n}家。",
    }  # fmt: skip
    Release.objects.create(
        kind="paper_template",
        code="month",
        number="1",
        pack="test",
        sha256="0" * 64,
        released_at=clock.now(),
        content=content,
    )


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    prepare()
    Path(sys.argv[1]).write_text(json.dumps({stage: told(stage) for stage in STAGES}))
