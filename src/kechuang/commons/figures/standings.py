# SPDX-License-Identifier: Apache-2.0
"""Where promised numbers stand on a day (目标进展): value, pace, forecast, light; and what tasks ask of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.schemes import DEFAULT, scheme_in_force
from kechuang.commons.commitments.wording import Said, forecast_words, number, pace_words, reason_words
from kechuang.commons.facts.models import IndicatorKind, Target
from kechuang.commons.figures.gathering import Gathered
from kechuang.commons.figures.known import UNKNOWN, gathered_for, known_by, promise_of
from kechuang.commons.figures.readings import NO_READING, Reading, reading_of
from kechuang.engines.progress.lights import Light, Thresholds
from kechuang.engines.progress.targets import Progress, progress
from kechuang.engines.progress.tasks import number_light


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A numeric promise on a day: the word and number promised, the value read, how it stands and where it will end."""

    target: Target
    reading: Reading
    progress: Progress

    @property
    def light(self) -> Light:
        """Its light."""
        return self.progress.light

    @property
    def reason(self) -> str:
        """Why, in words."""
        return reason_words(self.light, self.target.unit)

    @property
    def read(self) -> Decimal | Fraction | None:
        """The value in the unit of the promise: of growth promised over what is counted, the growth."""
        indicator, now = self.target.indicator, self.progress.now
        if self.target.kind == Target.Kind.GROWTH and indicator and indicator.kind != IndicatorKind.GROWTH:
            return now.value if now is not None else None
        return self.reading.value

    @property
    def value(self) -> str:
        """The value without its unit; a dash where there is none."""
        return "—" if self.read is None else number(self.read)

    @property
    def completion(self) -> Fraction | None:
        """The value over the number promised."""
        return self.progress.completion

    @property
    def percent(self) -> int | None:
        """Completion as whole percent, for the bar."""
        return None if self.completion is None else int(self.completion * 100)

    @property
    def pace(self) -> Said:
        """The pace in words."""
        return pace_words(self.progress.pace, self.target.unit)

    @property
    def forecast(self) -> Said:
        """The forecast in words."""
        return forecast_words(self.progress.forecast, self.target.unit)


def target_lines(targets: Iterable[Target], day: dt.date) -> list[TargetLine]:
    """Targets (with their indicators) on a day: two queries at most, and one more for each stock."""
    wanted = list(targets)
    gathered = gathered_for(wanted, day)
    stands = _progress(wanted, day, gathered)
    return [TargetLine(target, _reading(target, day, gathered), stands[target.pk]) for target in wanted]


def _reading(target: Target, day: dt.date, gathered: Gathered) -> Reading:
    return reading_of(target.indicator, day, target.year, gathered) if target.indicator else NO_READING


def _progress(
    targets: Sequence[Target], day: dt.date, gathered: Gathered | None = None
) -> dict[int, Progress]:
    known = known_by(targets, day, gathered)
    return {
        target.pk: progress(day, promise_of(target), known.get(target.pk, UNKNOWN), _limits(target))
        for target in targets
    }


def _limits(target: Target) -> Thresholds:
    """By the scheme of what promises it, where that was read with it."""
    promised: Commitment | None = target._state.fields_cache.get("commitment")  # noqa: SLF001 -- no query for it
    return scheme_in_force(promised.scheme if promised and promised.scheme else DEFAULT).thresholds


def lights_of_numbers(targets: Sequence[Target], day: dt.date) -> dict[int, Light]:
    """By id the light of each number, as the task above it shows it."""
    stands = _progress(targets, day)
    return {target.pk: number_light(target.name, target.unit, stands[target.pk].light) for target in targets}
