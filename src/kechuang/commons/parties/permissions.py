# SPDX-License-Identifier: Apache-2.0
"""Who may change parties; a district what lies in its region."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import (
    Organization,
    OrganizationMerge,
    OrganizationRole,
    OrganizationZone,
    PartyList,
    Qualification,
    Region,
    Registration,
)
from kechuang.commons.parties.queries.lists import settlers_of
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


def can_keep_organization(
    thing: Organization | OrganizationRole | OrganizationZone | None, actor: Actor
) -> Verdict:
    """Who registers and corrects organisations; a district those of its region."""
    organization = thing.organization if isinstance(thing, OrganizationRole | OrganizationZone) else thing
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


def can_import_list(thing: Any, actor: Actor) -> Verdict:
    """Who hands in lists of organisations and decides their doubts."""
    del thing
    return holds(actor, "parties.import_list")


def can_confirm_list(listed: PartyList, actor: Actor) -> Verdict:
    """Somebody other than those who handed it in or decided a line of it, for themselves or for another."""
    verdict = holds(actor, "parties.confirm_list")
    if not verdict or actor.is_system:
        return verdict
    if actor.persons & set(listed.uploaded_by_ids):
        return refuse(_("上传名单的人不能自己确认或撤回，请由另一位有确认权限的人办理。"))
    if actor.persons & settlers_of(listed):
        return refuse(_("处理过名单存疑行的人不能确认这份名单，请由另一位有确认权限的人办理。"))
    return ALLOWED


def can_work_list(thing: Any, actor: Actor) -> Verdict:
    """The program alone carries a list on."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由系统续办。"))


def can_register_qualification(thing: Organization | Qualification | None, actor: Actor) -> Verdict:
    """Who registers and corrects single qualifications; a district those of its organisations."""
    organization = thing.organization if isinstance(thing, Qualification) else thing
    if organization is None:
        return holds(actor, "parties.register_qualification")
    reached = regions_reached(actor, "parties.register_qualification")
    return _within(holds(actor, "parties.register_qualification"), reached, organization.region)


def can_file_registration(thing: Any, actor: Actor) -> Verdict:
    """Anybody may apply to be registered."""
    del thing, actor
    return ALLOWED


def can_amend_registration(registration: Registration, actor: Actor) -> Verdict:
    """Who holds the link of the application, whoever he is; the page asks for the link."""
    del registration
    return ALLOWED if actor.is_system else refuse(_("请从申请时得到的链接进入。"))


def can_claim_account(registration: Registration, actor: Actor) -> Verdict:
    """Who holds the link of an accepted application, until the account has its first password."""
    if not actor.is_system:
        return refuse(_("请从申请时得到的链接进入。"))
    user = registration.user
    if registration.state != Registration.State.ACCEPTED or user is None or user.has_usable_password():
        return refuse(_("账号已经启用，或申请尚未通过。忘记密码请在登录页找回，或联系系统管理员。"))
    return ALLOWED


def can_settle_registration(registration: Registration, actor: Actor) -> Verdict:
    """The district of the applicant's region, or the office."""
    reached = regions_reached(actor, "parties.settle_registration")
    return _within(holds(actor, "parties.settle_registration"), reached, registration.region)


def can_unmask_registration(registration: Registration, actor: Actor) -> Verdict:
    """Who checks the application sees whom to call; each look is journaled."""
    reached = regions_reached(actor, "parties.unmask_registration")
    return _within(holds(actor, "parties.unmask_registration"), reached, registration.region)


def can_keep_colleagues(organization: Organization, actor: Actor) -> Verdict:
    """The administrator of the very organisation."""
    return holds(actor, "parties.open_colleague", over=Ref.of(organization))


def can_keep_unit(thing: Any, actor: Actor) -> Verdict:
    """Who keeps the offices and who works in them."""
    del thing
    return holds(actor, "parties.keep_unit")


def can_keep_membership(thing: Any, actor: Actor) -> Verdict:
    """As for the unit."""
    return can_keep_unit(thing, actor)


def can_assign_leader(thing: Any, actor: Actor) -> Verdict:
    """Who says which leader is in charge of which unit."""
    del thing
    return holds(actor, "parties.assign_leader")


def can_revoke_qualification(thing: Any, actor: Actor) -> Verdict:
    """Who keeps the registry of qualifications."""
    del thing
    return holds(actor, "parties.revoke_qualification")
