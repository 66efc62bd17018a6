# SPDX-License-Identifier: Apache-2.0
"""Telling people, reading, preferences, sending again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.notices.hours import after_quiet, next_at
from kechuang.commons.notices.kinds import notice_kinds
from kechuang.commons.notices.models import Delivery, Notice, NoticePreference, Receipt
from kechuang.commons.notices.permissions import (
    can_keep_own,
    can_read_receipt,
    can_retry_delivery,
    can_send_notice,
)
from kechuang.commons.notices.queries import inbox_of, preferences_of
from kechuang.commons.notices.robots import robots


@action("notices.notice.sent", permission=can_send_notice, silent=("data",))
def send_notice(
    thing: None, actor: Actor, *, kind: str, to: Iterable[User], about: Ref, topic: str, data: dict[str, Any]
) -> Notice:
    """Tell people something (发出消息): each of one ``topic`` once, however often and as whatever it is told.

    Nothing leaves the system here: what goes out by mail or robot waits for ``kechuang tick``.
    """
    del thing, actor
    now = clock.now()
    notice, fresh = Notice.objects.get_or_create(
        key=f"{kind} {topic}",
        defaults={"kind_code": kind, "data": data, "ref_kind": about.kind, "ref_id": about.id, "at": now},
    )
    users = {user.pk: user for user in to if user.is_active}
    told = set(Receipt.objects.filter(user__in=users, topic=topic).values_list("user", flat=True))
    new = [user for key, user in users.items() if key not in told]
    Receipt.objects.bulk_create(Receipt(notice=notice, user=user, topic=topic) for user in new)
    Delivery.objects.bulk_create(_mails(notice, new, now) + (_to_groups(notice, now) if fresh else []))
    note(to=[str(Ref.of(user)) for user in new], about=about)
    return notice


def _mails(notice: Notice, users: list[User], now: dt.datetime) -> list[Delivery]:
    """A mail for each person who has an address and wants one, at the hour he wants it."""
    if not settings.MAIL_ON:
        return []
    wanted = preferences_of(users)
    return [
        Delivery(
            notice=notice, channel=Delivery.MAIL, user=user, not_before=_hour(notice, wanted[user.pk], now)
        )
        for user in users
        if user.email and wanted[user.pk].wants_mail(notice.kind_code)
    ]


def _hour(notice: Notice, wanted: NoticePreference, now: dt.datetime) -> dt.datetime:
    local = timezone.localtime(now)
    if notice.kind.urgent:
        return now
    if wanted.mail == NoticePreference.Mail.DAILY:
        local = next_at(local, settings.NOTICE_DIGEST_AT)
    return after_quiet(local, wanted.quiet_from, wanted.quiet_to)


def _to_groups(notice: Notice, now: dt.datetime) -> list[Delivery]:
    if not notice.kind.for_group:
        return []
    start, end = settings.NOTICE_QUIET
    hour = now if notice.kind.urgent else after_quiet(timezone.localtime(now), start, end)
    return [Delivery(notice=notice, channel=robot.name, not_before=hour) for robot in robots()]


@action("notices.receipt.read", permission=can_read_receipt)
def read_receipt(receipt: Receipt, actor: Actor) -> Receipt:
    """Mark as read (阅读消息)."""
    del actor
    receipt.read_at = receipt.read_at or clock.now()
    receipt.save(update_fields=["read_at"])
    return receipt


@action("notices.inbox.cleared", permission=can_keep_own)
def clear_inbox(thing: None, actor: Actor) -> None:
    """Mark everything as read (全部标为已读)."""
    del thing
    count = inbox_of(actor).filter(read_at__isnull=True).update(read_at=clock.now())
    note(count=count)


@action("notices.preference.set", permission=can_keep_own)
def set_preference(
    thing: None,
    actor: Actor,
    *,
    mail: str,
    quiet_from: dt.time,
    quiet_to: dt.time,
    unmailed: Iterable[str] = (),
) -> NoticePreference:
    """Say how one wants to be told (设定接收方式)."""
    del thing
    chosen = sorted(set(unmailed))
    if mail not in NoticePreference.Mail.values or not set(chosen) <= {kind.code for kind in notice_kinds()}:
        raise Problem(_("没有这种接收方式。"), remedy=_("请刷新页面后重新选择。"), field="mail")
    row, _made = NoticePreference.objects.update_or_create(
        user_id=int(actor.id),
        defaults={"mail": mail, "quiet_from": quiet_from, "quiet_to": quiet_to, "unmailed": chosen},
    )
    return row


@action("notices.delivery.retried", permission=can_retry_delivery)
def retry_delivery(delivery: Delivery, actor: Actor) -> Delivery:
    """Send again what failed or may not have arrived (重新投递)."""
    del actor
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.UNSURE}:
        raise Problem(
            _("这条消息当前状态为“%(state)s”，不需要重新投递。") % {"state": delivery.get_state_display()},
            remedy=_("请刷新页面。"),
        )
    note(before=delivery.state, error=delivery.error)
    delivery.state, delivery.attempts, delivery.error = Delivery.State.WAITING, 0, ""
    delivery.not_before = clock.now()
    delivery.save(update_fields=["state", "attempts", "error", "not_before"])
    return delivery
