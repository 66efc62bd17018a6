# SPDX-License-Identifier: Apache-2.0
"""What a clerk's year adds to a commitment: milestones, receipts, extensions, disagreements, lights set by hand."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.commitments.models.moving import Movable
from kechuang.commons.commitments.models.promised import Commitment, Report, Responsibility
from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee, NoOverlap
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models import Unit


class Milestone(Versioned, Movable):
    """A step an office sets itself within a commitment (节点): drafted, approved by another, reached with evidence."""

    class Grain(models.TextChoices):
        """Due at the end of a month or of a quarter."""

        MONTH = "month", _("月")
        QUARTER = "quarter", _("季")

    class State(models.TextChoices):
        """A draft counts for nothing yet; what was dropped no longer does."""

        DRAFT = "draft", _("拟定中")
        APPROVED = "approved", _("已审定")
        REACHED = "reached", _("已完成")
        DROPPED = "dropped", _("已撤销")

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("承诺")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("处室")
    )
    title = models.CharField(_("节点"), max_length=200)
    grain = models.CharField(_("粒度"), max_length=8, choices=Grain)
    due = models.DateField(_("完成时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    remark = models.TextField(_("退回意见"), blank=True)
    drafted_by = models.CharField(_("拟定人"), max_length=80)
    drafted_by_id = models.CharField(max_length=40)
    drafted_for = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True, blank=True)
    dropped_on = models.DateField(_("撤销日期"), null=True, blank=True)
    closed_on = models.DateField(_("完成日期"), null=True, blank=True)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("进展报告")
    )

    class Meta:
        verbose_name = _("节点")
        ordering = ("due", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "unit", "title"),
                condition=~models.Q(state="dropped"),
                name="milestone_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="reached", closed_on__isnull=False, report__isnull=False)
                | (~models.Q(state="reached") & models.Q(closed_on__isnull=True, report__isnull=True)),
                name="milestone_reached_with_a_report",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def counts_on(self, day: dt.date) -> bool:
        """Whether it makes a light on a day: approved by then, not dropped by then."""
        approved = self.approved_on is not None and self.approved_on <= day
        return approved and (self.dropped_on is None or self.dropped_on > day)


class Receipt(models.Model):
    """An office has taken note of its part in a role (签收); a change of role is received anew."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("责任")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Responsibility.Role)
    day = models.DateField(_("业务日期"))
    at = models.DateTimeField(_("签收时间"))
    by = models.CharField(_("签收人"), max_length=80)

    class Meta:
        verbose_name = _("签收")
        constraints = (models.UniqueConstraint(fields=("responsibility", "role"), name="received_once"),)

    def __str__(self) -> str:
        return f"{self.responsibility_id} {self.role}"


class Extension(Versioned):
    """A later date asked for with a reason, decided by another person (延期): of a commitment or of its milestone."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("承诺")
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
        verbose_name=_("节点"),
    )
    old_due = models.DateField(_("原时限"))
    new_due = models.DateField(_("申请延至"))
    reason = models.TextField(_("原因"))
    asked_on = models.DateField(_("申请日期"))
    asked_by = models.CharField(_("申请人"), max_length=80)
    asked_by_id = models.CharField(max_length=40)
    asked_for = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(_("审批日期"), null=True, blank=True)
    decided_by = models.CharField(_("审批人"), max_length=80, blank=True)
    approved = models.BooleanField(_("同意"), null=True, blank=True)
    words = models.TextField(_("审批意见"), blank=True)

    class Meta:
        verbose_name = _("延期")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("commitment",),
                condition=models.Q(decided_on__isnull=True, milestone__isnull=True),
                name="extension_one_open",
            ),
            models.UniqueConstraint(
                fields=("milestone",),
                condition=models.Q(decided_on__isnull=True),
                name="milestone_extension_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(new_due__gt=models.F("old_due")), name="extension_goes_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True, approved__isnull=True)
                | models.Q(decided_on__isnull=False, approved__isnull=False),
                name="extension_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_due} → {self.new_due}"

    @property
    def is_late(self) -> bool:
        """Whether it was asked for when the date had already passed."""
        return self.asked_on > self.old_due


class Disagreement(Versioned):
    """Two offices of a commitment cannot agree (分歧): a person decides by a day; the record stays."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="disagreements", verbose_name=_("承诺")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出处室"))
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("对方处室"))
    text = models.TextField(_("分歧事项"))
    decider = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("裁定人"))
    due = models.DateField(_("裁定时限"))
    raised_on = models.DateField(_("提出日期"))
    raised_by = models.CharField(_("提出人"), max_length=80)
    decided_on = models.DateField(_("了结日期"), null=True, blank=True)
    decision = models.TextField(_("裁定意见"), blank=True)
    withdrawn = models.BooleanField(_("自行协商解决"), default=False)

    class Meta:
        verbose_name = _("分歧")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(unit=models.F("other")), name="disagreement_of_two"),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True, decision="", withdrawn=False)
                | (models.Q(decided_on__isnull=False) & ~models.Q(decision="")),
                name="disagreement_decided_in_words",
            ),
        )

    def __str__(self) -> str:
        return self.text[:40]

    def waits_on(self, day: dt.date) -> bool:
        """Whether it had been raised and not decided on a day."""
        return self.raised_on <= day and (self.decided_on is None or self.decided_on > day)


class LightOverride(Versioned):
    """A light set by hand (人工定灯): from a day up to and not including another, with a reason; one at a time."""

    class Colour(models.TextChoices):
        """What may be set."""

        GREEN = "green", _("正常")
        YELLOW = "yellow", _("预警")
        RED = "red", _("滞后")

    guarantees: ClassVar[list[Guarantee]] = [NoOverlap(by=("commitment",), start="since", end="until")]

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="overrides", verbose_name=_("承诺")
    )
    colour = models.CharField(_("灯"), max_length=8, choices=Colour)
    reason = models.TextField(_("理由"))
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"))
    planned = models.DateField(_("撤销前原定至（不含）"), null=True, blank=True)
    by = models.CharField(_("定灯人"), max_length=80)

    class Meta:
        verbose_name = _("人工定灯")
        ordering = ("since", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="light_override_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.colour}"
