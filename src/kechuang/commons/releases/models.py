# SPDX-License-Identifier: Apache-2.0
"""One immutable version of one piece of content."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee


class Release(models.Model):
    """A version of a piece (版本): what it said, from which pack, under which digest; never changed."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    kind = models.CharField(_("类别"), max_length=40)
    code = models.CharField(_("代码"), max_length=80)
    title = models.CharField(_("名称"), max_length=200)
    number = models.CharField(_("版本号"), max_length=20)
    pack = models.CharField(_("内容包"), max_length=60)
    sha256 = models.CharField(_("内容摘要"), max_length=64)
    content = models.JSONField(_("内容"))
    source = models.CharField(_("来源"), max_length=200, blank=True)
    verified = models.BooleanField(_("依据已核实"), default=False)
    released_at = models.DateTimeField(_("发布时间"))

    class Meta:
        verbose_name = _("版本")
        ordering = ("kind", "code", "id")
        constraints = (models.UniqueConstraint(fields=("kind", "code", "number"), name="release_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.number}"
