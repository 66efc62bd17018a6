# SPDX-License-Identifier: Apache-2.0
"""Qualifications and their kinds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.organizations import Organization
from kechuang.commons.parties.models.regions import Region


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

    One revoked on its very first day was withdrawn (a list undone, a mistake corrected): it counts on no day and
    frees its number. A list published before the certificates are printed gives no number.
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
    proof = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("证明材料"),
    )
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name=_("更正"),
    )
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
        indexes = (
            models.Index(  # holds all that a stock is counted from
                fields=("kind", "valid_to", "valid_from", "revoked_on", "organization"),
                name="qualification_stock",
            ),
            models.Index(fields=("source_kind", "source_id"), name="qualification_of_source"),
        )

    def __str__(self) -> str:
        return f"{self.kind_id} {self.number}"

    @property
    def withdrawn(self) -> bool:
        """Whether it counts on no day."""
        return self.revoked_on is not None and self.revoked_on <= self.valid_from
