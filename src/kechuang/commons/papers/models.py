# SPDX-License-Identifier: Apache-2.0
"""Papers, who countersigns them, their steps, what came back, and the series their numbers come from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.markup import Value
from kechuang.commons.parties.models import Unit


class Paper(Versioned):
    """A paper (文书): the text a person edits, the values of the system in it, and how far it has come.

    ``text`` and ``values`` are frozen when it is issued; ``sha256`` covers number, title, date, text and values.
    """

    class State(models.TextChoices):
        """拟稿, 核稿, 会签, 签发."""

        DRAFT = "draft", _("拟稿")
        CHECKING = "checking", _("待核稿")
        COUNTERSIGNING = "signing-off", _("会签中")
        SIGNING = "signing", _("待签发")
        ISSUED = "issued", _("已签发")
        VOID = "void", _("已作废")

    template = models.CharField(_("模板"), max_length=80)
    release = models.CharField(_("模板版本"), max_length=20, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("落款"), max_length=120, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    day = models.DateField(_("数据截至"))
    text = models.TextField(_("正文"))
    values = models.JSONField(_("系统数据"), default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT, db_index=True)
    number = models.CharField(_("文号"), max_length=80, unique=True, null=True, blank=True)
    issued_on = models.DateField(_("签发日期"), null=True, blank=True)
    sha256 = models.CharField(_("内容摘要"), max_length=64, blank=True)
    check_code = models.CharField(_("核验码"), max_length=32, unique=True)
    drafted_by = models.CharField(_("拟稿人"), max_length=80)
    drafted_by_id = models.CharField(max_length=40)
    checked_by_id = models.CharField(max_length=40, blank=True)
    word = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("定稿 Word"),
    )
    pdf = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("定稿 PDF"),
    )
    wide = models.BooleanField(_("横排"), default=False)
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("文书")
        ordering = ("-id",)
        indexes = (models.Index(fields=("about_kind", "about_id"), name="paper_about"),)

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Ref | None:
        """What it is about, if one thing."""
        return Ref(self.about_kind, self.about_id) if self.about_id else None

    @property
    def shown_values(self) -> dict[str, Value]:
        """The values of the system by slot code."""
        return {code: Value(*parts) for code, parts in self.values.items()}


class Countersign(models.Model):
    """An office asked for its opinion before a paper is issued (会签)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="countersigns")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("处室"))
    agreed = models.BooleanField(_("同意"), null=True, blank=True)
    opinion = models.TextField(_("意见"), blank=True)
    by = models.CharField(_("会签人"), max_length=80, blank=True)
    at = models.DateTimeField(_("会签时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会签")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("paper", "unit"), name="countersign_once"),)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.unit_id}"


class ReturnedWord(models.Model):
    """An officially retouched Word that came back (定稿回传), with what differs from the system; never edited."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="returned")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    at = models.DateTimeField(_("回传时间"))
    by = models.CharField(_("回传人"), max_length=80)
    slots = models.JSONField(_("数据比对"), default=list)
    segments = models.JSONField(_("文字比对"), default=list)
    differing = models.PositiveIntegerField(_("不一致的数据"), default=0)

    class Meta:
        verbose_name = _("定稿回传")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.at:%Y-%m-%d}"


class NumberSeries(models.Model):
    """The last number given of a series in a year (文号序列)."""

    code = models.CharField(_("代码"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("文号序列")
        constraints = (models.UniqueConstraint(fields=("code", "year"), name="number_series_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.year} {self.last}"
