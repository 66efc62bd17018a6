# SPDX-License-Identifier: Apache-2.0
"""The life of an account: opened, corrected, stopped, restarted, erased."""

from __future__ import annotations

import datetime as dt

from axes.utils import reset as forget_failures
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.erasing import destroy_key, erasures
from kechuang.commons.access.inputs import (
    checked_email,
    checked_name,
    checked_phone,
    checked_username,
)
from kechuang.commons.access.lasting import administered
from kechuang.commons.access.models import SecondFactor, Session, User
from kechuang.commons.access.passwords import check_current
from kechuang.commons.access.permissions import (
    can_correct_account,
    can_correct_own,
    can_create_account,
    can_disable_account,
    can_erase_account,
    can_reset_account,
)
from kechuang.commons.access.queries.grants import is_administrator
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import Personal
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

PERSONAL = ("username", "display_name", "email", "phone")


@action("access.account.created", permission=can_create_account, personal=PERSONAL, silent=("password",))
def create_account(
    thing: None,
    actor: Actor,
    *,
    username: str,
    display_name: str,
    email: str = "",
    phone: str = "",
    password: str = "",
    demo: bool = False,
) -> User:
    """Open an account (开户); without a password nobody can sign in to it by the form."""
    del thing, actor
    user = User(
        username=checked_username(username),
        display_name=checked_name(display_name),
        email=checked_email(email),
        demo=demo,
        opened_at=clock.now(),
    )
    user.phone = checked_phone(phone)
    if password:
        user.set_password(password)
        user.password_set_at = clock.now()
    else:
        user.set_unusable_password()
    user.save()
    return user


@action("access.account.corrected", permission=can_correct_account, personal=PERSONAL)
def correct_account(
    user: User,
    actor: Actor,
    *,
    display_name: str,
    email: str = "",
    phone: str = "",
    ends_on: dt.date | None = None,
) -> User:
    """Put an account's name, addresses and last day right (更正).

    The address of an administrator only he himself changes: links go there, and whoever moves it would become him.
    """
    if email.strip() != user.email and not actor.is_system and is_administrator(user, timezone.localdate()):
        raise Problem(
            _("管理员账号的电子邮箱只能由本人在“我的账号”中更改。"),
            remedy=_("邮箱已不能用的，请运维人员用命令行生成链接。"),
            field="email",
        )
    note(before_name=Personal(user.display_name), before_ends_on=user.ends_on)
    user.display_name, user.ends_on = checked_name(display_name), ends_on
    with administered(ends_on or timezone.localdate()):
        _reach(user, email, phone)
    return user


@action("access.account.corrected_own", permission=can_correct_own, personal=PERSONAL, silent=("current",))
def correct_own_account(
    user: User, actor: Actor, *, email: str = "", phone: str = "", current: str = ""
) -> User:
    """A person puts the own addresses right; where links are mailed changes only with the current password."""
    del actor
    if email.strip() != user.email:
        check_current(user, current)
    _reach(user, email, phone)
    return user


def _reach(user: User, email: str, phone: str) -> None:
    note(before_email=Personal(user.email), before_phone=Personal(user.phone))
    user.email, user.phone = checked_email(email), checked_phone(phone)
    user.save(update_fields=["display_name", "ends_on", "email", "phone_sealed"])


@action("access.account.disabled", permission=can_disable_account)
def disable_account(user: User, actor: Actor, *, reason: str) -> User:
    """Stop an account (停用): its sessions end at once, its links are worth nothing."""
    del actor, reason
    user.is_active = False
    with administered(timezone.localdate()):
        user.save(update_fields=["is_active"])
    _close(user)
    return user


@action("access.account.enabled", permission=can_disable_account)
def enable_account(user: User, actor: Actor, *, reason: str) -> User:
    """Let a stopped account be used again (启用)."""
    del actor, reason
    if user.is_erased:
        raise Problem(_("账号已经注销，不能再启用。"), remedy=_("请为本人新开一个账号。"))
    user.is_active, user.ends_on = True, None
    user.save(update_fields=["is_active", "ends_on"])
    return user


@action("access.account.unlocked", permission=can_reset_account)
def unlock_account(user: User, actor: Actor) -> User:
    """Forget failed attempts to sign in, so that the person may try again (解锁)."""
    del actor
    note(forgotten=forget_failures(username=user.username))
    return user


@action("access.account.erased", permission=can_erase_account)
def erase_account(user: User, actor: Actor, *, reason: str) -> User:
    """Erase what is personal in an account out of use (删除个人信息).

    The values and the key of their digests are destroyed, what other rooms hold of the person too; grants, acts and
    the chain of the journal stay.
    """
    del actor, reason
    _close(user)
    SecondFactor.objects.filter(user=user).delete()
    forget_failures(username=user.username)
    user.username, user.display_name = f"erased-{user.pk}", _("已注销账号 %(pk)s") % {"pk": user.pk}
    user.email = user.phone = ""
    user.oidc_subject, user.earlier_passwords, user.is_active = None, [], False
    user.set_unusable_password()
    user.save()
    destroy_key(Ref.of(user))
    note(beside={name: erase(user) for name, erase in erasures.named()})
    return user


def _close(user: User) -> None:
    """Nobody stays signed in to it, no link opens it."""
    Session.objects.filter(user=user).delete()
    user.links.filter(closed_at__isnull=True).update(closed_at=clock.now())
