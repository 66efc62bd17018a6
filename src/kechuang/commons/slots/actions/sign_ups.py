# SPDX-License-Identifier: Apache-2.0
"""Anybody signs up for a session (公众报名), without an account: the link that is given is the only way back.

The seat is one like any other: the database gives it once, to one person, within the quota.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.access import tokens
from kechuang.commons.access.inputs import checked_email
from kechuang.commons.access.models import Purpose
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, TooMany
from kechuang.commons.slots.models import Booking, Session
from kechuang.commons.slots.permissions import can_keep_sign_up, can_sign_up
from kechuang.commons.slots.seating import Elsewhere, Guest, forget, require_not_come, seat, unseat

AN_HOUR, MOST_AN_HOUR, HELD = dt.timedelta(hours=1), 10, dt.timedelta(minutes=30)


@action(
    "slots.booking.signed_up",
    permission=can_sign_up,
    personal=("name", "phone", "email"),
    silent=("sender", "by_mail"),
)
def sign_up(  # noqa: PLR0913 -- what a guest says of himself, and how he came
    session: Session,
    actor: Actor,
    *,
    name: str,
    phone: str,
    organization: str,
    email: str,
    purpose: Purpose,
    sender: str,
    by_mail: bool,
) -> Booking:
    """Take a seat (公众报名); ``token`` of the result is shown or mailed once.

    Where mail goes, the seat is held for half an hour until the link is opened and confirmed. Raises TooMany for the
    eleventh in an hour from one place. What is answered for a phone that is taken does not say where its owner is.
    """
    place, now = tokens.digest_of(sender), clock.now()
    if Booking.objects.filter(sender=place, made_at__gt=now - AN_HOUR).count() >= MOST_AN_HOUR:
        raise TooMany(_("提交过于频繁。"), remedy=_("请一小时后再试，或联系主办处室。"))
    if not purpose.current:
        raise Problem(_("告知内容已更新。"), remedy=_("请刷新页面，阅读后再同意。"), field="agree")
    address, token = checked_email(email), tokens.new_token()
    if by_mail and not address:
        raise Problem(_("请填写电子邮箱。"), remedy=_("确认链接发到这个邮箱。"), field="email")
    try:
        booking = seat(
            session,
            actor,
            Guest(name, phone, organization, address),
            purpose=purpose,
            digest=tokens.digest_of(token),
            sender=place,
            confirm_by=now + HELD if by_mail else None,
        )
    except Elsewhere:
        raise Problem(
            _("不能用这个手机号报名这个场次。"),
            remedy=_("如已报名，请用当时得到的链接查看；否则请联系主办处室。"),
            field="phone",
        ) from None
    booking.token = token
    return booking


@action("slots.booking.confirmed", permission=can_keep_sign_up)
def confirm_sign_up(booking: Booking, actor: Actor) -> Booking:
    """The guest opened the link that was mailed and confirms (报名确认)."""
    del actor
    if booking.cancelled_at is not None or (booking.confirm_by and booking.confirm_by < clock.now()):
        raise Problem(_("已退出，或超过确认时限，座次已让出。"), remedy=_("请重新报名。"))
    booking.confirm_by = None
    booking.save(update_fields=["confirm_by"])
    return booking


@action("slots.booking.withdrawn", permission=can_keep_sign_up)
def withdraw_sign_up(booking: Booking, actor: Actor) -> Booking:
    """The guest gives the seat back (退出报名); what he said of himself is forgotten with it."""
    del actor
    require_not_come(booking)
    unseat(booking)
    forget(booking)
    return booking
