# SPDX-License-Identifier: Apache-2.0
"""Regions, organisations, units, who works in them and leads them, qualifications."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, NoOverlap
from kechuang.commons.kernel.models import Versioned


class Region(models.Model):
    """An administrative division (行政区划, GB/T 2260) or a zone laid over it (功能区), with validity dates."""

    class Kind(models.TextChoices):
        """Division or overlay."""

        DIVISION = "division", _("行政区划")
        ZONE = "zone", _("功能区")

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.DIVISION)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("区域")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Organization(Versioned):
    """An organisation (机构), identified by its unified social credit code (统一社会信用代码) where it has one."""

    name = models.CharField(_("名称"), max_length=120, db_index=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("所在区县")
    )
    demo = models.BooleanField(_("演示数据"), default=False)
    source = models.CharField(_("来源"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("机构")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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


class Membership(models.Model):
    """A person works in a unit from a day to a day (任职)."""

    guarantees: ClassVar[list[Guarantee]] = [NoOverlap(by=("user", "unit"), start="since", end="until")]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("处室")
    )
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.unit_id}"


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


class QualificationKind(models.Model):
    """A kind of qualification (资质类别) as released by a content pack."""

    code = models.CharField(_("代码"), max_length=40, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    issuer = models.CharField(_("颁发机关"), max_length=120, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    term = models.CharField(_("有效期"), max_length=20, help_text=_("years:3 或 year-end"))
    number_pattern = models.CharField(_("编号格式"), max_length=120, blank=True)
    verified = models.BooleanField(_("依据已核实"), default=False)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("资质类别")

    def __str__(self) -> str:
        return self.name


class Qualification(Versioned):
    """A dated fact an organisation holds (资质): valid from a day, up to and not including another, unless revoked.

    One revoked on its very first day was withdrawn (a list undone): it counts on no day and frees its number.
    A list published before the certificates are printed gives no number.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("机构")
    )
    kind = models.ForeignKey(QualificationKind, on_delete=models.PROTECT, verbose_name=_("类别"))
    number = models.CharField(_("编号"), max_length=60, blank=True)
    valid_from = models.DateField(_("有效期自"))
    valid_to = models.DateField(_("有效期至（不含）"))
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("颁发时所在区县")
    )
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=40, blank=True)
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("资质")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "number"),
                name="qualification_number_once",
                condition=~models.Q(number="")
                & (models.Q(revoked_on__isnull=True) | models.Q(revoked_on__gt=models.F("valid_from"))),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="valid_from_before_to"
            ),
        )
        indexes = (models.Index(fields=("kind", "valid_to", "valid_from"), name="qualification_stock"),)

    def __str__(self) -> str:
        return f"{self.kind_id} {self.number}"
