# SPDX-License-Identifier: Apache-2.0
"""The count of unread notices in the top bar."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.notices.queries import unread_count
from kechuang.commons.ui.badges import Badge


def badge(request: HttpRequest) -> Badge | None:
    """The way to the inbox, with how much is unread (one query)."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return None
    return Badge(_("消息"), reverse("notices:inbox"), unread_count(actor), "bell")
