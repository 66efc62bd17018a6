# SPDX-License-Identifier: Apache-2.0
"""Units of organisations, what became of them, who leads them, who works there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, NoOverlap
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.organizations import Organization


class Unit(Versioned):
    """A unit of an organisation (处室)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("处室")
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.short_name

    @property
    def spoken_names(self) -> tuple[str, ...]:
        """Every name a document may use for it."""
        return (self.short_name, self.name, *self.aliases)


class UnitSuccession(models.Model):
    """From a day on a unit's open work is another's (处室接续)."""

    unit = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="succession", verbose_name=_("撤并处室")
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("接续处室")
    )
    on = models.DateField(_("自"))
    reason = models.CharField(_("依据"), max_length=200)
    by = models.CharField(_("办理人"), max_length=80)

    class Meta:
        verbose_name = _("处室接续")
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.unit_id} -> {self.successor_id}"


class Charge(models.Model):
    """A leader is in charge of a unit from a day to a day (分管); one leader at a time."""

    guarantees: ClassVar[list[Guarantee]] = [NoOverlap(by=("unit",), start="since", end="until")]

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="charges", verbose_name=_("分管领导")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charges", verbose_name=_("处室"))
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("分管")

    def __str__(self) -> str:
        return f"{self.user_id} > {self.unit_id}"


class Membership(Versioned):
    """A person works in a unit from a day to a day (任职)."""

    guarantees: ClassVar[list[Guarantee]] = [NoOverlap(by=("user", "unit"), start="since", end="until")]

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("人员"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("处室")
    )
    post = models.CharField(_("职务"), max_length=40, blank=True)
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        ordering = ("since", "id")

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.unit_id}"
