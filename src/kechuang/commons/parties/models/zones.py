# SPDX-License-Identifier: Apache-2.0
"""Which zones organisations lie in, beside the district they are in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, NoOverlap
from kechuang.commons.parties.models.organizations import Organization
from kechuang.commons.parties.models.regions import Region


class OrganizationZone(models.Model):
    """A zone an organisation lies in from a day to a day (所在功能区); its district stays what it is."""

    guarantees: ClassVar[list[Guarantee]] = [
        NoOverlap(by=("organization", "zone"), start="since", end="until")
    ]

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="zones", verbose_name=_("机构")
    )
    zone = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="members", verbose_name=_("功能区")
    )
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("所在功能区")
        ordering = ("zone__code", "since")
        indexes = (models.Index(fields=("zone", "organization"), name="organization_of_zone"),)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.zone_id}"
