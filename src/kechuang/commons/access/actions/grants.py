# SPDX-License-Identifier: Apache-2.0
"""Grants: given, asked for, decided, taken back."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.inputs import checked_term
from kechuang.commons.access.joining import check_joining
from kechuang.commons.access.lasting import administered
from kechuang.commons.access.models import Grant, GrantRequest, Role, User
from kechuang.commons.access.permissions import can_create_account, can_grant_role, can_revoke_grant
from kechuang.commons.access.reach import checked_over
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("access.role.granted", permission=can_grant_role)
def grant_role(
    user: User,
    actor: Actor,
    *,
    role: Role,
    scope: str = Grant.Scope.ALL,
    over: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Grant:
    """Give a role (授权). Raises Problem for an empty term, a scope without its object, and what may not meet."""
    del actor
    if scope not in Grant.Scope.values:
        raise Problem(_("没有范围“%(scope)s”。") % {"scope": scope}, field="scope")
    checked_term(since, until)
    over = checked_over(scope, over)
    check_joining(user, role, since or timezone.localdate(), until)
    note(user=user)
    with administered(until or timezone.localdate()):
        grant, _made = Grant.objects.update_or_create(
            user=user, role=role, scope=scope, over=over, defaults={"since": since, "until": until}
        )
    return grant


@action("access.grant.revoked", permission=can_revoke_grant)
def revoke_grant(grant: Grant, actor: Actor, *, reason: str) -> Grant:
    """Take a role back (收回) at once; what was delegated of it is gone with it."""
    del actor, reason
    note(user=grant.user_id, role=grant.role_id, before=grant.until)
    today = timezone.localdate()
    if grant.until is not None and grant.until <= today:
        raise Problem(_("这项授权已经结束。"), remedy=_("请刷新页面。"))
    grant.until = today
    with administered(today):
        grant.save(update_fields=["until"])
    return grant


@action("access.grant.requested", permission=can_create_account)
def request_grant(
    user: User,
    actor: Actor,
    *,
    role: Role,
    scope: str = Grant.Scope.ALL,
    over: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    reason: str = "",
) -> GrantRequest:
    """Ask the security administrator for a role (授权申请); what would be refused is refused now."""
    if scope not in Grant.Scope.values:
        raise Problem(_("没有范围“%(scope)s”。") % {"scope": scope}, field="scope")
    checked_term(since, until)
    over = checked_over(scope, over)
    check_joining(user, role, since or timezone.localdate(), until)
    asked = {"user": user, "role": role, "scope": scope, "over": over}
    if GrantRequest.objects.filter(**asked, state=GrantRequest.State.OPEN).exists():
        raise Problem(_("同样的授权申请已在办理中。"), remedy=_("请等待安全管理员办理。"), field="role")
    return GrantRequest.objects.create(
        **asked,
        since=since,
        until=until,
        reason=reason[:200],
        asked_by=actor.name,
        asked_at=clock.now(),
    )


@action("access.request.settled", permission=can_grant_role)
def settle_request(request: GrantRequest, actor: Actor, *, granted: bool, reason: str = "") -> GrantRequest:
    """Decide a request (办理授权申请): the grant is made in the same act, or the request is declined with a reason."""
    if request.state != GrantRequest.State.OPEN:
        raise Problem(_("这项申请已经办理。"), remedy=_("请刷新页面。"))
    if not granted and not reason.strip():
        raise Problem(_("不批准须说明原因。"), remedy=_("请填写原因。"), field="reason")
    if granted:
        grant_role(
            request.user,
            actor,
            role=request.role,
            scope=request.scope,
            over=request.over,
            since=request.since,
            until=request.until,
        )
    request.state = GrantRequest.State.GRANTED if granted else GrantRequest.State.DECLINED
    request.settled_at, request.reason = clock.now(), (reason or request.reason)[:200]
    request.save(update_fields=["state", "settled_at", "reason"])
    return request
