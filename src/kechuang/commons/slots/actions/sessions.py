# SPDX-License-Identifier: Apache-2.0
"""Sessions opened, changed, cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots.models import CheckIn, Session
from kechuang.commons.slots.permissions import can_keep_session
from kechuang.commons.slots.seating import require_held

MOST_SEATS, MOST_AT_ONCE = 20_000, 200


@action("slots.session.opened", permission=can_keep_session)
def open_session(  # noqa: PLR0913 -- the facts of a session
    thing: None,
    actor: Actor,
    *,
    about: Ref,
    unit: Unit | None,
    title: str,
    place: str,
    starts: dt.datetime,
    ends: dt.datetime,
    quota: int,
) -> Session:
    """Open a session (设场次) of a thing, at a place that is free then."""
    del thing
    session = Session(ref_kind=about.kind, ref_id=about.id, unit=unit)
    verdict = can_keep_session(session, actor)
    if not verdict:
        raise Refused(verdict)
    _arrange(session, title, place, starts, ends, quota)
    return session


@action("slots.sessions.opened", permission=can_keep_session)
def open_grid(  # noqa: PLR0913 -- the facts of a grid
    thing: None,
    actor: Actor,
    *,
    about: Ref,
    unit: Unit | None,
    title: str,
    places: Sequence[str],
    starts: dt.datetime,
    ends: dt.datetime,
    minutes: int,
    pause: int,
    quota: int,
) -> int:
    """Open sessions of so many minutes one after another at several places (成批设场次), all of them or none."""
    del thing
    if minutes < 1 or pause < 0:
        raise Problem(_("每场至少一分钟。"), remedy=_("请核对每场时长和间隔。"), field="minutes")
    if not title.strip():
        raise Problem(_("请填写“%(words)s”。") % {"words": _("场次名称")}, remedy="", field="title")
    length, step = dt.timedelta(minutes=minutes), dt.timedelta(minutes=minutes + pause)
    rounds = max(0, (ends - starts + step - length) // step)
    if not 1 <= rounds * len(places) <= MOST_AT_ONCE:
        words = {"count": rounds * len(places), "most": MOST_AT_ONCE}
        raise Problem(
            _("这样会设 %(count)s 个场次，须在 1 至 %(most)s 个之间。") % words,
            remedy=_("请核对起止时间、每场时长和地点。"),
            field="ends",
        )
    verdict = can_keep_session(Session(unit=unit), actor)
    if not verdict:
        raise Refused(verdict)
    for begins in (starts + number * step for number in range(rounds)):
        for place in places:
            session = Session(ref_kind=about.kind, ref_id=about.id, unit=unit)
            at = timezone.localtime(begins).strftime("%H:%M")
            _arrange(session, f"{title.strip()} {place} {at}", place, begins, begins + length, quota)
    note(about=about, count=rounds * len(places))
    return rounds * len(places)


@action("slots.session.revised", permission=can_keep_session)
def revise_session(
    session: Session,
    actor: Actor,
    *,
    title: str,
    place: str,
    starts: dt.datetime,
    ends: dt.datetime,
    quota: int,
) -> Session:
    """Change a session (调整场次); those who booked move with it, if none of them is elsewhere then."""
    del actor
    require_held(session)
    note(
        before={
            "place": session.place,
            "starts": session.starts,
            "ends": session.ends,
            "quota": session.quota,
        }
    )
    taken = session.bookings.filter(cancelled_at=None).order_by("-seat").first()
    if taken is not None and quota < taken.seat:
        raise Problem(
            _("已有 %(seat)s 号座次被预约，名额不能少于这个数。") % {"seat": taken.seat},
            remedy=_("请先取消多出的预约。"),
            field="quota",
        )
    moved = (session.starts, session.ends) != (starts, ends)
    _arrange(session, title, place, starts, ends, quota)
    if moved:
        try:
            with transaction.atomic():
                session.bookings.filter(cancelled_at=None).update(starts=starts, ends=ends)
        except IntegrityError:
            raise Problem(
                _("有人在新的时间已预约其他场次。"), remedy=_("请另选时间，或先与其商定。"), field="starts"
            ) from None
    return session


@action("slots.session.cancelled", permission=can_keep_session)
def cancel_session(session: Session, actor: Actor, *, reason: str) -> Session:
    """Call a session off (取消场次); its bookings end with it."""
    del actor
    require_held(session)
    if not reason.strip():
        raise Problem(_("请写明取消原因。"), remedy=_("预约的人会看到。"), field="reason")
    if CheckIn.objects.filter(booking__session=session).exists():
        raise Problem(_("已有人签到，这个场次不能取消。"), remedy=_("请如实保留。"))
    session.cancelled_at = clock.now()
    session.save(update_fields=["cancelled_at"])
    session.bookings.filter(cancelled_at=None).update(cancelled_at=session.cancelled_at)
    return session


def _arrange(
    session: Session, title: str, place: str, starts: dt.datetime, ends: dt.datetime, quota: int
) -> None:
    for value, field, words in ((title, "title", _("场次名称")), (place, "place", _("地点"))):
        if not value.strip():
            raise Problem(_("请填写“%(words)s”。") % {"words": words}, remedy="", field=field)
    if not starts < ends:
        raise Problem(_("结束须晚于开始。"), remedy=_("请核对时间。"), field="ends")
    if not 1 <= quota <= MOST_SEATS:
        raise Problem(
            _("名额须在 1 至 %(most)s 之间。") % {"most": MOST_SEATS}, remedy=_("请核对。"), field="quota"
        )
    session.title, session.place = title.strip()[:100], " ".join(place.split())[:100]
    session.starts, session.ends, session.quota = starts, ends, quota
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        raise Problem(
            _("“%(place)s”在这个时间已有场次。") % {"place": session.place},
            remedy=_("请换一个地点或时间。"),
            field="place",
        ) from None
