# SPDX-License-Identifier: Apache-2.0
"""The bureau's own table of days over the library, confirmed years, timers and their pauses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, OneOpen
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref


class CalendarDay(Versioned):
    """A day set by the bureau or by content (日期安排): it wins over what the library says."""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("是否上班"))
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("依据文件"), max_length=200)
    provisional = models.BooleanField(_("暂定"), default=False)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("日期安排")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(Versioned):
    """A year whose official arrangement is out and entered (年度安排): its days are no longer provisional."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    source = models.CharField(_("依据文件"), max_length=200)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("年度安排")
        ordering = ("year",)

    def __str__(self) -> str:
        return str(self.year)


class Timer(Versioned):
    """A limit that runs on a record (办理时限); when it is due is computed from its dated facts."""

    class Unit(models.TextChoices):
        """What is counted."""

        WORKING = "working", _("工作日")
        CALENDAR = "calendar", _("自然日")

    guarantees: ClassVar[list[Guarantee]] = [OneOpen(by=("ref_kind", "ref_id", "code"), closed="stopped_on")]

    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("时限名称"), max_length=60)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("期限"))
    unit = models.CharField(_("单位"), max_length=8, choices=Unit, default=Unit.WORKING)
    started_on = models.DateField(_("起算日"))
    stopped_on = models.DateField(_("办结日"), null=True, blank=True)

    class Meta:
        verbose_name = _("办理时限")
        ordering = ("started_on", "id")
        indexes = (models.Index(fields=("ref_kind", "ref_id"), name="timer_of_ref"),)
        constraints = (models.CheckConstraint(condition=models.Q(days__gte=1), name="timer_days_positive"),)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """What the limit runs on."""
        return Ref(self.ref_kind, self.ref_id)


class TimerPause(models.Model):
    """A stretch that does not count (暂停): asking for missing papers, a hearing, an inspection on site."""

    guarantees: ClassVar[list[Guarantee]] = [OneOpen(by=("timer",), closed="resumed_on")]

    timer = models.ForeignKey(Timer, on_delete=models.CASCADE, related_name="pauses")
    paused_on = models.DateField(_("暂停日"))
    resumed_on = models.DateField(_("恢复日"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("暂停")
        ordering = ("paused_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(resumed_on__isnull=True) | models.Q(resumed_on__gte=models.F("paused_on")),
                name="pause_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.timer_id} {self.paused_on}"
