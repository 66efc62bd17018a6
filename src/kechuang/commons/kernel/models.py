# SPDX-License-Identifier: Apache-2.0
"""What the kernel stores: the journal and its seals, the outbox, idempotency keys, the business clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee
from kechuang.commons.kernel.refs import Ref


class Versioned(models.Model):
    """A thing that two people may edit: its version rises with each action on it."""

    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    class Meta:
        abstract = True


class Entry(models.Model):
    """One line of the journal (日志): who did what to which thing, when, with what outcome; never edited."""

    class Outcome(models.TextChoices):
        """Whether it was done or refused."""

        DONE = "done", _("已办")
        REFUSED = "refused", _("被拒")

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    at = models.DateTimeField(_("时间"), db_index=True)
    business_day = models.DateField(_("业务日期"))
    verb = models.CharField(_("动作"), max_length=80, db_index=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, default=Outcome.DONE)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=40, db_index=True)
    actor_name = models.CharField(_("操作人"), max_length=80)
    on_behalf_of = models.CharField(_("代"), max_length=80, blank=True)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(_("内容"), default=dict)
    reason = models.TextField(_("原因"), blank=True)

    class Meta:
        verbose_name = _("日志")
        indexes = (models.Index(fields=("ref_kind", "ref_id", "id"), name="entry_of_ref"),)
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.verb} {self.ref_kind}:{self.ref_id}"

    @property
    def ref(self) -> Ref | None:
        """The thing acted on, if it was stored."""
        return Ref(self.ref_kind, self.ref_id) if self.ref_id else None


class Seal(models.Model):
    """A link of the journal's hash chain (封存): ``hash`` covers the entry and the seal before it."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("日志封存")

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class OutboxMessage(models.Model):
    """One subscriber's turn for one entry (发件箱); kept until it succeeded."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    subscriber = models.CharField(max_length=160)
    delivered_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("发件箱")
        constraints = (models.UniqueConstraint(fields=("entry", "subscriber"), name="one_turn_each"),)

    def __str__(self) -> str:
        return f"{self.subscriber} <- {self.entry_id}"


class IdempotencyKey(models.Model):
    """The first result of a request that may arrive twice (幂等键)."""

    key = models.CharField(max_length=64, primary_key=True)
    verb = models.CharField(max_length=80)
    actor_id = models.CharField(max_length=40)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("幂等键")

    def __str__(self) -> str:
        return self.key


class ClockSetting(models.Model):
    """The day a presenter has set (演示日期); no row means the real day. Only one row exists."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    day = models.DateField(_("业务日期"))

    class Meta:
        verbose_name = _("业务日期")

    def __str__(self) -> str:
        return str(self.day)
