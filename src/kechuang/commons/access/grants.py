# SPDX-License-Identifier: Apache-2.0
"""What an actor may do, with a reason (授权判断)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.actors import USER_KIND
from kechuang.commons.access.models import Delegation, Grant, Role
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.ui.navigation import NavItem


@dataclass(frozen=True, slots=True)
class Held:
    """One grant in force: the role's name, family and permissions, and how far it reaches."""

    role: str
    role_name: str
    family: str
    permissions: frozenset[str]
    scope: str
    over: str


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Rows whose half-open term [since, until) holds a day; an open end is open."""
    since, until = f"{prefix}since", f"{prefix}until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day})
    )


def working(day: dt.date, prefix: str = "user__") -> Q:
    """Rows whose account may be used on a day."""
    ends = f"{prefix}ends_on"
    return Q(**{f"{prefix}is_active": True}) & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day}))


def held_by(actor: Actor) -> tuple[Held, ...]:
    """The grants in force today, in real time; on behalf of another, only those delegated.

    One query per actor and request.
    """
    if actor.is_system or not actor.id:
        return ()
    if "grants" not in actor.memo:
        day = timezone.localdate()
        grants = _delegated(actor, day) if actor.on_behalf_of else _own(actor, day)
        actor.memo["grants"] = tuple(_within(held, actor.limit) for held in grants)
    held: tuple[Held, ...] = actor.memo["grants"]
    return held


def _own(actor: Actor, day: dt.date) -> list[Held]:
    rows = Grant.objects.filter(in_force(day), working(day), user_id=actor.id).select_related("role")
    return [_held(row, frozenset(row.role.permissions)) for row in rows]


def _delegated(actor: Actor, day: dt.date) -> list[Held]:
    """What the giver still holds of what he delegated; nothing of the deputy's own."""
    rows = Delegation.grants.through.objects.filter(
        in_force(day, "delegation__"),
        in_force(day, "grant__"),
        working(day, "delegation__giver__"),
        working(day, "delegation__deputy__"),
        delegation__ended_at__isnull=True,
        delegation__deputy_id=int(actor.id),
        delegation__giver_id=int(actor.on_behalf_of.partition(":")[2]),
    ).select_related("grant__role", "delegation")
    return [
        _held(row.grant, frozenset(row.grant.role.permissions) & frozenset(row.delegation.permissions))
        for row in rows
    ]


def _within(held: Held, limit: frozenset[str] | None) -> Held:
    return held if limit is None else replace(held, permissions=held.permissions & limit)


def _held(grant: Grant, permissions: frozenset[str]) -> Held:
    role = grant.role
    return Held(role.code, role.name, role.family, permissions, grant.scope, grant.over)


def holds(actor: Actor, permission: str, *, over: Ref | None = None) -> Verdict:
    """Whether the actor holds ``permission``, over the given unit, region or thing where one is named."""
    if actor.is_system:
        return ALLOWED
    if not actor.id:
        return refuse(_("请先登录。"))
    grants = [held for held in held_by(actor) if permission in held.permissions]
    if not grants:
        return refuse(_missing(actor, permission), permission)
    if over is None or any(_reaches(held, over, actor) for held in grants):
        return ALLOWED
    return refuse(_("这项内容不在您的授权范围内。"), permission)


def _missing(actor: Actor, permission: str) -> str:
    from kechuang.commons.access.catalogue import short_words  # noqa: PLC0415 -- it reads the guards, which stand here

    words = {"act": short_words(permission)}
    if actor.on_behalf_of:
        return _("委托给您代办的权限不包括“%(act)s”，可退出代办后以本人身份办理。") % words
    administers = [held.role_name for held in held_by(actor) if held.family != Role.Family.BUSINESS]
    if administers:
        return _(
            "三类管理员职责分离，也不办理业务：“%(role)s”没有“%(act)s”的权限，请由有这项权限的人办理。"
        ) % {**words, "role": "、".join(administers)}
    if not held_by(actor):
        return _("您的账号还没有生效的角色，不能使用“%(act)s”；请等待或联系安全管理员授权。") % words
    return _("您的角色没有“%(act)s”的权限，如需办理请联系安全管理员。") % words


def _reaches(held: Held, over: Ref, actor: Actor) -> bool:
    """Everything, the very thing named, or the person's own account."""
    own = held.scope == Grant.Scope.OWN and str(over) == (actor.on_behalf_of or f"{USER_KIND}:{actor.id}")
    return held.scope == Grant.Scope.ALL or held.over == str(over) or own


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
    return may_visit(request.actor, item.url_name)  # type: ignore[attr-defined]


def may_visit(actor: Actor, url_name: str, *args: object) -> bool:
    """Whether the actor may open a page: the guard of its address says."""
    guard = getattr(resolve(reverse(url_name, args=args)).func, "guard", None)
    return guard is not None and bool(guard.verdict(actor))
