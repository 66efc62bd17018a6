# SPDX-License-Identifier: Apache-2.0
"""Changes of accounts, roles and grants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.access.permissions import can_create_account, can_grant_role, can_install_roles
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("access.roles.installed", permission=can_install_roles, silent=("roles",))
def install_roles(thing: None, actor: Actor, *, roles: Iterable[Role]) -> None:
    """Bring the roles in line with the content packs; grants stay."""
    del thing, actor
    fresh = list(roles)
    Role.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "family", "permissions", "release"],
    )
    note(roles={role.code: role.release for role in fresh})


@action("access.account.created", permission=can_create_account, silent=("password",))
def create_account(
    thing: None, actor: Actor, *, username: str, display_name: str, password: str = "", demo: bool = False
) -> User:
    """Open an account (开户); without a password nobody can sign in to it by the form."""
    del thing, actor
    if User.objects.filter(username=username).exists():
        raise Problem(
            _("账号“%(name)s”已存在。") % {"name": username}, remedy=_("请换一个账号名。"), field="username"
        )
    user = User(username=username, display_name=display_name, demo=demo)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


@action("access.role.granted", permission=can_grant_role)
def grant_role(
    user: User, actor: Actor, *, role: Role, scope: str = "all", over: str = "", until: dt.date | None = None
) -> Grant:
    """Give a role (授权); administrators of different families and business roles never meet in one account."""
    del actor
    families = set(user.grants.values_list("role__family", flat=True)) | {role.family}
    if len(families) > 1:
        raise Problem(
            _("“%(role)s”与该账号已有角色属于不同类别，三员与业务角色不得由同一账号兼任。")
            % {"role": role.name},
            remedy=_("请另设账号，或先撤销原有角色。"),
            field="role",
        )
    grant, _made = Grant.objects.update_or_create(
        user=user, role=role, scope=scope, over=over, defaults={"until": until}
    )
    return grant
