# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by commitments: how offices report, progress is judged, slips climb, years are scored."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from kechuang.commons.packs.pieces import Blank, Code, Filled, Part, Piece, Refers, Truth, at_most, piece_kind

Share = Annotated[Decimal, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=3660)]
Colour = Literal["green", "yellow", "red", "grey"]
PERIODS = (1, 3, 6, 12)
EventKind = Literal[
    "report-asked",
    "report-on-time",
    "report-late",
    "report-missing",
    "closed",
    "closed-on-time",
    "closed-late",
    "closure-returned",
    "extended-in-time",
    "extended-late",
    "letter",
    "target-result",
]


class LightsPart(Part):
    """When a light changes; as ``Thresholds`` of the engine, and what is absent as there."""

    yellow_days: Days | None = None
    measure: Literal["ratio", "gap"] = "ratio"
    yellow_pace: Share | None = None
    red_pace: Share | None = None
    about: Share | None = None
    aspire_ease: Share | None = None
    grace: Share | None = None
    stale_value_days: Days | None = None
    stale_report_days: Days | None = None
    override_days: Days | None = None

    @model_validator(mode="after")
    def _red_is_worse_than_yellow(self) -> LightsPart:
        """Of a ratio red lies below yellow, of a gap above it; both are given, or neither."""
        yellow, red = self.yellow_pace, self.red_pace
        if (yellow is None) != (red is None) or (yellow is None and self.measure == "gap"):
            raise ValueError(now("黄灯和红灯的进度界限须同时给出"))
        if (
            yellow is not None
            and red is not None
            and (red > yellow if self.measure == "ratio" else red < yellow)
        ):
            raise ValueError(now("红灯的界限须比黄灯更严重"))
        return self


class RungPart(Part):
    """A rung of the ladder; as ``Rung`` of the engine, with the name of its letter."""

    code: Annotated[Code, at_most(20)]
    name: Annotated[Filled, at_most(40)]
    trigger: Literal["overdue", "unanswered", "lights"]
    days: Annotated[int, Field(ge=-366, le=366)] = 0
    light: Colour = "red"
    times: Annotated[int, Field(ge=1, le=99)] = 1
    reply_days: Days = 0
    points: Annotated[Decimal, Field(le=0)] = Decimal(0)


class LadderPart(Part):
    """The rungs from the lowest to the highest; days are working days unless the scheme says otherwise."""

    working_days: Truth = True
    rungs: tuple[RungPart, ...]

    @model_validator(mode="after")
    def _rungs_climb(self) -> LadderPart:
        """Codes are distinct, the first does not wait for a letter, later ones come later."""
        codes = [rung.code for rung in self.rungs]
        if len(set(codes)) != len(codes):
            raise ValueError(now("督办单的代码重复"))
        if self.rungs and self.rungs[0].trigger == "unanswered":
            raise ValueError(now("第一级没有上一级督办单，不能以“未答复”触发"))
        overdue = [rung.days for rung in self.rungs if rung.trigger == "overdue"]
        if overdue != sorted(overdue):
            raise ValueError(now("逾期天数须逐级增加"))
        return self


class ReceiverPart(Part):
    """Who receives the reports of a round (收件方), and the paper in which they are rendered for him."""

    name: Annotated[Filled, at_most(40)]
    paper: Annotated[str, Refers("paper_template")]


class RoundPart(Part):
    """A rhythm of reporting (报送节奏): every so many months, due on a day of one of them, open some days before."""

    code: Annotated[Code, at_most(20)]
    name: Annotated[Filled, at_most(20)]
    every: Annotated[int, Field(ge=1, le=12)]
    month: Annotated[int, Field(ge=1, le=12)] = 1
    day: Annotated[int, Field(ge=1, le=31)]
    open_days: Annotated[int, Field(ge=0, le=60)] = 10
    receivers: tuple[ReceiverPart, ...] = ()

    @model_validator(mode="after")
    def _the_month_lies_in_the_period(self) -> RoundPart:
        if self.every not in PERIODS:
            raise ValueError(now("every 须是 1、3、6 或 12 个月"))
        if self.month > self.every:
            raise ValueError(now("month 须在每期的月数之内"))
        return self


class ClassPart(Part):
    """A class of the bulletin; as ``Class`` of the engine, with its name."""

    code: Annotated[Code, at_most(20)]
    name: Annotated[Filled, at_most(40)]
    colours: tuple[Colour, ...] = ()
    reasons: tuple[Filled, ...] = ()
    least_pace: Annotated[Decimal | None, Blank] = None


class RulePart(Part):
    """A rule of the score sheet; as ``Rule`` of the engine, with its name."""

    code: Annotated[Code, at_most(40)]
    name: Annotated[Filled, at_most(80)]
    event: EventKind
    points: Decimal
    mode: Literal["each", "mean"] = "each"
    most: Annotated[Annotated[Decimal, Field(gt=0)] | None, Blank] = None
    idle: Decimal = Decimal(0)


class ScorePart(Part):
    """The year-end score: what everybody begins with, and the rules."""

    base: Decimal = Decimal(0)
    rules: tuple[RulePart, ...]


@piece_kind("progress_scheme", _("进度与考评办法"))
class ProgressSchemePiece(Piece):
    """A scheme (办法): lights, ladder, rounds, classes, score; silent, it takes them from the one it ``extends``."""

    code: Annotated[Code, at_most(40)]
    name: Annotated[Filled, at_most(80)]
    extends: Annotated[str | None, Blank, Refers("progress_scheme")] = None
    lights: LightsPart | None = None
    ladder: LadderPart | None = None
    rounds: tuple[RoundPart, ...] | None = None
    classes: tuple[ClassPart, ...] = ()
    score: ScorePart | None = None
