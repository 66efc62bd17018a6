# SPDX-License-Identifier: Apache-2.0
"""The demo's firm speaks for a firm of the demo: it has its page, and keeps the accounts of its people (本单位)."""

from __future__ import annotations

from kechuang.commons.access.actions import grant_role
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization
from kechuang.commons.parties.queries.registrations import ADMINISTRATOR

FIRM = "demo-firm"


def link_firm(actor: Actor) -> int:
    """Give the firm's account its organisation, one with a qualification; returns how many roles it got."""
    user = User.objects.get(username=FIRM)
    own = Organization.objects.filter(demo=True, qualifications__isnull=False).order_by("-pk").first()
    if own is None or Grant.objects.filter(user=user, role__code=ADMINISTRATOR).exists():
        return 0
    over = str(Ref.of(own))
    roles = Role.objects.filter(code__in=("firm", ADMINISTRATOR))
    for role in roles:
        grant_role(user, actor, role=role, scope=Grant.Scope.OWN, over=over)
    return len(roles)
