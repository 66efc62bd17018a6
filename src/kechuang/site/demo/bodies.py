# SPDX-License-Identifier: Apache-2.0
"""Universities, institutes, banks and other bodies of the demo (演示机构), beside the firms of its lists."""

from __future__ import annotations

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.actions import register_organization
from kechuang.commons.parties.models import Organization, OrganizationKind
from kechuang.commons.parties.statements import Profile
from kechuang.site.demo.words import bodies


def install_bodies(actor: Actor) -> int:
    """Register those that are not there yet; returns how many were registered."""
    known = set(Organization.objects.filter(demo=True).values_list("name", flat=True))
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    wanted = [(name, kinds[kind]) for kind, names in bodies().items() for name in names if name not in known]
    for name, kind in wanted:
        profile = Profile(name=name)
        register_organization(None, actor, profile=profile, kinds=[kind], source="演示数据", demo=True)
    return len(wanted)
