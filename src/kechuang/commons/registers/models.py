# SPDX-License-Identifier: Apache-2.0
"""Records of registers: values, spans of states, links, yearly figures; and drafts of definitions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import Purpose
from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee, NoOverlap, OneOpen
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Region, Unit


class Record(Versioned):
    """A record of a register (台账记录). ``data`` holds every field by code; key fields stand in columns of their own.

    ``key1…4`` are texts, ``amount1…2`` scaled integers, ``day1…2`` dates; which field stands where is said by the
    definition (``RegisterPiece.keys``).
    """

    register = models.CharField(_("台账"), max_length=40)
    release = models.CharField(_("定义版本"), max_length=20)
    number = models.CharField(_("编号"), max_length=60, blank=True)
    title = models.CharField(_("名称"), max_length=200)
    state = models.CharField(_("状态"), max_length=40)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主管处室")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("主体"),
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("区县")
    )
    data = models.JSONField(_("内容"), default=dict)
    key1 = models.CharField(max_length=120, blank=True)
    key2 = models.CharField(max_length=120, blank=True)
    key3 = models.CharField(max_length=120, blank=True)
    key4 = models.CharField(max_length=120, blank=True)
    amount1 = models.BigIntegerField(null=True, blank=True)
    amount2 = models.BigIntegerField(null=True, blank=True)
    day1 = models.DateField(null=True, blank=True)
    day2 = models.DateField(null=True, blank=True)
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    opened_on = models.DateField(_("登记日期"))
    source = models.CharField(_("来源"), max_length=200, blank=True)
    piece = models.CharField(_("内容件"), max_length=80, blank=True, db_index=True)
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("台账记录")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("register", "number"), name="record_number_once", condition=~models.Q(number="")
            ),
        )
        indexes = (
            models.Index(fields=("register", "id"), name="record_of_register"),
            models.Index(fields=("register", "state", "id"), name="record_state"),
            models.Index(fields=("register", "key1", "id"), name="record_key1"),
            models.Index(fields=("register", "key2", "id"), name="record_key2"),
            models.Index(fields=("register", "day1", "id"), name="record_day1"),
            # these two answer a search and filters by themselves, without the wide rows
            models.Index(fields=("register", "title", "number", "id"), name="record_title"),
            models.Index(
                fields=("register", "region", "id", "state", "key1", "key2", "key3", "key4"),
                name="record_region",
            ),
        )

    def __str__(self) -> str:
        return self.title


class StateSpan(models.Model):
    """From when to when a record was in a state (状态期间), why and shown by what: the past stays countable."""

    guarantees: ClassVar[list[Guarantee]] = [
        NoOverlap(by=("record",), start="since", end="until"),
        OneOpen(by=("record",), closed="until"),
    ]

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="spans")
    state = models.CharField(_("状态"), max_length=40)
    since = models.DateField(_("自"))
    until = models.DateField(_("至（不含）"), null=True, blank=True)
    by = models.CharField(_("办理人"), max_length=80)
    reason = models.TextField(_("原因"), blank=True)
    evidence = models.JSONField(_("佐证"), default=list, blank=True)

    class Meta:
        verbose_name = _("状态期间")
        ordering = ("since", "id")
        indexes = (models.Index(fields=("record", "since", "until", "state"), name="span_of_record"),)

    def __str__(self) -> str:
        return f"{self.record_id} {self.state} {self.since}"


class RecordLink(models.Model):
    """A record names another thing (关联): another record, an organisation, an office; seen from both sides."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links")
    field = models.CharField(_("字段"), max_length=40)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("关联")
        constraints = (
            models.UniqueConstraint(
                fields=("record", "field", "ref_kind", "ref_id"), name="record_link_once"
            ),
        )
        indexes = (models.Index(fields=("ref_kind", "ref_id"), name="record_link_back"),)

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field} {self.ref_kind}:{self.ref_id}"

    @property
    def ref(self) -> Ref:
        """What is named."""
        return Ref(self.ref_kind, self.ref_id)


class RecordConsent(models.Model):
    """What a side said of a record as it then stood (同意): agreed or not; what it saw is kept as a digest."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="consents")
    side = models.CharField(_("同意方"), max_length=40)
    agreed = models.BooleanField(_("同意"))
    text = models.CharField(_("意见"), max_length=400, blank=True)
    seen = models.CharField(max_length=64)
    by = models.CharField(_("办理人"), max_length=80)
    persons = models.JSONField(default=list)
    day = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("同意")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.record_id} {self.side} {self.agreed}"


class Filing(models.Model):
    """What somebody without an account handed in (公众提交): its record, and of the link back only a digest.

    The purpose is the one he agreed to where he said who he is; without it the record is anonymous.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="filing")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sender = models.CharField(max_length=64, db_index=True, editable=False)
    purpose = models.ForeignKey(
        Purpose,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所同意的用途"),
    )
    at = models.DateTimeField(_("提交时间"))
    rated_at = models.DateTimeField(_("评价时间"), null=True, blank=True)
    token: str = ""
    """The secret of the link, known only to the object that was made with it."""

    class Meta:
        verbose_name = _("公众提交")
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.record_id)


class RegisterDraft(Versioned):
    """A definition somebody is writing on a page (台账草案); a second person releases it."""

    class State(models.TextChoices):
        """Being written, handed in, released, returned."""

        DRAFT = "draft", _("编辑中")
        SUBMITTED = "submitted", _("待发布")
        RELEASED = "released", _("已发布")

    code = models.CharField(_("代码"), max_length=40)
    content = models.JSONField(_("定义"), default=dict)
    base = models.CharField(_("基于版本"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    by = models.CharField(_("起草人"), max_length=80)
    by_id = models.CharField(max_length=40)
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("台账草案")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~models.Q(state="released"), name="register_one_open_draft"
            ),
        )

    def __str__(self) -> str:
        return self.code
