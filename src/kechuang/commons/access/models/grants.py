# SPDX-License-Identifier: Apache-2.0
"""Roles, grants, requests for grants, and delegations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models.accounts import User
from kechuang.commons.kernel.guarantees import Guarantee, OneOpen
from kechuang.commons.kernel.models import Versioned


class Role(models.Model):
    """A role (角色) as released by a content pack: a name and the permissions it carries."""

    class Family(models.TextChoices):
        """Roles of two different families may not meet in one account."""

        BUSINESS = "business", _("业务")
        SYSTEM = "system", _("系统管理")
        SECURITY = "security", _("安全管理")
        AUDIT = "audit", _("审计管理")

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    family = models.CharField(_("类别"), max_length=10, choices=Family, default=Family.BUSINESS)
    permissions = models.JSONField(_("权限"), default=list)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("角色")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """How far a role reaches."""

    OWN = "own", _("本人")
    UNIT = "unit", _("本处室")
    REGION = "region", _("本区县")
    TASK = "task", _("单项任务")
    CALL = "call", _("单个批次")
    ALL = "all", _("全部")


class Reach(models.Model):
    """What a grant and a request for one have in common: the role, how far, from when, until when."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+", verbose_name=_("角色"))
    scope = models.CharField(_("范围"), max_length=8, choices=Scope, default=Scope.ALL)
    over = models.CharField(
        _("对象"), max_length=80, blank=True, help_text=_("范围所指的处室、区县等，例如 parties.unit:3")
    )
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.role_id} {self.scope} {self.over}"


class Grant(Reach):
    """A role given to an account in a scope (授权), with dates; a revoked one keeps its row and ends."""

    Scope = Scope

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("账号"))

    class Meta:
        verbose_name = _("授权")
        constraints = (models.UniqueConstraint(fields=("user", "role", "scope", "over"), name="grant_once"),)


class GrantRequest(Versioned, Reach):
    """A grant asked for by who opened the account, to be decided by the security administrator (授权申请)."""

    class State(models.TextChoices):
        """Waiting, or decided."""

        OPEN = "open", _("待办理")
        GRANTED = "granted", _("已授权")
        DECLINED = "declined", _("未批准")

    guarantees: ClassVar[list[Guarantee]] = [
        OneOpen(by=("user", "role", "scope", "over"), closed="settled_at")
    ]

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests", verbose_name=_("账号"))
    asked_by = models.CharField(_("申请人"), max_length=80)
    asked_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("授权申请")


class Delegation(models.Model):
    """A person lets a colleague act for him while he is away (委托代办): some of his grants, for some days."""

    giver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="given", verbose_name=_("委托人"))
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="taken", verbose_name=_("代办人"))
    grants = models.ManyToManyField(Grant, verbose_name=_("授权"))
    permissions = models.JSONField(_("权限"), default=list)
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"))
    reason = models.CharField(_("事由"), max_length=200)
    ended_at = models.DateTimeField(_("提前结束"), null=True, blank=True)

    class Meta:
        verbose_name = _("委托代办")

    def __str__(self) -> str:
        return f"{self.giver_id} -> {self.deputy_id}"
