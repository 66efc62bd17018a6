# SPDX-License-Identifier: Apache-2.0
"""Who may change accounts, grants, credentials and personal data.

The system administrator (系统管理员) keeps accounts and passwords, the security administrator (安全管理员) roles and
second factors, so that neither alone can become somebody else; a person keeps what is his own, and only as himself.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import (
    Delegation,
    Grant,
    GrantRequest,
    Onboarding,
    OneTimeLink,
    SecondFactor,
    User,
)
from kechuang.commons.access.reach import unmasking
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse


def _is_own(user_id: object, actor: Actor) -> bool:
    return str(user_id) in actor.persons


def _not_own(user_id: object, actor: Actor, words: str) -> Verdict:
    return refuse(words) if _is_own(user_id, actor) else ALLOWED


def _only_own(user_id: object, actor: Actor) -> Verdict:
    """The person alone, and not a deputy in his name."""
    if actor.on_behalf_of:
        return refuse(_("代他人办理期间不能改动账号事项，请先退出代办。"))
    return ALLOWED if str(user_id) == actor.id else refuse(_("只能由账号本人办理。"))


def can_install_roles(thing: Any, actor: Actor) -> Verdict:
    """Roles and purposes come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_create_account(thing: Any, actor: Actor) -> Verdict:
    """The system administrator opens accounts, and asks the security administrator for their roles."""
    del thing
    return holds(actor, "access.create_account")


def can_keep_onboarding(batch: Onboarding, actor: Actor) -> Verdict:
    """Whoever opens accounts goes on with a list of them."""
    return can_create_account(batch, actor)


def can_correct_account(user: User, actor: Actor) -> Verdict:
    """The system administrator keeps names and addresses right, not those of the own account."""
    own = _not_own(user.pk, actor, _("不能改动自己的账号资料，请由另一位系统管理员办理。"))
    return first_refusal(holds(actor, "access.correct_account"), own)


def can_correct_own(user: User, actor: Actor) -> Verdict:
    """A person keeps the own address and number right."""
    return _only_own(user.pk, actor)


def can_disable_account(user: User, actor: Actor) -> Verdict:
    """The system administrator stops and restarts accounts, never the own."""
    own = _not_own(user.pk, actor, _("不能停用或启用自己的账号，请由另一位系统管理员办理。"))
    return first_refusal(holds(actor, "access.disable_account"), own)


def can_reset_account(user: User, actor: Actor) -> Verdict:
    """The system administrator lets somebody set a password anew, or try again; not himself."""
    own = _not_own(user.pk, actor, _("不能重设自己的密码，请在“我的账号”中修改。"))
    return first_refusal(holds(actor, "access.reset_account"), own)


def can_use_link(link: OneTimeLink, actor: Actor) -> Verdict:
    """Whose link it is, once, in time, for an account that works."""
    now = timezone.now()
    stands = link.closed_at is None and now < link.expires_at
    if stands and link.user.works_on(timezone.localdate(now)) and str(link.user_id) == actor.id:
        return ALLOWED
    return refuse(_("这个链接已经使用过或已失效，请重新申请。"))


def can_grant_role(thing: User | GrantRequest | None, actor: Actor) -> Verdict:
    """The security administrator gives roles and decides requests, never for himself."""
    user_id = getattr(thing, "user_id", None) or getattr(thing, "pk", None)
    own = _not_own(user_id, actor, _("不能给自己授权，请由另一位安全管理员办理。"))
    return first_refusal(holds(actor, "access.grant_role"), own)


def can_revoke_grant(grant: Grant, actor: Actor) -> Verdict:
    """The security administrator takes roles back, never his own."""
    own = _not_own(grant.user_id, actor, _("不能收回自己的角色，请由另一位安全管理员办理。"))
    return first_refusal(holds(actor, "access.grant_role"), own)


def can_hand_over(user: User, actor: Actor) -> Verdict:
    """The security administrator hands the work of one who leaves to another."""
    own = _not_own(user.pk, actor, _("不能移交自己的工作，请由另一位安全管理员办理。"))
    return first_refusal(holds(actor, "access.hand_over"), own)


def can_delegate(user: User, actor: Actor) -> Verdict:
    """A person delegates his own, and never what was delegated to him."""
    return _only_own(user.pk, actor)


def can_end_delegation(delegation: Delegation, actor: Actor) -> Verdict:
    """Whoever gave it, took it, or grants roles."""
    if actor.id in {str(delegation.giver_id), str(delegation.deputy_id)} and not actor.on_behalf_of:
        return ALLOWED
    return holds(actor, "access.grant_role")


def can_keep_own(user: User, actor: Actor) -> Verdict:
    """A person's own password, sessions, factor and sign-in elsewhere."""
    return _only_own(user.pk, actor)


def can_use_factor(factor: SecondFactor, actor: Actor) -> Verdict:
    """Whose factor it is."""
    return _only_own(factor.user_id, actor)


def can_remove_factor(user: User, actor: Actor) -> Verdict:
    """The security administrator, for somebody whose telephone is lost."""
    own = _not_own(user.pk, actor, _("不能移除自己的第二因素，请由另一位安全管理员办理。"))
    return first_refusal(holds(actor, "access.remove_factor"), own)


def can_unmask(thing: Model, actor: Actor) -> Verdict:
    """Whoever may see this kind of record's sensitive fields whole, over this very record."""
    meta = thing._meta
    own = unmasking.get(meta.label_lower)
    if own is not None:
        return own(thing, actor)
    return holds(actor, f"{meta.app_label}.unmask_{meta.model_name}", over=Ref.of(thing))


def can_export_sensitive(thing: Any, actor: Actor) -> Verdict:
    """Whoever may take lists with personal data out of the system; they stay masked and are marked."""
    del thing
    return holds(actor, "access.export_sensitive")


def can_keep_consent(thing: Model, actor: Actor) -> Verdict:
    """A person for himself; for an organisation whoever speaks for it."""
    if isinstance(thing, User):
        return _only_own(thing.pk, actor)
    return holds(actor, "access.keep_consent", over=Ref.of(thing))


def can_erase_account(user: User, actor: Actor) -> Verdict:
    """The system administrator, at the person's request, once the account is out of use."""
    if user.works_on(timezone.localdate()):
        return first_refusal(
            holds(actor, "access.erase_account"), refuse(_("账号仍在使用，请先停用再删除个人信息。"))
        )
    own = _not_own(user.pk, actor, _("不能删除自己的个人信息，请由另一位系统管理员办理。"))
    return first_refusal(holds(actor, "access.erase_account"), own)
