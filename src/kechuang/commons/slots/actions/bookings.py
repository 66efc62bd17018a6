# SPDX-License-Identifier: Apache-2.0
"""Seats booked and given back by those who have an account; people checked in."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.slots.models import Booking, CheckIn, Rating, Session
from kechuang.commons.slots.permissions import (
    can_cancel_booking,
    can_check_in,
    can_make_booking,
    can_rate_session,
)
from kechuang.commons.slots.seating import Guest, require_not_come, seat, unseat


@action("slots.booking.made", permission=can_make_booking, personal=("name", "phone"))
def make_booking(session: Session, actor: Actor, *, name: str, phone: str, organization: str = "") -> Booking:
    """Take the first free seat for a person (报名); the session is locked, so that the last seat goes to one."""
    return seat(session, actor, Guest(name, phone, organization))


@action("slots.booking.cancelled", permission=can_cancel_booking)
def cancel_booking(booking: Booking, actor: Actor) -> Booking:
    """Give a seat back (退出预约)."""
    del actor
    require_not_come(booking)
    unseat(booking)
    return booking


@action("slots.booking.checked_in", permission=can_check_in)
def check_in(booking: Booking, actor: Actor) -> CheckIn:
    """Somebody came (签到): once, on the day of the session; a code shown again is refused."""
    if booking.cancelled_at is not None:
        raise Problem(_("这份预约已退出，不能签到。"), remedy=_("请现场另行预约。"))
    if booking.confirm_by is not None:
        raise Problem(_("这份报名还没有由本人确认，不能签到。"), remedy=_("请本人从邮件中的链接确认。"))
    before = CheckIn.objects.filter(booking=booking).first()
    if before is not None:
        when = before.at.astimezone().strftime("%m-%d %H:%M")
        raise Problem(
            _("这份凭证已于%(when)s由%(by)s核验签到，不能再用。") % {"when": when, "by": before.by},
            remedy=_("请核对是否被他人使用。"),
        )
    day = clock.today()
    if not timezone.localdate(booking.starts) <= day <= timezone.localdate(booking.ends):
        raise Problem(
            _("这个场次在%(day)s举办，今天不能签到。") % {"day": timezone.localdate(booking.starts)},
            remedy=_("请在当天签到。"),
        )
    return CheckIn.objects.create(booking=booking, at=clock.now(), by=actor.name)


@action("slots.booking.rated", permission=can_rate_session)
def rate_session(booking: Booking, actor: Actor, *, word: str) -> Rating:
    """Who came says what he thought of it (现场评价), once."""
    del actor
    if not CheckIn.objects.filter(booking=booking).exists():
        raise Problem(_("到场签到以后才能评价。"), remedy=_("请先在现场签到。"))
    if word not in Rating.Word.values:
        raise Problem(_("请选择一项评价。"), remedy=_("满意、基本满意或不满意。"), field="word")
    if Rating.objects.filter(booking=booking).exists():
        raise Problem(_("这份凭证已经评价过。"), remedy=_("评价只收一次。"))
    return Rating.objects.create(booking=booking, word=word, at=clock.now())
