# SPDX-License-Identifier: Apache-2.0
"""Plans, their versions, and the lines of a version with the span of source text each came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.documents.models import Document
from kechuang.commons.facts.models import Indicator, Promised
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.parties.models import Unit


class Plan(Versioned):
    """A work plan of a year (计划), for example a bureau's 工作要点; its text stands in its versions."""

    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), db_index=True)
    scheme = models.CharField(_("进度办法"), max_length=40, blank=True)
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("计划")
        ordering = ("-year", "id")
        constraints = (models.UniqueConstraint(fields=("title", "issuer", "year"), name="plan_once"),)

    def __str__(self) -> str:
        return self.title


class PlanVersion(Versioned):
    """One version of a plan (计划版本): a draft is corrected, an issued one is in force until a later one is issued."""

    class State(models.TextChoices):
        """Draft, in force, replaced by a later version."""

        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已签发")
        SUPERSEDED = "superseded", _("已被修订")
        DISCARDED = "discarded", _("已作废")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", verbose_name=_("计划"))
    no = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("原文件")
    )
    text = models.TextField(_("原文"), blank=True)
    reading = models.JSONField(_("解析说明"), default=dict, blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issued_on = models.DateField(_("签发日期"), null=True, blank=True)
    issued_by = models.CharField(_("签发人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("计划版本")
        ordering = ("plan_id", "no")
        constraints = (
            models.UniqueConstraint(fields=("plan", "no"), name="plan_version_once"),
            models.UniqueConstraint(
                fields=("plan",), condition=models.Q(state="issued"), name="plan_one_version_in_force"
            ),
            models.UniqueConstraint(
                fields=("plan",), condition=models.Q(state="draft"), name="plan_one_draft"
            ),
        )

    def __str__(self) -> str:
        return str(_("%(plan)s 第 %(no)s 版")) % {"plan": self.plan, "no": self.no}


class Area(Versioned):
    """A focus area of a version (重点领域): the heading its tasks stand under."""

    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="areas", verbose_name=_("计划版本")
    )
    number = models.CharField(_("序号"), max_length=20, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    start = models.PositiveIntegerField(_("原文起"), default=0)
    end = models.PositiveIntegerField(_("原文止"), default=0)

    class Meta:
        verbose_name = _("重点领域")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.title


class Item(Versioned):
    """A line of a version (条目): a task, a deliverable or target of it, or a numbered promise a person must decide on.

    ``start`` and ``end`` are the span of the version's text it came from; both 0 where it stands in no text.
    ``read_as`` is what the parser took it for, empty where a person added it.
    """

    class Kind(models.TextChoices):
        """What the line is."""

        TASK = "task", _("任务")
        DELIVERABLE = "deliverable", _("举措")
        TARGET = "target", _("目标")
        PROMISE = "promise", _("待定的数字承诺")

    class State(models.TextChoices):
        """What the person correcting the draft decided; an excluded line stays visible and is not tracked."""

        PROPOSED = "proposed", _("待核对")
        ACCEPTED = "accepted", _("已核对")
        EXCLUDED = "excluded", _("不纳入")

    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="items", verbose_name=_("计划版本")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    read_as = models.CharField(_("识别为"), max_length=12, choices=Kind, blank=True)
    state = models.CharField(_("核对"), max_length=10, choices=State, default=State.PROPOSED)
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("所属任务"),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("重点领域"),
    )
    number = models.CharField(_("序号"), max_length=20, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("原文"), blank=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    due = models.DateField(_("完成时限"), null=True, blank=True)
    order = models.PositiveIntegerField(_("次序"), default=0)
    start = models.PositiveIntegerField(_("原文起"), default=0)
    end = models.PositiveIntegerField(_("原文止"), default=0)
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("承诺"),
    )

    class Meta:
        verbose_name = _("条目")
        ordering = ("order", "id")
        indexes = (models.Index(fields=("plan_version", "kind", "order"), name="item_of_version"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class ItemTarget(Promised):
    """The number of a target line (条目目标): as written, with the indicator it is measured by."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="target")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("指标")
    )

    class Meta:
        verbose_name = _("条目目标")

    def __str__(self) -> str:
        return f"{self.comparator} {self.value}{self.unit}"


class ItemOffice(models.Model):
    """An office named by a line (条目处室), with its role; ``unit`` is empty while nobody knows which office is meant.

    ``outside`` marks a party that is no office of the bureau: it stays in the plan and is asked for nothing.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(_("原文写法"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处室")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Responsibility.Role)
    suggested = models.BooleanField(_("建议牵头"), default=False)
    outside = models.BooleanField(_("只记录不跟踪"), default=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("条目处室")
        ordering = ("order", "id")
        constraints = (models.UniqueConstraint(fields=("item", "name"), name="item_office_once"),)

    def __str__(self) -> str:
        return self.name
