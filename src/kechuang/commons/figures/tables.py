# SPDX-License-Identifier: Apache-2.0
"""The lists of the figures' pages: the members behind a number, the indicators, what was observed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.facts.models import Indicator, IndicatorKind, Observation, Submission
from kechuang.commons.figures.queries import indicators_of, observations_of
from kechuang.commons.figures.readings import NO_READING, Reading, readings
from kechuang.commons.figures.registry import Figure, Member, Scope
from kechuang.commons.kernel import clock
from kechuang.commons.parties.wording import verified_chip
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, Filter, ListPage, YesNoFilter
from kechuang.commons.ui.numbers import thousands


class MemberList(ListPage):
    """The records behind a number on a day, each with what it contributes."""

    keep = ("day", "of")
    empty = _("这一天没有任何记录计入。")
    template = "figures/figure_detail.html"

    def __init__(self, figure: Figure, scope: Scope, regions: list[tuple[str, str, Decimal]]) -> None:
        self.figure, self.scope = figure, scope
        self.title, self.search = figure.title, figure.search
        self.columns = self._columns()
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]
        filters: list[Filter] = []
        if regions and "region" in figure.fields:
            choices = [(code, f"{name}（{value}）") for code, name, value in regions if code]
            filters.append(ChoiceFilter("region", _("区县"), choices=choices, field=figure.fields["region"]))
        if "until" in figure.fields:
            filters.append(DateFilter("until", _("有效期至"), field=figure.fields["until"]))
            self.order = (figure.fields["until"],)
        self.filters = filters

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """As the room that offers the figure counts them."""
        del request
        return self.figure.members(self.scope)

    def _columns(self) -> tuple[Column, ...]:
        def column(name: str, label: object, **more: Any) -> Column:
            return Column(
                name,
                str(label),
                value=lambda row: getattr(self._member(row), name),
                sort=self.figure.fields.get(name, ()),
                **more,
            )

        return (
            column("title", _("记录"), link=lambda row: self._member(row).url, css="kc-main-col"),
            *(
                column(name, label, **({"kind": "date"} if name in {"since", "until"} else {}))
                for name, label in self.figure.labels.items()
            ),
            column("contribution", _("计入"), kind="number", optional=True),
        )

    def _member(self, row: Any) -> Member:
        """A row as a member, made once for all its cells."""
        known: Member | None = row.__dict__.get("_member")
        if known is None:
            known = row.__dict__["_member"] = self.figure.member(row)
        return known


def _indicator_page(row: Indicator) -> str:
    return reverse("figures:indicator-detail", args=[row.code])


def _read(row: Indicator) -> Reading:
    found: Reading = row.reading  # type: ignore[attr-defined]
    return found


def _value(row: Indicator) -> Decimal | None:
    return _read(row).value


def _reading(row: Indicator) -> SafeString | str:
    found = _read(row)
    return "—" if found.value is None else marks.figure(found.value, url=found.url)


def _promised(row: Indicator) -> str:
    return "；".join(
        f"{target.value}{target.unit}（{target.word or target.get_comparator_display()}）"
        for target in row.promised  # type: ignore[attr-defined]
    )


class IndicatorList(ListPage):
    """Every indicator with its reading on the business date and the target of the year."""

    title = _("指标")
    filters = (
        ChoiceFilter("kind", _("类型"), choices=IndicatorKind.choices),
        YesNoFilter("verified", _("口径已核实")),
    )
    search = ("name", "code", "definition")
    order = ("code",)
    empty = _("还没有指标：指标由内容包装载。")
    columns = (
        Column("name", _("指标"), sort="name", link=_indicator_page, css="kc-main-col"),
        Column("kind", _("类型"), value="get_kind_display", sort="kind"),
        Column("reading", _("当前"), value=_value, kind="number", cell=_reading),
        Column("unit", _("单位")),
        Column("target", _("当年目标"), value=_promised),
        Column("vintage", _("数据版本"), value=lambda row: row.reading.vintage),
        Column("owner", _("责任处室"), value="owner.short_name", sort="owner__order"),
        Column(
            "verified",
            _("口径"),
            kind="yes_no",
            sort="verified",
            cell=lambda row: verified_chip(row.verified),
        ),
        Column("source", _("数据来源"), optional=True),
    )

    def rows(self, request: HttpRequest) -> list[Indicator]:
        """All of them with their readings: a constant number of queries beside those of the live figures."""
        del request
        day = clock.today()
        found = list(indicators_of(day.year))
        read = readings(found, day)
        for row in found:
            row.reading = read.get(row.pk, NO_READING)  # type: ignore[attr-defined]
        return found


def _entered_by(row: Observation) -> str:
    return getattr(getattr(row, "submission", None), "entered_by", "")


def _submission_page(row: Observation) -> str:
    submission: Submission | None = getattr(row, "submission", None)
    return reverse("figures:submission-detail", args=[submission.pk]) if submission else ""


class ObservationList(ListPage):
    """What was published of an indicator, with vintages (数据)."""

    order = ("-period_end", "-period_start", "region__code", "-vintage")
    columns = (
        Column("period_start", _("期初"), kind="date", sort="period_start"),
        Column("period_end", _("期末"), kind="date", sort="period_end"),
        Column("region", _("区域"), value="region.name", sort="region__code"),
        Column("value", _("数值"), kind="number", cell=lambda row: thousands(row.value, row.places)),
        Column("vintage", _("版本"), kind="number", sort="vintage"),
        Column("vintage_word", _("版本说明")),
        Column("published_on", _("发布日期"), kind="date", sort="published_on"),
        Column("source", _("来源"), css="kc-main-col"),
        Column(
            "verified",
            _("来源核实"),
            kind="yes_no",
            sort="verified",
            cell=lambda row: verified_chip(row.verified),
        ),
        Column("entered_by", _("填报"), value=_entered_by, link=_submission_page),
    )
    template = "figures/indicator_detail.html"
    empty = _("还没有发布过数据。")

    def __init__(self, indicator: Indicator, day: dt.date) -> None:
        self.indicator, self.day, self.title = indicator, day, indicator.name

    def rows(self, request: HttpRequest) -> QuerySet[Observation]:
        """What was known on the day."""
        del request
        return observations_of(self.indicator, self.day)


SUBMISSION_TONES = {"entered": "warn", "verified": "done", "returned": "bad"}


class SubmissionList(ListPage):
    """Values that offices entered, the newest first (数据填报)."""

    title = _("数据填报")
    columns = (
        Column(
            "indicator",
            _("指标"),
            value="indicator.name",
            link=lambda row: reverse("figures:submission-detail", args=[row.pk]),
            sort="indicator__name",
            css="kc-main-col",
        ),
        Column("region", _("区域"), value="region.name"),
        Column("period_start", _("期初"), kind="date", sort="period_start"),
        Column("period_end", _("期末"), kind="date", sort="period_end"),
        Column("value", _("数值"), kind="number", cell=lambda row: thousands(row.value, row.places)),
        Column("unit", _("单位"), value="indicator.unit"),
        Column(
            "state",
            _("状态"),
            value="get_state_display",
            cell=lambda row: marks.chip(row.get_state_display(), SUBMISSION_TONES[row.state]),
            sort="state",
        ),
        Column("entered_by", _("填报人"), sort="entered_by"),
        Column("entered_on", _("填报日期"), kind="date", sort="entered_on"),
        Column("settled_by", _("核实人"), optional=True),
        Column("source", _("来源"), optional=True),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=lambda _request: Submission.State.choices, field="state"),
        DateFilter("entered_on", _("填报日期")),
    )
    search = ("indicator__name", "source", "entered_by")
    order = ("-id",)
    empty = _("还没有填报的数据：从指标卡进入填报，或批量填报。")
    template = "figures/submission_list.html"

    def rows(self, request: HttpRequest) -> QuerySet[Submission]:
        """All of them."""
        del request
        return Submission.objects.select_related("indicator", "region")
