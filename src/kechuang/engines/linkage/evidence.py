# SPDX-License-Identifier: Apache-2.0
"""Two descriptions weighed (比对依据): how likely they are one organisation, for which reasons, and what forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kechuang.engines.linkage.codes import agree, differ
from kechuang.engines.linkage.names import SAME, head_named, likeness, normalised

DOUBTFUL, SURE = 80, 97
CONFIRMS = {"representative": 6, "address": 5, "region": 2, "founded": 4}
CONTRADICTS = {"representative": 8, "region": 4, "founded": 10}


@dataclass(frozen=True, slots=True)
class Description:
    """An organisation as a source gives it: names (the present one first), valid codes by kind, facts by name."""

    names: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How likely (0 to 100), why (codes of reasons), and whether something forbids that the two are one."""

    likeness: int
    reasons: tuple[str, ...]
    forbidden: bool = False


def weigh(one: Description, other: Description) -> Evidence:
    """Compare two descriptions; the order of the two does not matter.

    Two different valid codes are never one organisation, nor are a branch and its head. A shared code is certain.
    Else names decide, and facts that both sources give raise or lower it.
    """
    if differ(one.codes, other.codes):
        return Evidence(0, ("codes_differ",), forbidden=True)
    if agree(one.codes, other.codes):
        return Evidence(100, ("same_code", *_names(one, other)[1], *_facts(one, other)[1]))
    if bool(head_named(one.names[0])) != bool(head_named(other.names[0])):
        return Evidence(0, ("branch",), forbidden=True)
    alike, said = _names(one, other)
    shift, facts = _facts(one, other)
    return Evidence(max(0, min(99, alike + shift)), (*said, *facts))


def _names(one: Description, other: Description) -> tuple[int, tuple[str, ...]]:
    present = likeness(one.names[0], other.names[0])
    if present == SAME:
        return SURE, ("same_name",)
    known = {normalised(name) for name in one.names} & {normalised(name) for name in other.names} - {""}
    if known:
        return SURE - 2, ("former_name",)
    return min(present, SURE - 3), ("similar_name",)


def _facts(one: Description, other: Description) -> tuple[int, tuple[str, ...]]:
    """What facts add and take away, with the reasons, in one order whichever way round the two are given."""
    shift, reasons = 0, []
    for name in sorted(CONFIRMS):
        mine, theirs = normalised(one.facts.get(name, "")), normalised(other.facts.get(name, ""))
        if not mine or not theirs:
            continue
        if mine == theirs:
            shift += CONFIRMS[name]
            reasons.append(f"same_{name}")
        elif name in CONTRADICTS:
            shift -= CONTRADICTS[name]
            reasons.append(f"other_{name}")
    return shift, tuple(reasons)
