# SPDX-License-Identifier: Apache-2.0
"""Stored files and the documents that name them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee


class Document(models.Model):
    """A file somebody handed in (文件): its content is kept once under its SHA-256; the row is never changed."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("内容摘要"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("字节数"))
    media_type = models.CharField(_("类型"), max_length=100)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.CharField(_("上传人"), max_length=80)

    class Meta:
        verbose_name = _("文件")

    def __str__(self) -> str:
        return self.name


class Discard(models.Model):
    """A file whose content must no longer exist (文件销毁); that it was handed in, and its digest, stay."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="discard", verbose_name=_("文件")
    )
    reason = models.CharField(_("原因"), max_length=200)
    by = models.CharField(_("办理人"), max_length=80)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("文件销毁")

    def __str__(self) -> str:
        return str(self.document_id)
