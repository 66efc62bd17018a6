# SPDX-License-Identifier: Apache-2.0
"""Published lists and their lines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import IncomingList, IncomingRow, Qualification, QualificationKind

_nothing = list  # a row has a field of that name


class ListImport(IncomingList):
    """A published list that was dropped in (企业名单): read, matched, and confirmed by a second person."""

    class State(models.TextChoices):
        """Only a confirmed list counts."""

        DRAFT = "draft", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DISCARDED = "discarded", _("已作废")
        UNDONE = "undone", _("已撤回")

    kind = models.ForeignKey(QualificationKind, on_delete=models.PROTECT, verbose_name=_("资质类别"))
    title = models.CharField(_("标题"), max_length=200)
    issued_on = models.DateField(_("公告日期"))
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    columns = models.JSONField(_("表头"), default=list)
    skipped = models.JSONField(_("未作为企业读取的行"), default=list)
    registered = models.PositiveIntegerField(_("登记资质"), default=0)
    created = models.PositiveIntegerField(_("新建企业"), default=0)
    uploaded_by_id = models.CharField(max_length=40)
    uploaded_for = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("企业名单")
        ordering = ("-issued_on", "-id")


class ListRow(IncomingRow):
    """A line of a list (名单行): what it said, what it was taken for, what became of it; never deleted."""

    class Match(models.TextChoices):
        """How sure the match is."""

        EXACT = "exact", _("代码一致")
        NAME = "name", _("名称一致")
        NEW = "new", _("新企业")
        DOUBT = "doubt", _("存疑")
        ERROR = "error", _("有误")

    class Decision(models.TextChoices):
        """What is to become of it."""

        TAKE = "take", _("登记到已有企业")
        NEW = "new", _("登记为新企业")
        SKIP = "skip", _("不登记")
        OPEN = "open", _("待决定")

    list = models.ForeignKey(
        ListImport, on_delete=models.CASCADE, related_name="rows", verbose_name=_("名单")
    )
    name = models.CharField(_("企业名称"), max_length=120, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=60, blank=True)
    uscc_valid = models.BooleanField(_("代码有效"), default=False)
    number = models.CharField(_("编号"), max_length=60, blank=True)
    valid_from = models.DateField(_("有效期自"))
    valid_to = models.DateField(_("有效期至（不含）"))
    region_name = models.CharField(_("区县"), max_length=60, blank=True)
    raw = models.JSONField(_("原文"), default=_nothing)
    match = models.CharField(_("比对"), max_length=6, choices=Match)
    decision = models.CharField(_("处理"), max_length=4, choices=Decision, default=Decision.OPEN)
    suggestion = models.CharField(_("建议"), max_length=4, choices=Decision, blank=True)
    candidates = models.JSONField(_("可能的企业"), default=_nothing)
    qualification = models.ForeignKey(
        Qualification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("资质"),
    )
    settled_by_id = models.CharField(max_length=40, blank=True)
    settled_for = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("名单行")
        ordering = ("list_id", "line")
        constraints = (models.UniqueConstraint(fields=("list", "line"), name="list_line_once"),)
        indexes = (models.Index(fields=("list", "decision", "match"), name="list_rows_waiting"),)

    def __str__(self) -> str:
        return f"{self.list_id}:{self.line} {self.name}"
