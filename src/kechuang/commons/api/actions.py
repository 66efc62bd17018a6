# SPDX-License-Identifier: Apache-2.0
"""Making and revoking tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import held_by
from kechuang.commons.api.bearer import digest_of
from kechuang.commons.api.models import ApiToken
from kechuang.commons.api.permissions import can_make_token, can_revoke_token
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

LONGEST_DAYS = 366


@action("api.token.made", permission=can_make_token, silent=("secret",))
def make_token(
    thing: None, actor: Actor, *, name: str, permissions: Sequence[str], days: int, secret: str
) -> ApiToken:
    """Make a token (签发令牌) for ``secret``, which the caller shows once and forgets."""
    del thing
    own = {permission for held in held_by(actor) for permission in held.permissions}
    beyond = sorted(set(permissions) - own)
    if beyond or not permissions:
        raise Problem(
            _("令牌只能带有您自己的权限，且至少一项：%(beyond)s") % {"beyond": "、".join(beyond)},
            remedy=_("请重新勾选。"),
            field="permissions",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise Problem(
            _("有效期须在 1 至 %(most)s 天之间。") % {"most": LONGEST_DAYS},
            remedy=_("请更正。"),
            field="days",
        )
    return ApiToken.objects.create(
        user_id=int(actor.id),
        name=name.strip()[:60],
        prefix=secret[:8],
        digest=digest_of(secret),
        permissions=sorted(set(permissions)),
        made_at=clock.now(),
        until=timezone.localdate() + dt.timedelta(days=days),
    )


@action("api.token.revoked", permission=can_revoke_token)
def revoke_token(token: ApiToken, actor: Actor) -> ApiToken:
    """Take a token back (撤销令牌); it is refused from now on."""
    del actor
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
    return token
