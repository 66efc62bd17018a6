# SPDX-License-Identifier: Apache-2.0
"""Letters that were sent, objections to points."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

from django.db import models
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models import Commitment, Milestone, Report
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit

LetterState = Literal["waiting", "overdue", "answered", "answered-late", "withdrawn"]
CENT = 100


class Letter(Versioned):
    """A letter sent to an office because something slipped (督办单): numbered, with its own day to answer."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="letters", verbose_name=_("承诺")
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("节点"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="letters", verbose_name=_("承办处室")
    )
    rung = models.CharField(_("级别代码"), max_length=20)
    name = models.CharField(_("督办单名称"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年度"))
    no = models.PositiveIntegerField(_("序号"))
    reason = models.TextField(_("事由"))
    due = models.DateField(_("事项时限"), null=True, blank=True)
    hundredths = models.IntegerField(_("扣分（百分之一分）"), default=0)
    issued_on = models.DateField(_("发出日期"))
    issued_by = models.CharField(_("发出人"), max_length=80)
    reply_due = models.DateField(_("回复时限"))
    answered_on = models.DateField(_("回复日期"), null=True, blank=True)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回复")
    )
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_why = models.TextField(_("撤回原因"), blank=True)

    class Meta:
        verbose_name = _("督办单")
        ordering = ("-year", "-no")
        constraints = (
            models.UniqueConstraint(fields=("year", "no"), name="letter_number_once"),
            models.UniqueConstraint(
                fields=("commitment", "rung"),
                condition=models.Q(milestone__isnull=True, withdrawn_on__isnull=True),
                name="letter_rung_once",
            ),
            models.UniqueConstraint(
                fields=("milestone", "rung"),
                condition=models.Q(milestone__isnull=False, withdrawn_on__isnull=True),
                name="letter_rung_of_milestone_once",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, report__isnull=True)
                | models.Q(answered_on__isnull=False, report__isnull=False),
                name="letter_answered_by_a_report",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is printed."""
        return now("督办〔%(year)s〕%(no)s号") % {"year": self.year, "no": self.no}

    @property
    def points(self) -> Fraction:
        """What it costs, none or less."""
        return Fraction(self.hundredths, CENT)

    @property
    def item(self) -> Commitment | Milestone:
        """What slipped."""
        return self.milestone or self.commitment

    def state_on(self, day: dt.date) -> LetterState:
        """How it stands on a day."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return "withdrawn"
        if self.answered_on is not None and self.answered_on <= day:
            return "answered" if self.answered_on <= self.reply_due else "answered-late"
        return "overdue" if day > self.reply_due else "waiting"


class Objection(Versioned):
    """An office objects to an event that cost it points (申诉); another person decides."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="objections", verbose_name=_("处室")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    event = models.CharField(_("事件"), max_length=40)
    cause_kind = models.CharField(max_length=60)
    cause_id = models.CharField(max_length=40)
    reason = models.TextField(_("申诉理由"))
    raised_on = models.DateField(_("申诉日期"))
    raised_by = models.CharField(_("申诉人"), max_length=80)
    raised_by_id = models.CharField(max_length=40)
    decided_on = models.DateField(_("审定日期"), null=True, blank=True)
    decided_by = models.CharField(_("审定人"), max_length=80, blank=True)
    upheld = models.BooleanField(_("成立"), null=True, blank=True)
    words = models.TextField(_("审定意见"), blank=True)

    class Meta:
        verbose_name = _("申诉")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "event", "cause_kind", "cause_id"), name="objection_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True, upheld__isnull=True)
                | models.Q(decided_on__isnull=False, upheld__isnull=False),
                name="objection_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return self.reason[:40]

    @property
    def cause(self) -> Ref:
        """The record behind the event."""
        return Ref(self.cause_kind, self.cause_id)
