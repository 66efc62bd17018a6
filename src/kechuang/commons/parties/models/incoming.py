# SPDX-License-Identifier: Apache-2.0
"""What every list that comes in as a file keeps of itself and of its lines (导入名单), whatever it is a list of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.organizations import Organization


class IncomingList(Versioned):
    """Where a list came from, who handed it in, who confirmed it, why it was undone."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("文件")
    )
    notes = models.JSONField(_("提示"), default=list)
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    uploaded_by = models.CharField(_("上传人"), max_length=80)
    uploaded_at = models.DateTimeField(_("上传时间"))
    confirmed_by = models.CharField(_("确认人"), max_length=80, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    undone_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title)  # type: ignore[attr-defined]


class IncomingRow(Versioned):
    """A line: where it stands, which organisation it was taken for, what is wrong with it, who settled it."""

    line = models.PositiveIntegerField(_("行号"))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("机构"),
    )
    problem = models.TextField(_("说明"), blank=True)
    settled_by = models.CharField(_("处理人"), max_length=80, blank=True)

    class Meta:
        abstract = True
