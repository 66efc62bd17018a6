# SPDX-License-Identifier: Apache-2.0
"""How accounts and grants are shown where something points at them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import Grant, GrantRequest, Onboarding, OneTimeLink, User
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


@resolver("access.grantrequest")
def requests(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Who is to hold which role."""
    visible = viewer is not None and bool(holds(viewer, "access.grant_role"))
    return {
        str(asked.pk): Resolved(
            _("授权申请：%(user)s，%(role)s") % {"user": asked.user, "role": asked.role},
            reverse("access:request-settle", args=[asked.pk]),
            visible,
        )
        for asked in GrantRequest.objects.filter(pk__in=ids).select_related("user", "role")
    }


@resolver("access.onetimelink")
def links(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Whose link it is; never the link."""
    visible = viewer is not None and bool(holds(viewer, "access.view_account"))
    return {
        str(link.pk): Resolved(
            _("一次性链接：%(user)s") % {"user": link.user},
            reverse("access:account-detail", args=[link.user_id]),
            visible,
        )
        for link in OneTimeLink.objects.filter(pk__in=ids).select_related("user")
    }


@resolver("access.onboarding")
def onboardings(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The list that was handed in."""
    visible = viewer is not None and bool(holds(viewer, "access.create_account"))
    return {
        str(batch.pk): Resolved(
            _("开户名单：%(file)s") % {"file": batch.file_name},
            reverse("access:onboarding-detail", args=[batch.pk]),
            visible,
        )
        for batch in Onboarding.objects.filter(pk__in=ids)
    }
