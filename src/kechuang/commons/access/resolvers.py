# SPDX-License-Identifier: Apache-2.0
"""How accounts and grants are shown where something points at them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import Grant, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


@resolver("access.user")
def accounts(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The person's name; administrators open the account."""
    visible = viewer is not None and bool(holds(viewer, "access.view_account"))
    return {
        str(user.pk): Resolved(str(user), reverse("access:account-detail", args=[user.pk]), visible)
        for user in User.objects.filter(pk__in=ids)
    }


@resolver("access.grant")
def grants(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Who holds which role."""
    visible = viewer is not None and bool(holds(viewer, "access.view_account"))
    return {
        str(grant.pk): Resolved(
            _("%(user)s：%(role)s") % {"user": grant.user, "role": grant.role},
            reverse("access:account-detail", args=[grant.user_id]),
            visible,
        )
        for grant in Grant.objects.filter(pk__in=ids).select_related("user", "role")
    }
