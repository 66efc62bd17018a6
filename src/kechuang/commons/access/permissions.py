# SPDX-License-Identifier: Apache-2.0
"""Who may change accounts, roles and grants."""

from __future__ import annotations

from typing import Any

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_roles(thing: Any, actor: Actor) -> Verdict:
    """Roles come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse("roles come from content")


def can_create_account(thing: Any, actor: Actor) -> Verdict:
    """The system administrator opens accounts (系统管理员)."""
    del thing
    return holds(actor, "access.create_account")


def can_grant_role(thing: Any, actor: Actor) -> Verdict:
    """The security administrator gives roles (安全管理员), never to himself."""
    if thing is not None and str(getattr(thing, "pk", "")) == actor.id:
        return refuse("不能给自己授权，请由另一位安全管理员办理。")
    return holds(actor, "access.grant_role")
