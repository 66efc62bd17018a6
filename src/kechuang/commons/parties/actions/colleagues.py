# SPDX-License-Identifier: Apache-2.0
"""The administrator of an organisation opens and closes the accounts of its people (单位管理员开户)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.access.actions import create_account, grant_role, issue_link, revoke_grant
from kechuang.commons.access.models import Grant, OneTimeLink, User
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization
from kechuang.commons.parties.permissions import can_keep_colleagues
from kechuang.commons.parties.queries.registrations import ADMINISTRATOR, grants_over

PERSONAL = ("display_name", "email", "phone")
MOST = 50


@action("parties.colleague.opened", permission=can_keep_colleagues, personal=PERSONAL)
def open_colleague(
    organization: Organization, actor: Actor, *, display_name: str, email: str = "", phone: str = ""
) -> OneTimeLink:
    """Open an account for a colleague, with what the organisation's people may do, over it alone.

    ``token`` of the result is shown once to the administrator, who hands it over.
    """
    held = list(grants_over(organization))
    roles = {grant.role_id: grant.role for grant in held if grant.role.code != ADMINISTRATOR}
    if len({grant.user_id for grant in held}) >= MOST:
        raise Problem(
            _("一个机构最多 %(most)s 个账号。") % {"most": MOST}, remedy=_("请先停用不再使用的账号。")
        )
    if not roles:
        raise Problem(_("本单位还没有可授予的角色。"), remedy=_("请联系所在区县科技部门。"))
    system = Actor.system(_("单位管理员开户"))
    user = create_account(
        None,
        system,
        username=_username(organization),
        display_name=display_name,
        email=email,
        phone=phone,
    )
    for role in roles.values():
        grant_role(user, system, role=role, scope=Grant.Scope.OWN, over=str(Ref.of(organization)))
    note(user=user, by=actor.id)
    return issue_link(user, system, purpose=OneTimeLink.Purpose.INVITE)


@action("parties.colleague.closed", permission=can_keep_colleagues)
def close_colleague(organization: Organization, actor: Actor, *, user: User, reason: str) -> Organization:
    """Take away what a colleague may do for the organisation (停用同事账号); his account keeps what else it has."""
    if str(user.pk) in actor.persons:
        raise Problem(_("不能停用自己。"), remedy=_("如要更换单位管理员，请提交变更申请。"))
    if not reason.strip():
        raise Problem(_("请填写原因。"), remedy=_("例如离职。"), field="reason")
    own = list(grants_over(organization).filter(user=user))
    if not own:
        raise Problem(_("该账号不属于本单位。"), remedy=_("请刷新页面。"))
    system = Actor.system(_("单位管理员停用"))
    for grant in own:
        revoke_grant(grant, system, reason=reason)
    return organization


def _username(organization: Organization) -> str:
    stem = (organization.uscc or f"org-{organization.pk}").lower()
    taken = set(User.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    serial = next(number for number in range(2, len(taken) + 4) if f"{stem}-{number}" not in taken)
    return f"{stem}-{serial}"
