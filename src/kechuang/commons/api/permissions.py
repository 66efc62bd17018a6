# SPDX-License-Identifier: Apache-2.0
"""Who may have tokens and take them back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_make_token(thing: Any, actor: Actor) -> Verdict:
    """Who may connect programs, for himself only: neither a deputy nor another token."""
    del thing
    if actor.on_behalf_of or actor.limit is not None:
        return refuse(_("代办或接口方式下不能签发令牌，请以本人身份登录办理。"))
    return holds(actor, "api.make_token")


def can_revoke_token(token: ApiToken, actor: Actor) -> Verdict:
    """The owner, or who gives and takes rights."""
    if str(token.user_id) == actor.id and actor.limit is None:
        return ALLOWED
    return holds(actor, "access.grant_role")
