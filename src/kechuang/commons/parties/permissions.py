# SPDX-License-Identifier: Apache-2.0
"""Who may change parties; a district what lies in its region."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import (
    Organization,
    OrganizationMerge,
    OrganizationRole,
    Qualification,
    Region,
)
from kechuang.commons.parties.queries.reach import regions_reached


def can_install_reference(thing: Any, actor: Actor) -> Verdict:
    """Regions, units and kinds come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def _within(verdict: Verdict, reached: frozenset[int] | None, region: Region | None) -> Verdict:
    """Whoever holds a permission over regions alone holds it for what lies in them."""
    if not verdict or reached is None or (region is not None and region.pk in reached):
        return verdict
    if region is None:
        return refuse(_("您只能办理本区县的机构，请先注明所在区县。"))
    return refuse(_("“%(region)s”不在您的授权范围内。") % {"region": region})


def can_keep_organization(thing: Organization | OrganizationRole | None, actor: Actor) -> Verdict:
    """Who registers and corrects organisations; a district those of its region."""
    organization = thing.organization if isinstance(thing, OrganizationRole) else thing
    if organization is not None and organization.merged_into_id is not None:
        return refuse(_("这个条目已并入另一机构，请到保留的机构页办理。"))
    if organization is None:
        return holds(actor, "parties.keep_organization")
    reached = regions_reached(actor, "parties.keep_organization")
    return _within(holds(actor, "parties.keep_organization"), reached, organization.region)


def can_merge_organizations(thing: Organization | OrganizationMerge | None, actor: Actor) -> Verdict:
    """Who says that two entries are one organisation, or takes that back."""
    del thing
    return holds(actor, "parties.merge_organizations")


def can_register_qualification(thing: Organization | Qualification | None, actor: Actor) -> Verdict:
    """Who registers and corrects single qualifications; a district those of its organisations."""
    organization = thing.organization if isinstance(thing, Qualification) else thing
    if organization is None:
        return holds(actor, "parties.register_qualification")
    reached = regions_reached(actor, "parties.register_qualification")
    return _within(holds(actor, "parties.register_qualification"), reached, organization.region)


def can_assign_leader(thing: Any, actor: Actor) -> Verdict:
    """Who says which leader is in charge of which unit."""
    del thing
    return holds(actor, "parties.assign_leader")


def can_revoke_qualification(thing: Any, actor: Actor) -> Verdict:
    """Who keeps the registry of qualifications."""
    del thing
    return holds(actor, "parties.revoke_qualification")
