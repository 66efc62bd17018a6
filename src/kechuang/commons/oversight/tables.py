# SPDX-License-Identifier: Apache-2.0
"""The lists of oversight: letters, rounds of reporting, the scores of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models import Round
from kechuang.commons.commitments.rounds import rounds_on
from kechuang.commons.commitments.schemes import Scheme
from kechuang.commons.kernel import clock
from kechuang.commons.oversight.letters import letters
from kechuang.commons.oversight.models import Letter
from kechuang.commons.oversight.scoring import ASKED
from kechuang.commons.oversight.wording import STATES, state_words
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage
from kechuang.engines.progress.scores import Sheet


def _state(letter: Letter) -> SafeString:
    words, tone = state_words(letter.state_on(clock.today()))
    return marks.chip(words, tone)


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(str(unit.pk), unit.short_name) for unit in Unit.objects.all()]


def _in_state(rows: QuerySet[Letter], state: str) -> QuerySet[Letter]:
    """As ``state_on`` says of today."""
    day = clock.today()
    fits = [row.pk for row in rows if row.state_on(day) == state]
    return rows.filter(pk__in=fits)


def _round_state(one: Round) -> SafeString:
    over = clock.today() > one.due_on
    return marks.chip(_("已截止") if over else _("报送中"), "done" if over else "active")


class RoundList(ListPage):
    """Rounds of reporting that have opened, the newest first (报送轮次)."""

    title = _("报送轮次")
    columns = (
        Column(
            "title",
            _("轮次"),
            link=lambda one: reverse("oversight:round-detail", args=[one.pk]),
            sort="due_on",
            css="kc-main-col",
        ),
        Column("opens_on", _("开始日期"), kind="date", sort="opens_on"),
        Column("due_on", _("截止日期"), kind="date", sort="due_on"),
        Column("asked", _("要求报送"), kind="number", sort="asked"),
        Column(
            "state",
            _("状态"),
            value=lambda one: str(_("已截止") if clock.today() > one.due_on else _("报送中")),
            cell=_round_state,
        ),
    )
    filters = (DateFilter("due_on", _("截止日期")),)
    search = ("title",)
    order = ("-due_on", "-id")
    empty = _("还没有报送轮次：到现行办法规定的日子，系统自动开启。")

    def rows(self, request: HttpRequest) -> QuerySet[Round]:
        """With how many reports each asked."""
        del request
        return rounds_on(clock.today()).annotate(asked=Count("calls"))


class LetterList(ListPage):
    """Letters that were sent, the newest first (督办单)."""

    title = _("督办单")
    template = "oversight/letter_list.html"
    columns = (
        Column(
            "number",
            _("编号"),
            link=lambda letter: reverse("oversight:letter-detail", args=[letter.pk]),
            sort=("year", "no"),
            css="kc-fit",
        ),
        Column("name", _("级别"), sort="rung"),
        Column("title", _("事项"), value="item.title", css="kc-main-col"),
        Column("unit", _("承办处室"), sort="unit__order"),
        Column("issued_on", _("发出日期"), kind="date", sort="issued_on"),
        Column("reply_due", _("回复时限"), kind="date", sort="reply_due"),
        Column("answered_on", _("回复日期"), kind="date", sort="answered_on"),
        Column(
            "state",
            _("状态"),
            value=lambda letter: state_words(letter.state_on(clock.today()))[0],
            cell=_state,
        ),
        Column("reason", _("事由"), optional=True),
    )
    filters = (
        ChoiceFilter("unit", _("承办处室"), choices=_units, field="unit_id"),
        ChoiceFilter(
            "state",
            _("状态"),
            choices=lambda _request: [(code, words) for code, (words, _tone) in STATES.items()],
            narrow=_in_state,
        ),
        DateFilter("issued_on", _("发出日期")),
    )
    search = ("commitment__title", "milestone__title")
    order = ("-year", "-no")
    empty = _("还没有发出过督办单。")

    def rows(self, request: HttpRequest) -> QuerySet[Letter]:
        """All of them."""
        del request
        return letters()


class ScoreRow:
    """An office with its sheet."""

    def __init__(self, unit: Unit, sheet: Sheet) -> None:
        self.unit, self.sheet, self.total = unit, sheet, sheet.total
        self.asked = sheet.counts.get(ASKED, 0)

    def of_rule(self, code: str) -> Fraction:
        """What a rule gave or took."""
        return sum((item.points for item in self.sheet.items if item.rule == code), Fraction(0))


def _of_rule(code: str, row: ScoreRow) -> Fraction:
    return row.of_rule(code)


class ScoreList(ListPage):
    """The scores of a year, the highest first (年终评分)."""

    title = _("年终评分")
    template = "oversight/score_list.html"
    keep = ("year",)
    page_size = 200
    wide = True
    empty = _("还没有处室。")

    def __init__(
        self, units: Sequence[Unit], sheets: Mapping[int, Sheet], scheme: Scheme, year: int, day: dt.date
    ) -> None:
        self.units, self.sheets, self.year = units, sheets, year
        self.subtitle = _("%(year)s 年，截至 %(day)s，%(scheme)s") % {
            "year": year,
            "day": min(day, dt.date(year, 12, 31)).isoformat(),
            "scheme": scheme.name,
        }
        self.columns = (
            Column("unit", _("处室"), link=self._page, css="kc-main-col"),
            Column("total", _("总分"), kind="number", places=2),
            *(
                Column(
                    rule.code.replace("-", "_"),
                    scheme.names.get(("rule", rule.code), rule.code),
                    value=partial(_of_rule, rule.code),
                    kind="number",
                    places=2,
                )
                for rule in scheme.rules
                if rule.points
            ),
            Column("asked", _("要求报送次数"), kind="number"),
        )
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]

    def _page(self, row: ScoreRow) -> str:
        return f"{reverse('oversight:score-detail', args=[row.unit.pk])}?year={self.year}"

    def rows(self, request: HttpRequest) -> list[ScoreRow]:
        """Every office, the highest first."""
        del request
        rows = [ScoreRow(unit, self.sheets[unit.pk]) for unit in self.units]
        return sorted(rows, key=lambda row: (-row.total, row.unit.order, row.unit.pk))
