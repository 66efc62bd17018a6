# SPDX-License-Identifier: Apache-2.0
"""Who calls: the person behind a token, with no more than the token's permissions."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import working
from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel.actors import Actor


def digest_of(secret: str) -> str:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The token of a secret: known, not revoked, not out of date, of an account that may be used."""
    day = timezone.localdate()
    rows = ApiToken.objects.filter(working(day), digest=digest_of(secret), revoked_at=None, until__gt=day)
    return rows.select_related("user").first()


class Bearer(HttpBearer):
    """``Authorization: Bearer …``; sets the actor of the request."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor, or None: unknown, revoked, out of date, or of an account that may not be used."""
        found = token_of(token)
        if found is None:
            return None
        actor = limited(found)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def limited(token: ApiToken) -> Actor:
    """The owner, who may through this token do no more than it carries."""
    return actor_of(token.user).limited(token.permissions)
