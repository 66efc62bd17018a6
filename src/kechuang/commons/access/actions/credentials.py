# SPDX-License-Identifier: Apache-2.0
"""What signs a person in: links, passwords, second factors, sessions, the account elsewhere."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection

from axes.utils import reset as forget_failures
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access import tokens
from kechuang.commons.access.models import OneTimeLink, SecondFactor, Session, User
from kechuang.commons.access.passwords import check_current, set_password
from kechuang.commons.access.permissions import (
    can_keep_own,
    can_remove_factor,
    can_reset_account,
    can_use_factor,
    can_use_link,
)
from kechuang.commons.access.queries.grants import is_administrator
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

LASTS = {OneTimeLink.Purpose.INVITE: dt.timedelta(days=7), OneTimeLink.Purpose.RESET: dt.timedelta(hours=2)}


@action("access.link.issued", permission=can_reset_account)
def issue_link(user: User, actor: Actor, *, purpose: str = "reset", by_mail: bool = False) -> OneTimeLink:
    """Make a link to set a password by (一次性链接); earlier ones are worth nothing from now on.

    ``token`` of the result is shown or mailed once. An administrator's link goes by mail alone, so that no
    administrator becomes another. Reset by an administrator, the account is nobody's until the link is used: its
    sessions end, and the password that was must be changed.
    """
    if not user.works_on(timezone.localdate()):
        raise Problem(_("账号已停用。"), remedy=_("请先启用账号。"))
    if by_mail and not user.email:
        raise Problem(_("账号没有登记电子邮箱。"), remedy=_("请先登记电子邮箱，或改为当面交付。"))
    if not by_mail and not actor.is_system and is_administrator(user, timezone.localdate()):
        raise Problem(
            _("管理员账号的链接只能发到本人邮箱。"), remedy=_("请选择邮件发送，或由运维人员用命令行重设。")
        )
    now = clock.now()
    user.links.filter(closed_at__isnull=True).update(closed_at=now)
    if purpose == OneTimeLink.Purpose.RESET and not actor.is_system:
        user.must_change_password = user.has_usable_password()
        user.save(update_fields=["must_change_password"])
        Session.objects.filter(user=user).delete()
    note(user=user)
    token = tokens.new_token()
    link = OneTimeLink.objects.create(
        user=user,
        purpose=purpose,
        digest=tokens.digest_of(token),
        made_at=now,
        expires_at=now + LASTS[OneTimeLink.Purpose(purpose)],
    )
    link.token = token
    return link


@action("access.link.used", permission=can_use_link, silent=("password",))
def redeem_link(link: OneTimeLink, actor: Actor, *, password: str) -> User:
    """Set the password by the link, which is used up; every session of the account ends, failures are forgotten."""
    del actor
    set_password(link.user, password)
    link.closed_at, link.used = clock.now(), True
    link.save(update_fields=["closed_at", "used"])
    Session.objects.filter(user=link.user).delete()
    forget_failures(username=link.user.username)
    return link.user


@action("access.password.changed", permission=can_keep_own, silent=("current", "password", "keep"))
def change_password(user: User, actor: Actor, *, current: str, password: str, keep: str = "") -> User:
    """Change the own password; the other sessions end."""
    del actor
    if not user.has_usable_password():
        raise Problem(_("账号还没有密码。"), remedy=_("请退出登录，用“忘记密码”的链接设置。"))
    check_current(user, current)
    set_password(user, password)
    Session.objects.filter(user=user).exclude(session_key=keep).delete()
    return user


@action("access.factor.enrolled", permission=can_keep_own, silent=("key", "code", "keep"))
def enrol_factor(user: User, actor: Actor, *, key: str, code: str, keep: str = "") -> SecondFactor:
    """Begin to sign in with a second factor (启用第二因素); ``recovery`` of the result is shown once."""
    del actor
    if SecondFactor.objects.filter(user=user).exists():
        raise Problem(_("第二因素已经启用。"), remedy=_("如要更换，请先停用。"))
    step = tokens.step_of(key, code, at=time.time(), after=0)
    if step is None:
        raise _wrong_code()
    codes = tokens.new_recovery_codes()
    factor = SecondFactor(
        user=user,
        last_step=step,
        recovery=[tokens.digest_of(one) for one in codes],
        enrolled_at=clock.now(),
    )
    factor.secret = key
    factor.save()
    Session.objects.filter(user=user).exclude(session_key=keep).delete()
    factor.recovery = codes
    return factor


@action("access.factor.used", permission=can_use_factor, silent=("code",))
def spend_code(factor: SecondFactor, actor: Actor, *, code: str) -> SecondFactor:
    """Take a code of the generator or a recovery code; each is good once. Raises Problem for any other."""
    del actor
    given = code.strip().lower().replace(" ", "")
    step = tokens.step_of(factor.secret, given, at=time.time(), after=factor.last_step)
    digest = tokens.digest_of(given)
    if step is not None:
        factor.last_step = step
        note(kind="generator")
    elif digest in factor.recovery:
        factor.recovery = [kept for kept in factor.recovery if kept != digest]
        note(kind="recovery", left=len(factor.recovery))
    else:
        raise _wrong_code()
    factor.save(update_fields=["last_step", "recovery"])
    return factor


def _wrong_code() -> Problem:
    return Problem(
        _("验证码不正确，或已经用过。"),
        remedy=_("请等手机上的下一个验证码，并核对手机时间是否准确。"),
        field="code",
    )


@action("access.factor.recovery_renewed", permission=can_use_factor, silent=("code",))
def renew_recovery(factor: SecondFactor, actor: Actor, *, code: str) -> SecondFactor:
    """Ten new recovery codes in place of those left; ``recovery`` of the result is shown once."""
    spend_code(factor, actor, code=code)
    codes = tokens.new_recovery_codes()
    factor.recovery = [tokens.digest_of(one) for one in codes]
    factor.save(update_fields=["recovery"])
    factor.recovery = codes
    return factor


@action("access.factor.left", permission=can_use_factor, silent=("code",))
def leave_factor(factor: SecondFactor, actor: Actor, *, code: str) -> User:
    """Stop using the second factor (停用), proved by a code of it."""
    spend_code(factor, actor, code=code)
    SecondFactor.objects.filter(pk=factor.pk).delete()
    return factor.user


@action("access.factor.removed", permission=can_remove_factor)
def remove_factor(user: User, actor: Actor, *, reason: str) -> User:
    """Take away a second factor whose telephone is lost (移除第二因素); the sessions end."""
    del actor, reason
    deleted, _by_model = SecondFactor.objects.filter(user=user).delete()
    if not deleted:
        raise Problem(_("该账号没有启用第二因素。"), remedy=_("请刷新页面。"))
    Session.objects.filter(user=user).delete()
    return user


@action("access.session.ended", permission=can_keep_own, silent=("keys",))
def end_sessions(user: User, actor: Actor, *, keys: Collection[str]) -> User:
    """End some of the own sessions on other browsers (结束会话)."""
    del actor
    ended, _by_model = Session.objects.filter(user=user, session_key__in=keys).delete()
    note(ended=ended)
    return user


@action("access.account.linked", permission=can_keep_own, personal=("subject",), silent=("current",))
def link_subject(user: User, actor: Actor, *, subject: str | None, current: str = "") -> User:
    """Tie the account to one of the unified sign-in (绑定统一认证), with the current password; or untie it."""
    del actor
    if subject:
        check_current(user, current)
    if subject and User.objects.filter(oidc_subject=subject).exclude(pk=user.pk).exists():
        raise Problem(_("这个统一认证账号已绑定另一个账号。"), remedy=_("请联系系统管理员。"))
    user.oidc_subject = subject or None
    user.save(update_fields=["oidc_subject"])
    return user
