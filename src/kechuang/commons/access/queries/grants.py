# SPDX-License-Identifier: Apache-2.0
"""Reading grants and delegations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from kechuang.commons.access.grants import in_force, working
from kechuang.commons.access.models import Delegation, Grant, GrantRequest, Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref


def delegations_on(day: dt.date) -> QuerySet[Delegation]:
    """The delegations in force on a day, between accounts that work."""
    return Delegation.objects.filter(
        in_force(day), working(day, "giver__"), working(day, "deputy__"), ended_at__isnull=True
    )


def delegations_about(user: User) -> QuerySet[Delegation]:
    """The delegations that a person gave or took and that are not over, the newest first."""
    standing = Delegation.objects.filter(ended_at__isnull=True, until__gt=timezone.localdate())
    about = standing.filter(Q(giver=user) | Q(deputy=user))
    return about.select_related("giver", "deputy").order_by("-since", "-pk")


def giver_acted_for(deputy: int, giver: int, day: dt.date) -> User | None:
    """The person for whom the deputy may act on a day."""
    found = delegations_on(day).filter(deputy=deputy, giver=giver).select_related("giver").first()
    return found.giver if found is not None else None


def overlapping(since: dt.date | None, until: dt.date | None, prefix: str = "") -> Q:
    """Rows whose term shares a day with [since, until)."""
    clauses = Q()
    if until is not None:
        clauses &= Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lt": until})
    if since is not None:
        clauses &= Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": since})
    return clauses


def grants_between(user: User, since: dt.date | None, until: dt.date | None) -> list[Grant]:
    """The grants of an account that share a day with a term."""
    return list(user.grants.filter(overlapping(since, until)).select_related("role"))


def delegated_between(user: User, since: dt.date | None, until: dt.date | None) -> frozenset[str]:
    """The permissions delegated to an account on a day of a term."""
    rows = user.taken.filter(overlapping(since, until), ended_at__isnull=True)
    return frozenset(
        name for permissions in rows.values_list("permissions", flat=True) for name in permissions
    )


def requests_open(actor: Actor) -> list[GrantRequest]:
    """The roles asked for a person that are not decided yet."""
    waiting = GrantRequest.objects.filter(user_id=actor.id, state=GrantRequest.State.OPEN)
    return list(waiting.select_related("role"))


def is_administrator(user: User, day: dt.date) -> bool:
    """Whether an account holds, or is about to hold, a role of an administrator."""
    return user.grants.filter(overlapping(day, None)).exclude(role__family=Role.Family.BUSINESS).exists()


def people_who(*, permission: str, over: Iterable[Ref] = ()) -> QuerySet[User]:
    """Working accounts that hold a permission today: everywhere, or over one of the things named (two queries)."""
    day = timezone.localdate()
    roles = [role.pk for role in Role.objects.all() if permission in role.permissions]
    grants = Grant.objects.filter(in_force(day), working(day), role__in=roles)
    named = [str(ref) for ref in over]
    grants = grants.filter(over__in=named) if named else grants.filter(scope=Grant.Scope.ALL)
    return User.objects.filter(pk__in=grants.values("user")).order_by("pk")


def accounts_with_grants(day: dt.date) -> QuerySet[User]:
    """Accounts with the grants in force on a day as ``held`` (one query more)."""
    held = Grant.objects.filter(in_force(day)).select_related("role").order_by("role__code", "id")
    return User.objects.prefetch_related(Prefetch("grants", held, to_attr="held"))
