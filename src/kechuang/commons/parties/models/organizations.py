# SPDX-License-Identifier: Apache-2.0
"""Organisations: what they are called, by which codes, what they are in which years, which were one all along."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, NoOverlap, OneOpen
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.regions import Region
from kechuang.engines.linkage.names import block_key


class NameKey(models.CharField):  # type: ignore[type-arg]
    """The key under which writings of one name meet, made from ``name`` whenever the row is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 -- Django's signature
        """The key of the name as it is now."""
        del add
        key = block_key(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key


class OrganizationKind(models.Model):
    """What an organisation can be (主体类型: enterprise, university, bank …), as released by a content pack."""

    code = models.CharField(_("代码"), max_length=40, primary_key=True)
    name = models.CharField(_("名称"), max_length=40)
    account_role = models.CharField(_("账号角色"), max_length=40, blank=True)
    person = models.BooleanField(_("自然人"), default=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("主体类型")
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class Organization(Versioned):
    """An organisation (机构), identified by its unified social credit code (统一社会信用代码) where it has one.

    One that turned out to be another's second entry points to it by ``merged_into``: its key stays, whatever points
    to it stays, and readers follow the pointer. ``head`` is the head office of a branch, which has a code of its own.
    """

    name = models.CharField(_("名称"), max_length=120, db_index=True)
    name_key = NameKey(max_length=120, editable=False, db_index=True, default="")
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    inner_code = models.GeneratedField(
        expression=Substr("uscc", 9, 9),
        output_field=models.CharField(max_length=9, null=True),
        db_persist=True,
        db_index=True,
        verbose_name=_("内含组织机构代码"),
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("所在区县")
    )
    head = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("总部"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("并入"),
    )
    demo = models.BooleanField(_("演示数据"), default=False)
    source = models.CharField(_("来源"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("机构")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="organization_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~models.Q(head=models.F("id")), name="organization_not_its_own_head"
            ),
        )
        indexes = (  # of the few that were merged: SQLite thinks nothing of an index that is all but empty values
            models.Index(
                fields=("merged_into",),
                condition=models.Q(merged_into__isnull=False),
                name="organization_merged",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OrganizationCode(models.Model):
    """A code an organisation had or has beside its present one (机构代码): earlier codes, 15- and 9-digit ones."""

    class Kind(models.TextChoices):
        """Which register gave it."""

        USCC = "uscc", _("统一社会信用代码")
        REGISTRATION = "registration", _("工商注册号")
        ORGANIZATION = "organization", _("组织机构代码")

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="codes", verbose_name=_("机构")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    value = models.CharField(_("代码"), max_length=18)
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("机构代码")
        ordering = ("kind", "since", "id")
        constraints = (models.UniqueConstraint(fields=("value", "kind"), name="organization_code_once"),)

    def __str__(self) -> str:
        return self.value


class OrganizationName(models.Model):
    """A name an organisation had until a day (曾用名)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="former_names", verbose_name=_("机构")
    )
    name = models.CharField(_("名称"), max_length=120)
    name_key = NameKey(max_length=120, editable=False, db_index=True, default="")
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("曾用名")
        ordering = ("until", "id")
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="former_name_once"),)

    def __str__(self) -> str:
        return self.name


class OrganizationRole(models.Model):
    """What an organisation is from a day to a day (主体身份); it may be several things at once."""

    guarantees: ClassVar[list[Guarantee]] = [
        NoOverlap(by=("organization", "kind"), start="since", end="until")
    ]

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="roles", verbose_name=_("机构")
    )
    kind = models.ForeignKey(OrganizationKind, on_delete=models.PROTECT, verbose_name=_("主体类型"))
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("主体身份")
        ordering = ("kind__order", "since")
        indexes = (models.Index(fields=("kind", "organization"), name="role_of_kind"),)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.kind_id}"


class Statement(models.Model):
    """What a source said of an organisation on a day (登记事项); withdrawn with its source, never edited."""

    class Field(models.TextChoices):
        """What it speaks of."""

        NAME = "name", _("名称")
        USCC = "uscc", _("统一社会信用代码")
        REGION = "region", _("所在区县")
        ADDRESS = "address", _("地址")
        INDUSTRY = "industry", _("行业")
        REPRESENTATIVE = "representative", _("法定代表人")
        FOUNDED = "founded", _("成立日期")

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="statements", verbose_name=_("机构")
    )
    field = models.CharField(_("事项"), max_length=16, choices=Field)
    value = models.CharField(_("内容"), max_length=200)
    source = models.CharField(_("来源"), max_length=120)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=40, blank=True)
    said_on = models.DateField(_("日期"))
    withdrawn = models.BooleanField(_("已撤回"), default=False)

    class Meta:
        verbose_name = _("登记事项")
        ordering = ("field", "-said_on", "-id")
        indexes = (models.Index(fields=("source_kind", "source_id"), name="statement_of_source"),)

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class OrganizationMerge(models.Model):
    """Two entries were one organisation (机构合并): who said so, why, and whether it was taken back."""

    guarantees: ClassVar[list[Guarantee]] = [OneOpen(by=("absorbed",), closed="undone_at")]

    absorbed = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="merges", verbose_name=_("并入方")
    )
    survivor = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="absorptions", verbose_name=_("保留方")
    )
    reason = models.CharField(_("依据"), max_length=200)
    by = models.CharField(_("办理人"), max_length=80)
    at = models.DateTimeField(_("合并时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=80, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("机构合并")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.absorbed_id} -> {self.survivor_id}"
