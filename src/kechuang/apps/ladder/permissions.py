# SPDX-License-Identifier: Apache-2.0
"""Who may drop in, settle, confirm and undo lists; who entered does not confirm (录入与确认分开)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.queries import has_settled, has_uploaded
from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_upload_list(thing: Any, actor: Actor) -> Verdict:
    """Who enters lists."""
    del thing
    return holds(actor, "ladder.import_list")


def can_settle_row(thing: ListRow | ListImport, actor: Actor) -> Verdict:
    """Who enters lists decides their doubts."""
    del thing
    return holds(actor, "ladder.import_list")


def can_accept_suggestions(listed: ListImport, actor: Actor) -> Verdict:
    """As one by one."""
    return can_settle_row(listed, actor)


def can_discard_list(listed: ListImport, actor: Actor) -> Verdict:
    """Who enters lists may drop one that is not confirmed."""
    del listed
    return holds(actor, "ladder.import_list")


def can_confirm_list(listed: ListImport, actor: Actor) -> Verdict:
    """Somebody other than those who uploaded it or decided a line of it."""
    verdict = holds(actor, "ladder.confirm_list")
    if not verdict or actor.is_system:
        return verdict
    if has_uploaded(listed, actor):
        return refuse(_("上传名单的人不能自己确认，请由另一位有确认权限的人办理。"))
    if has_settled(listed, actor):
        return refuse(_("处理过名单存疑行的人不能确认这份名单，请由另一位有确认权限的人办理。"))
    return ALLOWED


def can_undo_list(listed: ListImport, actor: Actor) -> Verdict:
    """Who may confirm lists may also withdraw one."""
    del listed
    return holds(actor, "ladder.confirm_list")
