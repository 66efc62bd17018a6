# SPDX-License-Identifier: Apache-2.0
"""What an actor may do, with a reason (授权判断)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.models import Grant
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.ui.navigation import NavItem


@dataclass(frozen=True, slots=True)
class Held:
    """One grant in force: the role's name and permissions, and how far it reaches."""

    role: str
    role_name: str
    permissions: frozenset[str]
    scope: str
    over: str


def held_by(actor: Actor) -> tuple[Held, ...]:
    """The grants in force today (one query per actor and request)."""
    if actor.is_system or not actor.id:
        return ()
    if "grants" not in actor.memo:
        day = clock.now().date()
        rows = Grant.objects.filter(
            Q(since__isnull=True) | Q(since__lte=day),
            Q(until__isnull=True) | Q(until__gt=day),
            user_id=actor.id,
            user__is_active=True,
        ).select_related("role")
        actor.memo["grants"] = tuple(
            Held(row.role.code, row.role.name, frozenset(row.role.permissions), row.scope, row.over)
            for row in rows
        )
    held: tuple[Held, ...] = actor.memo["grants"]
    return held


def holds(actor: Actor, permission: str, *, over: Ref | None = None) -> Verdict:
    """Whether the actor holds ``permission``, over the given unit, region or thing where one is named."""
    if actor.is_system:
        return ALLOWED
    if not actor.id:
        return refuse(_("请先登录。"))
    grants = [held for held in held_by(actor) if permission in held.permissions]
    if not grants:
        return refuse(
            _("您的角色没有这项权限（%(permission)s），如需办理请联系安全管理员。")
            % {"permission": permission}
        )
    if over is None or any(held.scope == Grant.Scope.ALL or held.over == str(over) for held in grants):
        return ALLOWED
    return refuse(_("这项内容不在您的授权范围内。"))


def scope_of(actor: Actor, permission: str) -> tuple[bool, frozenset[str]]:
    """For lists: whether the permission reaches everything, and else the refs it reaches."""
    if actor.is_system:
        return True, frozenset()
    grants = [held for held in held_by(actor) if permission in held.permissions]
    return (
        any(held.scope == Grant.Scope.ALL for held in grants),
        frozenset(held.over for held in grants if held.over),
    )


def ids_in_scope(actor: Actor, permission: str, kind: str) -> tuple[bool, frozenset[str]]:
    """As ``scope_of``, with the primary keys of one kind ("parties.unit")."""
    everything, refs = scope_of(actor, permission)
    return everything, frozenset(ref.partition(":")[2] for ref in refs if ref.startswith(f"{kind}:"))


def may_open(request: HttpRequest, item: NavItem) -> bool:
    """Whether the viewer may open a page of the navigation: the guard of its address says."""
    guard = getattr(resolve(reverse(item.url_name)).func, "guard", None)
    return guard is not None and bool(guard.verdict(request.actor))  # type: ignore[attr-defined]
