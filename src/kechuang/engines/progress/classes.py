# SPDX-License-Identifier: Apache-2.0
"""The classes of a bulletin (进度分类), such as behind, on pace, ahead, done; content, with their shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kechuang.engines.progress.lights import Colour, Light


@dataclass(frozen=True, slots=True)
class Class:
    """A class takes what has one of its colours, one of its reasons (any where none is named) and at least its pace."""

    code: str
    colours: tuple[Colour, ...] = ()
    reasons: tuple[str, ...] = ()
    least_pace: Fraction | None = None

    def takes(self, light: Light, pace: Fraction | None) -> bool:
        """Whether an item with this light and pace belongs here."""
        if self.colours and light.colour not in self.colours:
            return False
        if self.reasons and light.reason not in self.reasons:
            return False
        return self.least_pace is None or (pace is not None and pace >= self.least_pace)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many items a class took, and their share of all."""

    code: str
    count: int
    share: Fraction


def class_of(classes: Sequence[Class], light: Light, pace: Fraction | None = None) -> str | None:
    """The first class that takes the item; None where none does."""
    return next((one.code for one in classes if one.takes(light, pace)), None)


def counted(classes: Sequence[Class], items: Iterable[tuple[Light, Fraction | None]]) -> list[Counted]:
    """Every class in its order with its count and share; the shares of all items taken sum to one."""
    found = Counter(class_of(classes, light, pace) for light, pace in items)
    total = sum(found[one.code] for one in classes)
    return [
        Counted(one.code, found[one.code], Fraction(found[one.code], total) if total else Fraction(0))
        for one in classes
    ]
