# SPDX-License-Identifier: Apache-2.0
"""From an account to an actor."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from kechuang.commons.access.models import User
from kechuang.commons.kernel.actors import Actor

NOBODY = Actor("person", "", "")


def actor_of(user: User | AnonymousUser) -> Actor:
    """The person behind a request; an anonymous visitor is nobody."""
    if not user.is_authenticated:
        return NOBODY
    assert isinstance(user, User)
    return Actor("person", str(user.pk), str(user))
