# SPDX-License-Identifier: Apache-2.0
"""Lists of organisations that come in as files, their lines, and entries that may be one organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models.incoming import IncomingList, IncomingRow
from kechuang.commons.parties.models.organizations import NameKey, Organization, OrganizationKind


class PartyList(IncomingList):
    """A list of organisations handed in as a file (机构名单): read and matched, settled, taken in batches, undone."""

    class State(models.TextChoices):
        """Where it stands; reading, settling, taking and undoing go on by themselves until they are done."""

        READING = "reading", _("读取中")
        DRAFT = "draft", _("待确认")
        SETTLING = "settling", _("采纳建议中")
        TAKING = "taking", _("登记中")
        TAKEN = "taken", _("已登记")
        UNDOING = "undoing", _("撤回中")
        UNDONE = "undone", _("已撤回")
        DROPPED = "dropped", _("已作废")

    GOING_ON: ClassVar[tuple[State, ...]] = (State.READING, State.SETTLING, State.TAKING, State.UNDOING)

    title = models.CharField(_("标题"), max_length=120)
    kind = models.ForeignKey(
        OrganizationKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主体类型"),
    )
    said_on = models.DateField(_("数据日期"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.READING, db_index=True)
    labels = models.JSONField(_("表头"), default=list)
    created = models.PositiveIntegerField(_("新建机构"), default=0)
    kept = models.PositiveIntegerField(_("撤回后保留"), default=0)
    uploaded_by_ids = models.JSONField(default=list)
    settled_by = models.CharField(_("采纳人"), max_length=80, blank=True)
    settled_by_ids = models.JSONField(default=list)

    class Meta:
        verbose_name = _("机构名单")
        ordering = ("-id",)


class PartyRow(IncomingRow):
    """A line of such a list (机构名单行): what it said, what it was taken for, what became of it."""

    class Match(models.TextChoices):
        """How sure the match is."""

        CODE = "code", _("代码一致")
        NAME = "name", _("名称一致")
        NEW = "new", _("新机构")
        DOUBT = "doubt", _("存疑")
        ERROR = "error", _("有误")

    class Decision(models.TextChoices):
        """What is to become of it."""

        TAKE = "take", _("登记到已有机构")
        NEW = "new", _("登记为新机构")
        SKIP = "skip", _("不登记")
        OPEN = "open", _("待决定")

    listed = models.ForeignKey(
        PartyList, on_delete=models.CASCADE, related_name="rows", verbose_name=_("名单")
    )
    name = models.CharField(_("名称"), max_length=120, blank=True)
    name_key = NameKey(max_length=120, editable=False, default="")
    uscc = models.CharField(_("统一社会信用代码"), max_length=40, blank=True)
    valid = models.BooleanField(_("代码有效"), default=False)
    data = models.JSONField(_("内容"), default=dict)
    match = models.CharField(_("比对"), max_length=5, choices=Match)
    decision = models.CharField(_("处理"), max_length=4, choices=Decision, default=Decision.OPEN)
    suggestion = models.CharField(_("建议"), max_length=4, choices=Decision, blank=True)
    candidates = models.JSONField(_("可能的机构"), default=dict)
    done = models.BooleanField(_("已办"), default=False)
    made = models.JSONField(_("所做的登记"), default=dict)
    settled_by_ids = models.JSONField(default=list)

    class Meta:
        verbose_name = _("机构名单行")
        ordering = ("listed_id", "line")
        constraints = (models.UniqueConstraint(fields=("listed", "line"), name="party_list_line_once"),)
        indexes = (
            models.Index(fields=("listed", "decision", "match"), name="party_rows_waiting"),
            models.Index(fields=("listed", "done", "line"), name="party_rows_to_do"),
            models.Index(fields=("listed", "uscc"), name="party_rows_by_code"),
            models.Index(fields=("listed", "name_key"), name="party_rows_by_name"),
        )

    def __str__(self) -> str:
        return f"{self.listed_id}:{self.line} {self.name}"


class OrganizationPair(Versioned):
    """Two entries that may be one organisation (疑似重复), for a person to look at; told apart, never asked again."""

    class State(models.TextChoices):
        """Waiting, or told apart; a pair that was merged is gone with the merged entry."""

        OPEN = "open", _("待核对")
        APART = "apart", _("不是同一家")

    one = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", verbose_name=_("甲"))
    other = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", verbose_name=_("乙"))
    likeness = models.PositiveSmallIntegerField(_("可能性"))
    reasons = models.JSONField(_("依据"), default=list)
    state = models.CharField(_("状态"), max_length=5, choices=State, default=State.OPEN, db_index=True)
    decided_by = models.CharField(_("核对人"), max_length=80, blank=True)
    why = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("疑似重复")
        ordering = ("-likeness", "id")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="organization_pair_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="organization_pair_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
