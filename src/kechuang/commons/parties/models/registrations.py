# SPDX-License-Identifier: Apache-2.0
"""Those who register themselves: a firm, a university, a bank, an expert."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.ciphers import sealed
from kechuang.commons.access.fieldclasses import FieldClass, sensitive
from kechuang.commons.access.models import Purpose
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.organizations import Organization, OrganizationKind
from kechuang.commons.parties.models.regions import Region


class Registration(Versioned):
    """Somebody registers an organisation, or himself as an expert (注册申请); of its link only a digest is kept."""

    class State(models.TextChoices):
        """Confirmed by the link, checked, returned once with all that is missing, accepted or declined."""

        UNCONFIRMED = "unconfirmed", _("待本人确认")
        SUBMITTED = "submitted", _("待核对")
        RETURNED = "returned", _("已退回补正")
        ACCEPTED = "accepted", _("已通过")
        DECLINED = "declined", _("未通过")

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "applicant": sensitive(_("被授权人"), "name"),
        "email": sensitive(_("电子邮箱"), "email"),
        "phone": sensitive(_("手机"), "phone"),
    }

    kind = models.ForeignKey(
        OrganizationKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("主体类型")
    )
    name = models.CharField(_("名称"), max_length=120)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("所在区县"))
    applicant_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    proof = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("证明材料")
    )
    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="+", verbose_name=_("所同意的用途")
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.SUBMITTED, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, db_index=True)
    filed_at = models.DateTimeField(_("提交时间"), db_index=True)
    missing = models.JSONField(_("须补正"), default=list)
    returned = models.BooleanField(_("退回过"), default=False)
    settled_by = models.CharField(_("核对人"), max_length=80, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("机构"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("账号"),
    )
    applicant = sealed("applicant_sealed")
    email = sealed("email_sealed")
    phone = sealed("phone_sealed")
    token: str = ""
    """The secret of the link, known only to the object that was made with it."""

    class Meta:
        verbose_name = _("注册申请")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
