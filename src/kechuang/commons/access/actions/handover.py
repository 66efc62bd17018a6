# SPDX-License-Identifier: Apache-2.0
"""When one leaves, another takes over (人员变动移交)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.actions.grants import grant_role
from kechuang.commons.access.lasting import administered
from kechuang.commons.access.models import Grant, GrantRequest, Session, User
from kechuang.commons.access.permissions import can_hand_over
from kechuang.commons.access.queries.grants import grants_between
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("access.account.handed_over", permission=can_hand_over)
def hand_over(user: User, actor: Actor, *, to: User, on: dt.date, reason: str) -> User:
    """From ``on`` the successor holds every grant of the one who leaves, whose account ends that day.

    What waits for an office or a region follows its grants, so the open to-dos move with them. All or nothing: a
    grant the successor may not hold stops the whole, with the reason.
    """
    del reason
    today = timezone.localdate()
    if on < today:
        raise Problem(_("移交日期不能早于今天。"), remedy=_("请更正日期。"), field="on")
    if to.pk == user.pk or not to.works_on(on):
        raise Problem(
            _("不能移交给“%(name)s”：须是另一位在用的账号。") % {"name": to},
            remedy=_("请另选接手人。"),
            field="to",
        )
    moved = grants_between(user, on, None)
    for grant in moved:
        _move(grant, actor, to, on)
    note(grants=[f"{grant.role_id} {grant.scope} {grant.over}" for grant in moved])
    for given in (user.given, user.taken):
        given.filter(until__gt=on).update(until=on)
    GrantRequest.objects.filter(user=user, state=GrantRequest.State.OPEN).update(
        state=GrantRequest.State.DECLINED, settled_at=clock.now()
    )
    user.ends_on = on
    with administered(on):
        user.save(update_fields=["ends_on"])
    if on <= today:
        Session.objects.filter(user=user).delete()
        user.links.filter(closed_at__isnull=True).update(closed_at=clock.now())
    return user


def _move(grant: Grant, actor: Actor, to: User, on: dt.date) -> None:
    """End a grant on the day and give it to the successor, unless he holds it already for as long."""
    own = Grant.objects.filter(user=to, role=grant.role, scope=grant.scope, over=grant.over).first()
    since = on if grant.since is None or grant.since < on else grant.since
    until = grant.until
    if own is not None and (own.until is None or own.until >= since):
        since = min(own.since, since) if own.since else None  # type: ignore[assignment]
        until = None if own.until is None or grant.until is None else max(own.until, grant.until)
    grant_role(to, actor, role=grant.role, scope=grant.scope, over=grant.over, since=since, until=until)
    grant.until = on if grant.since is None or grant.since < on else grant.since
    grant.save(update_fields=["until"])
