# SPDX-License-Identifier: Apache-2.0
"""The year-end sheet of an office, worked by hand; each point has its cause."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.scores import BASE, Event, Item, Rule, score_sheet

RULES = (
    Rule("late", "report-late", Fraction(-1)),
    Rule("returned", "closure-returned", Fraction(-2), most=Fraction(3)),
    Rule("on-time", "closed-on-time", Fraction(1, 2), most=Fraction(1)),
    Rule("results", "target-result", Fraction(40), mode="mean"),
    Rule("asked", "report-asked", Fraction(0)),
)
KINDS = [rule.event for rule in RULES]
EVENTS = st.lists(
    st.builds(
        Event,
        st.dates(dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        st.sampled_from([*KINDS, "unknown"]),
        st.integers(1, 99).map(lambda number: f"commitments.report:{number}"),
        st.fractions(0, 2, max_denominator=20),
        st.sampled_from(["", "", "申诉成立"]),
    ),
    max_size=12,
)


def _event(month: int, kind: str, cause: str, amount: Fraction = Fraction(1), waived: str = "") -> Event:
    return Event(dt.date(2019, month, 1), kind, cause, amount, waived)


def test_a_sheet_worked_by_hand() -> None:
    late, excused = _event(3, "report-late", "r:1"), _event(6, "report-late", "r:2", waived="当日系统停机")
    returned = [_event(month, "closure-returned", f"c:{month}") for month in (7, 8)]
    closed = [_event(month, "closed-on-time", f"d:{month}") for month in (9, 10, 11)]
    results = [
        _event(12, "target-result", "t:1", Fraction(3, 4)),
        _event(12, "target-result", "t:2", Fraction(6, 5)),
    ]
    sheet = score_sheet(Fraction(60), RULES, [*closed, late, *results, *returned, excused])
    assert sheet.items == (
        Item(BASE, None, Fraction(60)),
        Item("late", late, Fraction(-1)),
        Item("late", excused, Fraction(0)),
        Item("returned", returned[0], Fraction(-2)),
        Item("returned", returned[1], Fraction(-1), limited=True),
        Item("on-time", closed[0], Fraction(1, 2)),
        Item("on-time", closed[1], Fraction(1, 2)),
        Item("on-time", closed[2], Fraction(0), limited=True),
        Item("results", results[0], Fraction(15)),  # 40 × ¾ ÷ 2
        Item("results", results[1], Fraction(20)),  # no more than all of it
    )
    assert sheet.total == 92
    assert sheet.counts == {
        "report-late": 2, "closure-returned": 2, "closed-on-time": 3, "target-result": 2,
    }  # fmt: skip


def test_a_waived_result_does_not_count_in_the_mean() -> None:
    results = [
        _event(12, "target-result", "t:1", Fraction(3, 4)),
        _event(12, "target-result", "t:2", Fraction(0), "统计口径变更"),
    ]
    assert score_sheet(Fraction(0), RULES, results).total == 30


def test_an_office_without_numbers_gets_what_the_rule_gives_the_idle() -> None:
    rules = (Rule("results", "target-result", Fraction(40), mode="mean", idle=Fraction(30)),)
    assert score_sheet(Fraction(0), rules, []).items[1:] == (Item("results", None, Fraction(30)),)
    assert score_sheet(Fraction(0), rules, [_event(12, "target-result", "t:1", Fraction(1, 4))]).total == 10
    waived = _event(12, "target-result", "t:1", Fraction(1, 4), "统计口径变更")
    assert score_sheet(Fraction(0), rules, [waived]).total == 30


def test_reports_asked_are_counted_without_points() -> None:
    sheet = score_sheet(
        Fraction(100), RULES, [_event(3, "report-asked", "r:1"), _event(3, "report-asked", "r:2")]
    )
    assert (sheet.total, sheet.counts["report-asked"], len(sheet.items)) == (100, 2, 3)


def test_the_same_day_and_kind_twice_is_two_events() -> None:
    twice = [_event(3, "report-late", "r:1"), _event(3, "report-late", "r:1")]
    assert score_sheet(Fraction(0), RULES, twice).total == -2


@given(EVENTS)
def test_the_score_is_the_sum_of_its_items_and_every_item_has_a_cause(events: list[Event]) -> None:
    sheet = score_sheet(Fraction(100), RULES, events)
    assert sheet.total == sum(item.points for item in sheet.items)
    assert all(item.event in events for item in sheet.items[1:])
    assert len(sheet.items) == 1 + sum(event.kind in KINDS for event in events)


@given(EVENTS, st.randoms())
def test_the_order_of_events_does_not_matter(events: list[Event], random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert score_sheet(Fraction(100), RULES, events) == score_sheet(Fraction(100), RULES, shuffled)


@given(EVENTS)
def test_no_rule_gives_or_takes_more_than_its_most(events: list[Event]) -> None:
    sheet = score_sheet(Fraction(0), RULES, events)
    for rule in RULES:
        if rule.most is not None:
            assert abs(sum(item.points for item in sheet.items if item.rule == rule.code)) <= rule.most


@given(EVENTS, st.integers(0, 11))
def test_waiving_a_deduction_never_lowers_the_score(events: list[Event], place: int) -> None:
    deductions = {"report-late", "closure-returned"}
    if place < len(events) and events[place].kind in deductions:
        one = events[place]
        waived = Event(one.day, one.kind, one.cause, one.amount, "申诉成立")
        changed = [*events[:place], waived, *events[place + 1 :]]
        assert score_sheet(Fraction(0), RULES, changed).total >= score_sheet(Fraction(0), RULES, events).total
