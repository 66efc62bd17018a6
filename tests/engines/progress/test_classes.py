# SPDX-License-Identifier: Apache-2.0
"""Classes of a bulletin: the first that takes an item has it; shares add up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.classes import Class, Counted, class_of, counted
from kechuang.engines.progress.lights import Light

CLASSES = (
    Class("done", reasons=("closed", "closed-late", "met")),
    Class("behind", colours=("red", "yellow")),
    Class("ahead", colours=("green",), least_pace=Fraction(11, 10)),
    Class("on-pace", colours=("green",)),
    Class("other"),
)
LIGHTS = st.builds(
    Light,
    st.sampled_from(["green", "yellow", "red", "grey"]),
    st.sampled_from(["met", "closed-late", "on-time", "x"]),
)
PACES = st.none() | st.fractions(0, 2)


def test_each_item_falls_into_the_first_class_that_takes_it() -> None:
    assert class_of(CLASSES, Light("yellow", "closed-late")) == "done"
    assert class_of(CLASSES, Light("red", "overdue")) == "behind"
    assert class_of(CLASSES, Light("green", "way-on-pace"), Fraction(11, 10)) == "ahead"
    assert class_of(CLASSES, Light("green", "way-on-pace"), Fraction(109, 100)) == "on-pace"
    assert class_of(CLASSES, Light("green", "on-time")) == "on-pace"
    assert class_of(CLASSES, Light("grey", "no-milestones")) == "other"
    assert class_of(CLASSES[:1], Light("red", "overdue")) is None


def test_counts_and_shares() -> None:
    items = [
        (Light("red", "overdue"), None),
        (Light("green", "on-time"), None),
        (Light("green", "on-time"), None),
    ]
    assert [one for one in counted(CLASSES, items) if one.count] == [
        Counted("behind", 1, Fraction(1, 3)),
        Counted("on-pace", 2, Fraction(2, 3)),
    ]
    assert sum(one.share for one in counted(CLASSES, [])) == 0


@given(st.lists(st.tuples(LIGHTS, PACES), min_size=1, max_size=8))
def test_the_shares_of_all_items_sum_to_one(items: list[tuple[Light, Fraction | None]]) -> None:
    found = counted(CLASSES, items)
    assert sum(one.count for one in found) == len(items)
    assert sum(one.share for one in found) == 1
