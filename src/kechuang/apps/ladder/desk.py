# SPDX-License-Identifier: Apache-2.0
"""To-dos of the ladder: doubts to settle, lists that wait for a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport
from kechuang.apps.ladder.permissions import can_upload_list
from kechuang.apps.ladder.queries import drafts_on
from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk


@desk("ladder")
def list_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """What the drafts ask of this person: who enters settles the doubts, somebody else confirms."""
    enters, confirms = can_upload_list(None, actor), holds(actor, "ladder.confirm_list")
    if not (enters or confirms):
        return
    for draft in drafts_on(day, actor):
        if draft.waiting and enters:
            words = _("还有 %(count)s 行存疑，请逐行决定或采纳建议") % {"count": draft.waiting}
            yield _todo(draft.listed, words)
        elif not draft.waiting and confirms and not draft.touched:
            yield _todo(draft.listed, _("存疑行已处理完，请核对后确认登记"))


def _todo(listed: ListImport, why: str) -> Todo:
    return Todo(
        listed.title,
        why,
        reverse("ladder:list-detail", args=[listed.pk]),
        light="yellow",
        group=str(listed.kind),
    )
