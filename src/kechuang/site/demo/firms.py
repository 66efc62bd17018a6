# SPDX-License-Identifier: Apache-2.0
"""The demo's firm speaks for a firm of the demo, and so has its page (本单位)."""

from __future__ import annotations

from kechuang.commons.access.actions import grant_role
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization

FIRM, ROLE = "demo-firm", "firm"


def link_firm(actor: Actor) -> int:
    """Give the firm's account its organisation, one with a qualification; returns how many were linked."""
    user = User.objects.get(username=FIRM)
    own = Organization.objects.filter(demo=True, qualifications__isnull=False).order_by("-pk").first()
    if own is None or Grant.objects.filter(user=user, role__code=ROLE).exclude(over="").exists():
        return 0
    role = Role.objects.get(code=ROLE)
    grant_role(user, actor, role=role, scope=Grant.Scope.OWN, over=str(Ref.of(own)))
    return 1
