# SPDX-License-Identifier: Apache-2.0
"""The scheme in force (现行办法): by what lights change, slips climb and years are scored, from the newest releases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kechuang.commons.commitments.pieces import ProgressSchemePiece, RoundPart, ScorePart
from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.releases.in_force import InForce
from kechuang.engines.progress.classes import Class
from kechuang.engines.progress.ladders import Rung
from kechuang.engines.progress.lights import Thresholds
from kechuang.engines.progress.scores import Rule

KIND, DEFAULT = "progress_scheme", "default"
SCHEMES = InForce(KIND, ProgressSchemePiece)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as the engine takes it; ``names`` are the Chinese names of rungs, classes and rules."""

    code: str = DEFAULT
    name: str = ""
    source: str = ""
    verified: bool = False
    thresholds: Thresholds = field(default_factory=Thresholds)
    ladder: tuple[Rung, ...] = ()
    working_days: bool = True
    rounds: tuple[RoundPart, ...] = ()
    classes: tuple[Class, ...] = ()
    base: Fraction = Fraction(0)
    rules: tuple[Rule, ...] = ()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def rung_names(self) -> list[str]:
        """The letters of its ladder, the lowest first."""
        return [self.names.get(("ladder", rung.code), rung.code) for rung in self.ladder]


@once_per_request
def scheme_in_force(code: str = DEFAULT) -> Scheme:
    """The scheme of a code in its newest release; without any release the engine's own limits alone."""
    return scheme_of(code, schemes_in_force())


def schemes_in_force() -> dict[str, ProgressSchemePiece]:
    """Every scheme in its newest release, by code."""
    return SCHEMES.by_code()


def scheme_of(code: str, pieces: Mapping[str, ProgressSchemePiece]) -> Scheme:
    """The scheme of a code joined with what it extends, the nearest first; a scheme that extends itself ends there."""
    chain: list[ProgressSchemePiece] = []
    piece = pieces.get(code)
    while piece is not None and piece not in chain:
        chain.append(piece)
        piece = pieces.get(piece.extends or "")
    return _joined(chain) if chain else Scheme()


def _joined(chain: list[ProgressSchemePiece]) -> Scheme:
    lights = next((one.lights for one in chain if one.lights is not None), None)
    ladder = next((one.ladder for one in chain if one.ladder is not None), None)
    rounds = next((one.rounds for one in chain if one.rounds is not None), ())
    classes = next((one.classes for one in chain if one.classes), ())
    score = next((one.score for one in chain if one.score is not None), ScorePart(rules=()))
    rungs = ladder.rungs if ladder else ()
    named: dict[str, Iterable[Any]] = {"ladder": rungs, "class": classes, "rule": score.rules}
    return Scheme(
        code=chain[0].code,
        name=chain[0].name,
        source=chain[0].source,
        verified=chain[0].verified,
        thresholds=_made(Thresholds, lights.model_dump()) if lights else Thresholds(),
        ladder=tuple(_made(Rung, rung.model_dump()) for rung in rungs),
        working_days=ladder.working_days if ladder else True,
        rounds=rounds,
        classes=tuple(_made(Class, one.model_dump()) for one in classes),
        base=Fraction(score.base),
        rules=tuple(_made(Rule, rule.model_dump()) for rule in score.rules),
        names={(section, part.code): part.name for section, parts in named.items() for part in parts},
    )


def _made(kind: type[Any], told: dict[str, Any]) -> Any:
    """An engine's own dataclass from a part: exact fractions, and its own default for what is not told."""
    known = {one.name for one in fields(kind)}
    return kind(
        **{
            name: Fraction(value) if isinstance(value, Decimal) else value
            for name, value in told.items()
            if name in known and value is not None
        }
    )
