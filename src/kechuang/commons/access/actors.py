# SPDX-License-Identifier: Apache-2.0
"""From an account to an actor."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref

NOBODY = Actor("person", "", "")
USER_KIND = "access.user"


def actor_of(user: User | AnonymousUser, *, on_behalf_of: User | None = None) -> Actor:
    """The person behind a request, perhaps on behalf of another; an anonymous visitor is nobody."""
    if not user.is_authenticated:
        return NOBODY
    assert isinstance(user, User)
    if on_behalf_of is None:
        return Actor("person", str(user.pk), str(user))
    name = _("%(deputy)s（代%(giver)s）") % {"deputy": user, "giver": on_behalf_of}
    return Actor("person", str(user.pk), name, str(Ref.of(on_behalf_of)))
