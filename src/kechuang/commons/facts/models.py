# SPDX-License-Identifier: Apache-2.0
"""Indicators, observations, targets. Numbers are integers: ``scaled`` × 10^-``places``."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Region, Unit

TRAILING_WORDS = ("以上", "以内", "以下", "左右")
"""Words of force that stand behind the number."""


class IndicatorKind(models.TextChoices):
    """What kind of number it is; pace and forecast depend on it."""

    FLOW = "flow", _("流量")
    STOCK = "stock", _("存量")
    CUMULATIVE = "cumulative", _("累计")
    RATIO = "ratio", _("比率")
    GROWTH = "growth", _("增速")
    SHARE = "share", _("占比")
    COVERAGE = "coverage", _("覆盖率")
    INDEX = "index", _("指数")


class Indicator(models.Model):
    """A definition (指标), as released by a content pack."""

    code = models.CharField(_("代码"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    names = models.JSONField(_("其他写法"), default=list, blank=True)
    unit = models.CharField(_("单位"), max_length=20)
    kind = models.CharField(_("类型"), max_length=12, choices=IndicatorKind)
    definition = models.TextField(_("定义"), blank=True)
    source = models.CharField(_("数据来源"), max_length=200, blank=True)
    frequency = models.CharField(_("频度"), max_length=40, blank=True)
    lag = models.CharField(_("滞后"), max_length=80, blank=True)
    late_days = models.PositiveSmallIntegerField(_("期末后多少天发布（错年统计）"), null=True, blank=True)
    owner = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("责任处室")
    )
    figure = models.CharField(_("数字代码"), max_length=60, blank=True)
    verified = models.BooleanField(_("口径已核实"), default=False)
    release = models.CharField(_("版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("指标")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Scaled(models.Model):
    """A number kept as an integer and the number of its decimal places."""

    scaled = models.BigIntegerField(_("数值（整数）"))
    places = models.PositiveSmallIntegerField(_("小数位"), default=0)

    class Meta:
        abstract = True

    @property
    def value(self) -> Decimal:
        """The number itself."""
        return Decimal(self.scaled).scaleb(-self.places)


def scaled(value: Decimal) -> tuple[int, int]:
    """An exact decimal as (integer, places)."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return int(value.scaleb(places)), places


class Observation(Scaled):
    """A value for a period with its vintage and source (数据); a correction is a new vintage, never an edit.

    What an office entered counts from ``recorded_on``, when a second person verified it; what came with content from
    the day it was published.
    """

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    period_start = models.DateField(_("期初"))
    period_end = models.DateField(_("期末（含）"))
    vintage = models.PositiveSmallIntegerField(_("版本序号"), default=1)
    vintage_word = models.CharField(_("版本说明"), max_length=20, blank=True)
    published_on = models.DateField(_("发布日期"))
    recorded_on = models.DateField(_("登记日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    verified = models.BooleanField(_("来源已核实"), default=False)

    class Meta:
        verbose_name = _("数据")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "region", "period_start", "period_end", "vintage"),
                name="observation_vintage_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_end} v{self.vintage}"


class Submission(Versioned, Scaled):
    """A value that an office entered with its proof (数据填报); once verified by a second person it counts."""

    class State(models.TextChoices):
        """Waiting, counted, or sent back."""

        ENTERED = "entered", _("待核实")
        VERIFIED = "verified", _("已核实")
        RETURNED = "returned", _("已退回")

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("指标")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("区域")
    )
    period_start = models.DateField(_("期初"))
    period_end = models.DateField(_("期末（含）"))
    vintage_word = models.CharField(_("版本说明"), max_length=20, blank=True)
    published_on = models.DateField(_("发布日期"))
    source = models.CharField(_("来源"), max_length=200)
    proof_kind = models.CharField(max_length=60)
    proof_id = models.CharField(max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ENTERED, db_index=True)
    entered_on = models.DateField(_("填报日期"))
    entered_by = models.CharField(_("填报人"), max_length=80)
    entered_by_id = models.CharField(max_length=40)
    settled_on = models.DateField(_("核实日期"), null=True, blank=True)
    settled_by = models.CharField(_("核实人"), max_length=80, blank=True)
    remark = models.TextField(_("退回意见"), blank=True)
    observation = models.OneToOneField(
        Observation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submission",
        verbose_name=_("数据"),
    )

    class Meta:
        verbose_name = _("数据填报")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "region", "period_start", "period_end"),
                condition=models.Q(state="entered", region__isnull=False),
                name="submission_one_open_of_region",
            ),
            models.UniqueConstraint(
                fields=("indicator", "period_start", "period_end"),
                condition=models.Q(state="entered", region__isnull=True),
                name="submission_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state="verified", observation__isnull=False)
                | (~models.Q(state="verified") & models.Q(observation__isnull=True)),
                name="submission_verified_with_observation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_end} {self.value}"

    @property
    def proof(self) -> Ref:
        """What shows it: a file or any record."""
        return Ref(self.proof_kind, self.proof_id)


class Promised(Scaled):
    """A number as a document promises it: its word of force, comparator, value or range, unit, kind."""

    class Comparator(models.TextChoices):
        """How the value is compared; 达到 (=) is judged as at least."""

        EQUAL = "=", _("达到")
        AT_LEAST = ">=", _("不低于")
        ABOVE = ">", _("突破")
        AT_MOST = "<=", _("不超过")
        ABOUT = "~", _("左右")

    class Kind(models.TextChoices):
        """As written: a level, a growth rate, a share."""

        LEVEL = "level", _("总量")
        GROWTH = "growth", _("增速")
        SHARE = "share", _("占比")

    word = models.CharField(_("用词"), max_length=20, blank=True)
    comparator = models.CharField(_("比较"), max_length=2, choices=Comparator)
    scaled_max = models.BigIntegerField(_("上限（整数）"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.LEVEL)
    aspire = models.BooleanField(_("力争"), default=False)
    headline = models.BooleanField(_("主要指标"), default=False)

    class Meta:
        abstract = True

    @property
    def value_max(self) -> Decimal | None:
        """The upper end of a range, if one was promised."""
        return None if self.scaled_max is None else Decimal(self.scaled_max).scaleb(-self.places)

    @property
    def written(self) -> str:
        """Word, value and unit in the order of a sentence: 突破1500家, 增长15%以上."""
        word = self.word or self.get_comparator_display()
        if self.kind == Promised.Kind.GROWTH and not {"增", "降"} & set(word):
            word = f"增长{word}"
        tail = next((one for one in TRAILING_WORDS if word.endswith(one)), "")
        most = "" if self.value_max is None else f"—{self.value_max:f}"
        return f"{word.removesuffix(tail)}{self.value:f}{most}{self.unit}{tail}"


class Target(Versioned, Promised):
    """A number promised (目标) with its word of force (力争/达到/突破/以上)."""

    name = models.CharField(_("名称"), max_length=80)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(_("年度"))

    class Meta:
        verbose_name = _("目标")

    def __str__(self) -> str:
        return f"{self.name} {self.comparator} {self.value}{self.unit}"
