# SPDX-License-Identifier: Apache-2.0
"""Sending what waits (投递): each delivery is claimed, sent and marked, so that nobody is told twice.

A process that dies between claiming and marking leaves a delivery of which nobody knows whether it went out: it is
shown to the administrator as unsure and never sent again by itself. A failure is tried again later, ever more rarely.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import visible_to
from kechuang.commons.kernel.ticks import ticking
from kechuang.commons.notices.models import Delivery, Receipt
from kechuang.commons.notices.queries import due_deliveries
from kechuang.commons.notices.robots import MOST_A_MINUTE, NotDelivered, robot, say

MOST_ATTEMPTS = 8
LOST_AFTER = dt.timedelta(minutes=10)
State = Delivery.State


@ticking("notices", gettext_lazy("发送消息"))
def send_waiting() -> int:
    """Send everything that is due; returns how many deliveries went out."""
    now = clock.now()
    Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - LOST_AFTER).update(
        state=State.UNSURE, error=_("发送途中程序中断，不知对方是否收到")
    )
    mails: dict[User, list[Delivery]] = defaultdict(list)
    count = 0
    for delivery in due_deliveries(now):
        if delivery.user is not None:
            mails[delivery.user].append(delivery)
        else:
            count += _tell_group(delivery, now)
    if mails:
        count += _mail_all(mails, now)
    return count


def _tell_group(delivery: Delivery, now: dt.datetime) -> int:
    told = robot(delivery.channel)
    if told is None:
        return _skip([delivery], _("这个群机器人已不在设置中"))
    lately = Delivery.objects.filter(channel=told.name, claimed_at__gt=now - dt.timedelta(minutes=1))
    if lately.count() >= MOST_A_MINUTE:
        return 0  # the next tick says it
    claimed = list(_claimed([delivery], now))
    if not claimed:
        return 0
    try:
        say(told, delivery.notice.subject, _address(delivery))
    except NotDelivered as problem:
        return _failed(claimed, str(problem), now)
    return _sent(claimed)


def _mail_all(mails: dict[User, list[Delivery]], now: dt.datetime) -> int:
    """One mail a person, whatever waits for him; one connection for all, and its failure is the failure of all."""
    if not settings.MAIL_ON:
        return sum(_skip(waiting, _("系统没有启用邮件")) for waiting in mails.values())
    connection = get_connection()
    try:
        connection.open()
    except Exception as problem:  # noqa: BLE001 -- as below
        every = [one for waiting in mails.values() for one in waiting]
        return _failed(list(_claimed(every, now)), f"{type(problem).__name__}: {problem}", now)
    try:
        return sum(_mail(user, waiting, now, connection) for user, waiting in mails.items())
    finally:
        connection.close()


def _mail(user: User, waiting: list[Delivery], now: dt.datetime, connection: BaseEmailBackend) -> int:
    wanted = list(_still_wanted(user, waiting))
    claimed = list(_claimed(wanted, now))
    if not claimed:
        return 0
    subject, body = _words(claimed)
    message = EmailMessage(
        subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        headers={"Message-ID": f"<kechuang-{claimed[0].pk}-{claimed[0].attempts}@notices>"},
        connection=connection,
    )
    try:
        message.send()
    except Exception as problem:  # noqa: BLE001 -- a mail server fails in many ways; the reason is kept and shown
        return _failed(claimed, f"{type(problem).__name__}: {problem}", now)
    return _sent(claimed)


def _still_wanted(user: User, waiting: list[Delivery]) -> Iterator[Delivery]:
    """What the person has not read meanwhile and may still open."""
    unread = set(
        Receipt.objects.filter(user=user, notice__in=[one.notice_id for one in waiting], read_at__isnull=True)
        .values_list("notice", flat=True)
    )  # fmt: skip
    seen = visible_to(actor_of(user), [one.notice.ref for one in waiting]) if user.is_active else {}
    for one in waiting:
        if one.notice_id not in unread:
            _skip([one], _("已在系统内阅读"))
        elif one.notice.ref not in seen or not user.email:
            _skip([one], _("收件人已不能查看这项内容，或没有邮箱"))
        else:
            yield one


def _words(waiting: list[Delivery]) -> tuple[str, str]:
    """The subject and text of a mail: of one notice, or of several as a digest."""
    product = str(settings.PRODUCT_NAME)
    if len(waiting) == 1:
        notice = waiting[0].notice
        text = "\n\n".join(part for part in (notice.body, _address(waiting[0])) if part)
        return f"{product}：{notice.subject}", text
    lines = [f"{number}. {one.notice.subject}\n   {_address(one)}" for number, one in enumerate(waiting, 1)]
    subject = _("%(product)s：%(count)s 条消息") % {"product": product, "count": len(waiting)}
    return subject, "\n\n".join(lines)


def _address(delivery: Delivery) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('notices:notice-open', args=[delivery.notice_id])}"


def _claimed(waiting: Iterable[Delivery], now: dt.datetime) -> Iterator[Delivery]:
    """Those this process got: two processes never send the same."""
    for one in waiting:
        mine = Delivery.objects.filter(pk=one.pk, state=State.WAITING)
        if mine.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
            one.attempts += 1
            yield one


def _sent(claimed: list[Delivery]) -> int:
    keys = [one.pk for one in claimed]
    return Delivery.objects.filter(pk__in=keys).update(state=State.SENT, sent_at=timezone.now(), error="")


def _skip(waiting: list[Delivery], why: str) -> int:
    keys = [one.pk for one in waiting]
    Delivery.objects.filter(pk__in=keys, state=State.WAITING).update(state=State.SKIPPED, error=why)
    return 0


def _failed(claimed: list[Delivery], why: str, now: dt.datetime) -> int:
    """Again after 1, 2, 4, 8 … minutes; in the end it waits for the administrator."""
    for one in claimed:
        given_up = one.attempts >= MOST_ATTEMPTS
        Delivery.objects.filter(pk=one.pk).update(
            state=State.FAILED if given_up else State.WAITING,
            not_before=now + dt.timedelta(minutes=2 ** (one.attempts - 1)),
            error=why[:300],
        )
    return 0
