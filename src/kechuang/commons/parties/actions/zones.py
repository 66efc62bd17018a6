# SPDX-License-Identifier: Apache-2.0
"""Which zones an organisation lies in."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, OrganizationZone, Region
from kechuang.commons.parties.permissions import can_keep_organization


@action("parties.zone.entered", permission=can_keep_organization)
def enter_zone(
    organization: Organization,
    actor: Actor,
    *,
    zone: Region,
    since: dt.date,
    until: dt.date | None = None,
) -> OrganizationZone:
    """Say that an organisation lies in a zone from a day on (所在功能区); it may lie in several at once."""
    del actor
    if zone.kind != Region.Kind.ZONE:
        raise Problem(
            _("“%(zone)s”不是功能区。") % {"zone": zone},
            remedy=_("所在区县请在“修改机构”中更改。"),
            field="zone",
        )
    if until is not None and until <= since:
        raise Problem(_("止日须晚于起日。"), remedy=_("请更正日期。"), field="until")
    known = organization.zones.filter(Q(until__isnull=True) | Q(until__gt=since), zone=zone)
    if (known if until is None else known.filter(since__lt=until)).exists():
        raise Problem(
            _("这段时间内已登记在“%(zone)s”。") % {"zone": zone}, remedy=_("请更正起止日期。"), field="since"
        )
    note(zone=zone)
    return OrganizationZone.objects.create(organization=organization, zone=zone, since=since, until=until)


@action("parties.zone.left", permission=can_keep_organization)
def leave_zone(place: OrganizationZone, actor: Actor, *, on: dt.date, reason: str) -> OrganizationZone:
    """Say from which day an organisation no longer lies in a zone (移出功能区)."""
    del actor
    if not reason.strip():
        raise Problem(_("请填写依据。"), remedy=_("写明迁址登记、来函文号或其他依据。"), field="reason")
    if place.until is not None or on <= place.since:
        raise Problem(
            _("移出日须晚于 %(since)s，且尚未移出。") % {"since": place.since.isoformat()},
            remedy=_("请更正日期。"),
            field="on",
        )
    place.until = on
    place.save(update_fields=["until"])
    return place
