# SPDX-License-Identifier: Apache-2.0
"""Acting for a colleague who is away (委托代办)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.inputs import checked_term
from kechuang.commons.access.joining import check_duties, check_families
from kechuang.commons.access.models import Delegation, Grant, Role, User
from kechuang.commons.access.permissions import can_delegate, can_end_delegation
from kechuang.commons.access.queries.grants import delegated_between, grants_between
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

LONGEST = dt.timedelta(days=184)


@action("access.delegation.given", permission=can_delegate)
def delegate(
    giver: User,
    actor: Actor,
    *,
    deputy: User,
    grants: Collection[Grant],
    permissions: Collection[str],
    since: dt.date,
    until: dt.date,
    reason: str,
) -> Delegation:
    """Let a colleague act with some of one's permissions from a day to a day (exclusive).

    Raises Problem for the rights of an administrator, for a deputy who is one or who does not work, for a term
    without days, past or too long, and where the deputy would join duties kept apart.
    """
    del actor
    _check_term(since, until)
    _check_deputy(giver, deputy, since, until)
    wanted = _checked_permissions(giver, grants, permissions, since)
    held = {name for grant in grants_between(deputy, since, until) for name in grant.role.permissions}
    check_duties(wanted, held | delegated_between(deputy, since, until))
    delegation = Delegation.objects.create(
        giver=giver,
        deputy=deputy,
        permissions=sorted(wanted),
        since=since,
        until=until,
        reason=reason[:200],
    )
    delegation.grants.set(grants)
    note(giver=giver)
    return delegation


def _check_term(since: dt.date, until: dt.date) -> None:
    checked_term(since, until)
    if until <= timezone.localdate():
        raise Problem(_("委托期限已经过去。"), remedy=_("请更正日期。"), field="last")
    if until - since > LONGEST:
        raise Problem(
            _("一次委托不超过 %(days)s 天。") % {"days": LONGEST.days},
            remedy=_("长期变动请由安全管理员调整授权或移交。"),
            field="last",
        )


def _check_deputy(giver: User, deputy: User, since: dt.date, until: dt.date) -> None:
    if deputy.pk == giver.pk or not deputy.works_on(since):
        raise Problem(
            _("不能委托给“%(name)s”：须是另一位在用的账号。") % {"name": deputy},
            remedy=_("请另选代办人。"),
            field="deputy",
        )
    for grant in grants_between(deputy, since, until):
        if grant.role.family != Role.Family.BUSINESS:
            raise Problem(
                _("“%(name)s”是管理员账号，不能代办业务。") % {"name": deputy},
                remedy=_("请另选代办人。"),
                field="deputy",
            )


def _checked_permissions(
    giver: User, grants: Collection[Grant], permissions: Collection[str], day: dt.date
) -> set[str]:
    """What is delegated of what the giver himself holds."""
    own = {grant.pk for grant in grants_between(giver, day, None)}
    if not grants or any(grant.pk not in own for grant in grants):
        raise Problem(_("只能委托本人持有的授权。"), remedy=_("请选择至少一项本人的授权。"), field="grants")
    for grant in grants:
        if grant.role.family != Role.Family.BUSINESS:
            raise Problem(_("管理员的权限不能委托。"), remedy=_("请只选择业务角色。"), field="grants")
        check_families(grant.role, grants)
    offered = {name for grant in grants for name in grant.role.permissions}
    wanted = set(permissions)
    if not wanted or wanted - offered:
        raise Problem(
            _("所选权限不在所委托的角色之内。"), remedy=_("请至少选择一项所列的权限。"), field="permissions"
        )
    return wanted


@action("access.delegation.ended", permission=can_end_delegation)
def end_delegation(delegation: Delegation, actor: Actor) -> Delegation:
    """End a delegation before its day (提前结束)."""
    del actor
    if delegation.ended_at is not None:
        raise Problem(_("这项委托已经结束。"), remedy=_("请刷新页面。"))
    delegation.ended_at = clock.now()
    delegation.save(update_fields=["ended_at"])
    return delegation
