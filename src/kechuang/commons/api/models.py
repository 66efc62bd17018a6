# SPDX-License-Identifier: Apache-2.0
"""Tokens of the API."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Versioned


class ApiToken(Versioned):
    """A token (接口令牌) given to a program: some permissions of a person, until a day; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("账号")
    )
    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("开头"), max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    permissions = models.JSONField(_("权限"), default=list)
    made_at = models.DateTimeField(_("签发时间"))
    until = models.DateField(_("有效期至（不含）"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} {self.prefix}…"
