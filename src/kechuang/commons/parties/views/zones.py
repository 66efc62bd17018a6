# SPDX-License-Identifier: Apache-2.0
"""The zones an organisation lies in (所在功能区)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.parties import actions
from kechuang.commons.parties.forms.organizations import LeaveForm, ZoneForm
from kechuang.commons.parties.models import Organization, OrganizationZone
from kechuang.commons.parties.views.organizations import KEEP, page_of
from kechuang.commons.parties.views.sending import Act, answer, named


@guarded(KEEP)
def zone_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it lies in a zone from a day on."""
    organization = get_object_or_404(Organization.objects.select_related("region", "merged_into"), pk=pk)
    act = Act(
        _("登记所在功能区"),
        organization.name,
        page_of(organization),
        _("登记"),
        _("已保存。"),
        action=actions.enter_zone,
        thing=organization,
        given=named("zone", "since", "until"),
        note=_("功能区叠加在区县之上：所在区县不变，统计时两处都计入。"),
    )
    return answer(request, ZoneForm(request.POST or None, version=organization.version), act)


@guarded(KEEP)
def zone_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which day it lies there no longer."""
    place = get_object_or_404(OrganizationZone.objects.select_related("organization__region", "zone"), pk=pk)
    act = Act(
        _("移出功能区：%(zone)s") % {"zone": place.zone},
        place.organization.name,
        page_of(place.organization),
        _("移出"),
        _("已保存。"),
        action=actions.leave_zone,
        thing=place,
        given=named("on", "reason"),
    )
    return answer(request, LeaveForm(request.POST or None, initial={"on": clock.today()}), act)
