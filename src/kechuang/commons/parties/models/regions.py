# SPDX-License-Identifier: Apache-2.0
"""Administrative divisions and zones."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """An administrative division (行政区划, GB/T 2260) or a zone laid over divisions (功能区), with validity dates."""

    class Kind(models.TextChoices):
        """Division or overlay."""

        DIVISION = "division", _("行政区划")
        ZONE = "zone", _("功能区")

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.DIVISION)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    divisions = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="zones", verbose_name=_("所跨区划")
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("由谁接续"),
    )
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)
    verified = models.BooleanField(_("依据已核实"), default=False)

    class Meta:
        verbose_name = _("区域")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def stands_on(self, day: dt.date) -> bool:
        """Whether it exists on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
