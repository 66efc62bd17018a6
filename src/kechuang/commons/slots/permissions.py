# SPDX-License-Identifier: Apache-2.0
"""Who keeps sessions, books a seat, gives one back, checks people in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots.models import Booking, Session
from kechuang.commons.slots.ports import is_bookable, welcome_of

KEEP = "slots.keep_session"


def can_keep_session(session: Session | None, actor: Actor) -> Verdict:
    """The office that holds a session keeps it and checks people in."""
    return _kept_by(session.unit if session else None, actor)


def _kept_by(unit: Unit | None, actor: Actor, permission: str = KEEP) -> Verdict:
    verdict = holds(actor, permission)
    if not verdict or unit is None:
        return verdict
    over = holds(actor, permission, over=Ref.of(unit))
    return over or refuse(_("这个场次由%(unit)s举办，请由该处室办理。") % {"unit": unit})


def can_make_booking(session: Session, actor: Actor) -> Verdict:
    """Whoever may book, while what the session belongs to takes bookings (报名)."""
    return first_refusal(holds(actor, "slots.make_booking"), is_bookable(session.about))


def can_sign_up(session: Session, actor: Actor) -> Verdict:
    """Anybody, for what is open to everybody and takes bookings (公众报名)."""
    del actor
    welcome = welcome_of(session.about)
    return welcome.verdict if welcome else refuse(_("这个场次不对公众开放报名。"))


def can_keep_sign_up(booking: Booking, actor: Actor) -> Verdict:
    """Who holds the guest's link, whoever he is; the page asks for the link."""
    return ALLOWED if actor.is_system and booking.digest else refuse(_("请从报名时得到的链接进入。"))


def can_cancel_booking(booking: Booking, actor: Actor) -> Verdict:
    """Who made it gives it back, and the office that holds the session."""
    if actor.id and booking.by_id in actor.persons:
        return ALLOWED
    return _kept_by(booking.session.unit, actor)


def can_rate_session(booking: Booking, actor: Actor) -> Verdict:
    """Who holds the ticket, whoever he is (评价); never the office that holds the session."""
    if not actor.is_system and _kept_by(booking.session.unit, actor):
        return refuse(_("主办处室不能代来宾评价，请来宾从自己的凭证页评价。"))
    return ALLOWED


def can_unmask_booking(booking: Booking, actor: Actor) -> Verdict:
    """The office that holds the session sees whom to call, for a purpose; each look is journaled."""
    return _kept_by(booking.session.unit, actor, "slots.unmask_booking")


def can_check_in(booking: Booking, actor: Actor) -> Verdict:
    """The office that holds the session (签到)."""
    return _kept_by(booking.session.unit, actor)
