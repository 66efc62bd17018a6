# SPDX-License-Identifier: Apache-2.0
"""Accounts, roles and grants."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account (账号) of one person; what it may do stands in its grants."""

    display_name = models.CharField(_("姓名"), max_length=60, blank=True)
    demo = models.BooleanField(_("演示账号"), default=False)

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.Model):
    """A role (角色) as released by a content pack: a name and the permissions it carries."""

    class Family(models.TextChoices):
        """Roles of two different administrator families may not meet in one account."""

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


class Grant(models.Model):
    """A role given to an account in a scope (授权), with dates."""

    class Scope(models.TextChoices):
        """How far the role reaches."""

        OWN = "own", _("本人")
        UNIT = "unit", _("本处室")
        REGION = "region", _("本区县")
        TASK = "task", _("单项任务")
        CALL = "call", _("单个批次")
        ALL = "all", _("全部")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("账号"))
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants", verbose_name=_("角色"))
    scope = models.CharField(_("范围"), max_length=8, choices=Scope, default=Scope.ALL)
    over = models.CharField(
        _("对象"), max_length=80, blank=True, help_text=_("范围所指的处室、区县等，例如 parties.unit:3")
    )
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")
        constraints = (models.UniqueConstraint(fields=("user", "role", "scope", "over"), name="grant_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role_id} {self.scope} {self.over}"
