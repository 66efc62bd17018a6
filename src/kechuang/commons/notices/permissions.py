# SPDX-License-Identifier: Apache-2.0
"""Who may tell, read his own, and look after what is sent."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.notices.models import Receipt


def can_send_notice(thing: Any, actor: Actor) -> Verdict:
    """Notices follow from what happened; the program itself sends them."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("消息由系统根据办理情况发出，不能人工发送。"))


def can_read_receipt(receipt: Receipt, actor: Actor) -> Verdict:
    """Everyone his own."""
    own = bool(actor.id) and str(receipt.user_id) == actor.id
    return ALLOWED if own else refuse(_("这不是发给您的消息。"))


def can_keep_own(thing: Any, actor: Actor) -> Verdict:
    """Everyone signed in: it touches only his own inbox and preferences."""
    del thing
    return ALLOWED if actor.id and not actor.is_system else refuse(_("请先登录。"))


def can_retry_delivery(thing: Any, actor: Actor) -> Verdict:
    """Who looks after the system (系统管理员)."""
    del thing
    return holds(actor, "notices.retry_delivery")
