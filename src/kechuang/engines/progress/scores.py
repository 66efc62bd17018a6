# SPDX-License-Identifier: Apache-2.0
"""The year-end score sheet (年终评分): points from events by rules, itemised so that each point opens to its cause."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that counts: what kind, when, and ``cause``, the pointer to the record behind it.

    ``amount`` is how many times, or for a ``mean`` rule the share reached. ``waived`` is the reason for which an upheld
    objection (申诉成立) lets it not count.
    """

    day: dt.date
    kind: str
    cause: str
    amount: Fraction = Fraction(1)
    waived: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for a kind of event: ``each`` gives them every time; ``mean`` gives them for the mean share, 0 to 1.

    ``most`` limits what the rule adds or takes away in all (a positive number). ``idle`` is what an office gets that
    had nothing the rule could count, so that nobody loses by having no number to answer for.
    """

    code: str
    event: str
    points: Fraction
    mode: Literal["each", "mean"] = "each"
    most: Fraction | None = None
    idle: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the sheet: the rule, the event, the points; ``limited`` where the rule had no more to give or take."""

    rule: str
    event: Event | None
    points: Fraction
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score of one office: its items and how many events of each kind it had, counted or not."""

    items: tuple[Item, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Fraction:
        """The sum of the items."""
        return sum((item.points for item in self.items), Fraction(0))


BASE = "base"


def score_sheet(base: Fraction, rules: Sequence[Rule], events: Iterable[Event]) -> Sheet:
    """The sheet from ``base`` points, in the order of the rules and in each by day; the order given does not matter."""
    seen = sorted(events)
    items = [Item(BASE, None, base)]
    for rule in rules:
        items += _items(rule, [event for event in seen if event.kind == rule.event])
    return Sheet(tuple(items), dict(Counter(event.kind for event in seen)))


def _items(rule: Rule, events: list[Event]) -> list[Item]:
    counting = sum(not event.waived for event in events)
    left = rule.most
    items = [Item(rule.code, None, rule.idle)] if rule.idle and not counting else []
    for event in events:
        points = Fraction(0) if event.waived else _points(rule, event, counting)
        given = points
        if left is not None:
            given = max(-left, min(left, points))
            left -= abs(given)
        items.append(Item(rule.code, event, given, limited=given != points))
    return items


def _points(rule: Rule, event: Event, counting: int) -> Fraction:
    if rule.mode == "each":
        return rule.points * event.amount
    return rule.points * max(Fraction(0), min(Fraction(1), event.amount)) / counting
