# SPDX-License-Identifier: Apache-2.0
"""Rounds in which offices are asked to report, and what was asked of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models.promised import Responsibility
from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee
from kechuang.commons.kernel.models import Versioned
from kechuang.engines.progress.rounds import Window


class Round(Versioned):
    """A round of reporting (报送轮次) by the rhythm of a scheme: what the scheme said when it opened stays with it.

    ``receivers`` are ``{name, paper}``: for whom the reports are rendered, and by which template.
    """

    scheme = models.CharField(_("进度办法"), max_length=40)
    code = models.CharField(_("节奏"), max_length=20)
    title = models.CharField(_("轮次"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    no = models.PositiveSmallIntegerField(_("序号"))
    opens_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("截止日期"))
    receivers = models.JSONField(_("收件方"), default=list, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送轮次")
        ordering = ("-due_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("scheme", "code", "year", "no"), name="round_once"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("opens_on")), name="round_opens_before_it_is_due"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> Window:
        """As the engine takes it."""
        return Window(self.year, self.no, self.opens_on, self.due_on)


class Call(models.Model):
    """A report asked of an office for its part, in a round (要求报送); whether it was answered, its reports say."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="calls", verbose_name=_("轮次"))
    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="calls", verbose_name=_("责任")
    )

    class Meta:
        verbose_name = _("要求报送")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("round", "responsibility"), name="asked_once_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.responsibility_id}"
