# SPDX-License-Identifier: Apache-2.0
"""A person on a seat and off it again (落座), whoever asks for it; used by actions alone.

A seat that was taken without an account is held for a while until its guest confirms; what has lapsed is given to
whoever comes next, and what was personal in it is forgotten.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kechuang.commons.access.erasing import destroy_key
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.slots.models import Booking, CheckIn, Session

PHONE = re.compile(r"\+?[0-9]{6,15}")
PERSONAL = ("name", "organization", "phone_sealed", "email_sealed")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes."""

    name: str
    phone: str
    organization: str = ""
    email: str = ""


class Elsewhere(Problem):
    """The person has a seat at the same time."""


def require_held(session: Session) -> None:
    """Raise Problem where a session was called off."""
    if session.cancelled_at is not None:
        raise Problem(_("这个场次已取消。"), remedy=_("请选择其他场次。"))


def require_not_come(booking: Booking) -> None:
    """Raise Problem where the person has come: what happened stays as it is."""
    if CheckIn.objects.filter(booking=booking).exists():
        raise Problem(_("已签到，不能退出。"), remedy=_("请如实保留。"))


def seat(session: Session, actor: Actor, guest: Guest, **more: object) -> Booking:
    """The first free seat of a locked session for a person; ``more`` are further columns of the booking."""
    require_held(session)
    if session.ends <= _now():
        raise Problem(_("这个场次已经结束，不能再预约。"), remedy=_("请选择其他场次。"))
    name, number = guest.name.strip(), guest.phone.replace(" ", "").replace("-", "")
    if not name:
        raise Problem(_("请填写姓名。"), remedy=_("写明到场的人。"), field="name")
    if not PHONE.fullmatch(number):
        raise Problem(_("手机号码写得不对。"), remedy=_("请填写 6 至 15 位数字。"), field="phone")
    person = person_of(number)
    lapse(Q(session=session) | Q(person=person))
    taken = set(session.bookings.filter(cancelled_at=None).values_list("seat", flat=True))
    free = next((place for place in range(1, session.quota + 1) if place not in taken), None)
    if free is None:
        raise Problem(
            _("“%(title)s”的 %(quota)s 个名额已满。") % {"title": session, "quota": session.quota},
            remedy=_("请选择其他场次，或等有人退出。"),
        )
    booking = Booking(
        session=session,
        seat=free,
        name=name[:40],
        organization=guest.organization.strip()[:100],
        person=person,
        starts=session.starts,
        ends=session.ends,
        by=actor.name,
        by_id=actor.id,
        made_at=clock.now(),
        **more,
    )
    booking.phone, booking.email = number, guest.email
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError:
        raise Elsewhere(
            _("这个人在同一时间已有预约。"), remedy=_("同一时间只能在一处，请先退出那一场。"), field="phone"
        ) from None
    return booking


def unseat(booking: Booking) -> None:
    """The seat is free again. Raises Problem where it was before."""
    if booking.cancelled_at is not None:
        raise Problem(_("这份预约已经退出。"), remedy=_("请刷新页面。"))
    booking.cancelled_at = clock.now()
    booking.save(update_fields=["cancelled_at"])


def lapse(among: Q) -> int:
    """Free the seats of those who did not confirm in time; how many there were."""
    now = clock.now()
    rows = list(Booking.objects.filter(among, cancelled_at=None, confirm_by__lt=now).select_for_update())
    for booking in rows:
        unseat(booking)
        forget(booking)
    return len(rows)


def forget(booking: Booking) -> None:
    """Empty what is personal; that a seat was taken, and when, stays."""
    for name in PERSONAL:
        setattr(booking, name, "")
    booking.person = f"-{booking.pk}"  # nobody, and not the same nobody as another
    booking.save(update_fields=[*PERSONAL, "person"])
    destroy_key(Ref.of(booking))


def person_of(phone: str) -> str:
    """By what a person is known here, without keeping the number in the open."""
    return salted_hmac("slots.person", phone, algorithm="sha256").hexdigest()


def _now() -> dt.datetime:
    """The beginning of the business day: a set clock decides what is over."""
    return timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))
