# SPDX-License-Identifier: Apache-2.0
"""Commitments, responsibilities, reports, evidence."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models.moving import Movable
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee, OneOpen
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit


class Commitment(Versioned, Movable):
    """Anything promised (承诺): a plan task, a deliverable (举措) of it, a number, a resolution or a clause."""

    class Kind(models.TextChoices):
        """What was promised."""

        TASK = "task", _("任务")
        DELIVERABLE = "deliverable", _("举措")
        TARGET = "target", _("目标")
        INSTRUCTION = "instruction", _("批示督办")
        CLAUSE = "clause", _("约定事项")

    class State(models.TextChoices):
        """Where it stands; lights are computed, never stored."""

        OPEN = "open", _("推进中")
        AWAITING = "awaiting", _("待确认办结")
        DONE = "done", _("已办结")
        DROPPED = "dropped", _("已撤销")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    code = models.CharField(_("编号"), max_length=40, db_index=True)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    target = models.OneToOneField(
        Target, on_delete=models.PROTECT, null=True, blank=True, related_name="commitment"
    )
    start = models.DateField(_("起始日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN, db_index=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    scheme = models.CharField(_("进度办法"), max_length=40, blank=True)

    beneath: list[Commitment]
    """Its deliverables and the numbers under it, where they were read with it."""

    class Meta:
        verbose_name = _("承诺")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """Its title; of a clause, which says little by itself, with the record that promises it."""
        return self.text[:200] if self.kind == self.Kind.CLAUSE else self.title

    @property
    def deliverables(self) -> list[Commitment]:
        """What was read beneath it that is to be delivered."""
        return [part for part in self.beneath if part.kind == self.Kind.DELIVERABLE]

    @property
    def numbers(self) -> list[Commitment]:
        """What was read beneath it that promises a number."""
        return [part for part in self.beneath if part.kind == self.Kind.TARGET]


class Source(models.Model):
    """What names the commitment (来源): a line of a plan, a resolution, an instruction; several may name one."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="sources")
    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("来源")
        constraints = (
            models.UniqueConstraint(fields=("commitment", "ref_kind", "ref_id"), name="source_once"),
        )
        indexes = (models.Index(fields=("ref_kind", "ref_id"), name="source_of_ref"),)

    def __str__(self) -> str:
        return f"{self.ref_kind}:{self.ref_id}"

    @property
    def ref(self) -> Ref:
        """The pointer itself."""
        return Ref(self.ref_kind, self.ref_id)


class Responsibility(Versioned):
    """An office's own part of a commitment (责任): lead, co-owner or simply responsible."""

    class Role(models.TextChoices):
        """牵头, 配合, or not distinguished."""

        LEAD = "lead", _("牵头")
        CO = "co", _("配合")
        RESPONSIBLE = "responsible", _("责任")
        GUIDE = "guide", _("指导")

    class State(models.TextChoices):
        """What the office says of its own part."""

        OPEN = "open", _("推进中")
        DONE = "done", _("本处室已完成")

    guarantees: ClassVar[list[Guarantee]] = [OneOpen(by=("commitment", "unit"), closed="until")]

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="responsibilities")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="responsibilities", verbose_name=_("处室")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    roles = models.JSONField(_("先前的角色"), default=list, blank=True)
    state = models.CharField(_("进展"), max_length=8, choices=State, default=State.OPEN)
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("责任")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.unit_id} {self.role}"

    def change_place(self, role: str, order: int, day: dt.date) -> None:
        """Another role or place among the offices from a day on; what it was before is kept with that day."""
        self.roles = [*self.roles, {"role": self.role, "order": self.order, "until": day.isoformat()}]
        self.role, self.order = role, order

    def place_on(self, day: dt.date) -> tuple[str, int]:
        """The role and the place among the offices on a day."""
        for one in self.roles:
            if one["until"] > day.isoformat():
                return one["role"], one["order"]
        return self.role, self.order


class Report(models.Model):
    """What an office reported of its own part on a day (进展报告); never edited, a correction is a new report."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    responsibility = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="reports")
    day = models.DateField(_("业务日期"), db_index=True)
    at = models.DateTimeField(_("报送时间"))
    by = models.CharField(_("报送人"), max_length=80)
    text = models.TextField(_("进展"))
    done = models.BooleanField(_("本处室已完成"), default=False)

    class Meta:
        verbose_name = _("进展报告")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.responsibility_id} {self.day}"


class Evidence(models.Model):
    """What shows it (佐证): a file or any record."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("佐证")
        constraints = (
            models.UniqueConstraint(fields=("report", "ref_kind", "ref_id"), name="evidence_once"),
        )

    def __str__(self) -> str:
        return f"{self.ref_kind}:{self.ref_id}"

    @property
    def ref(self) -> Ref:
        """The pointer itself."""
        return Ref(self.ref_kind, self.ref_id)


class Merge(models.Model):
    """What the lead office said of the whole on a day (牵头汇总), from the reports of all parts; never edited."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="merges")
    day = models.DateField(_("业务日期"))
    at = models.DateTimeField(_("汇总时间"))
    by = models.CharField(_("汇总人"), max_length=80)
    by_id = models.CharField(max_length=40)
    text = models.TextField(_("汇总"))
    done = models.BooleanField(_("申请办结"), default=False)

    class Meta:
        verbose_name = _("牵头汇总")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.day}"
