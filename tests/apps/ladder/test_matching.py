# SPDX-License-Identifier: Apache-2.0
"""What each line is taken for: by code, by name, with the doubts; two valid codes never become one."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kechuang.apps.ladder.matching import Finding, Register, match_entries
from kechuang.apps.ladder.models import ListRow
from kechuang.apps.ladder.queries import Holdings
from kechuang.apps.ladder.reading import Entry
from ladder_cases import code, number

Match, Decision = ListRow.Match, ListRow.Decision
DAY, NAME = dt.date(2019, 9, 2), "云川启明智能科技有限公司"
OTHER = "云川远航精密机械有限公司"


def entry(
    line: int = 2,
    name: str = NAME,
    uscc: str = "",
    valid: bool = True,
    no: str = "",
    problems: tuple[str, ...] = (),
) -> Entry:
    return Entry(line, name, uscc, bool(uscc) and valid, no or number(line), DAY, DAY, "", [], list(problems))


def known(
    *firms: tuple[int, str, str | None],
    numbers: dict[str, tuple[int, str]] | None = None,
    since: set[tuple[int, dt.date]] | None = None,
) -> Register:
    return Register.of(firms, Holdings(numbers or {}, since or set()))


def first(one: Entry, register: Register) -> Finding:
    return match_entries([one], register)[0]


def test_the_same_code_is_the_same_firm() -> None:
    found = first(entry(uscc=code(1)), known((7, NAME, code(1))))
    assert (found.match, found.decision, found.organization) == (Match.EXACT, Decision.TAKE, 7)


def test_a_small_change_of_name_under_the_same_code_is_taken_and_said() -> None:
    found = first(entry(name="云川启明智能科技股份有限公司", uscc=code(1)), known((7, NAME, code(1))))
    assert (found.decision, found.organization) == (Decision.TAKE, 7)
    assert "疑似更名" in found.problem


def test_another_name_under_the_same_code_waits_for_a_person() -> None:
    found = first(entry(name=OTHER, uscc=code(1)), known((7, NAME, code(1))))
    assert (found.match, found.decision, found.suggestion) == (Match.DOUBT, Decision.OPEN, "")
    assert found.candidates[0][0] == 7


def test_an_unknown_code_is_a_new_firm() -> None:
    found = first(entry(name=OTHER, uscc=code(2)), known((7, NAME, code(1))))
    assert (found.match, found.decision) == (Match.NEW, Decision.NEW)


def test_the_same_name_under_another_valid_code_is_suggested_as_new_never_joined() -> None:
    found = first(entry(uscc=code(2)), known((7, NAME, code(1))))
    assert (found.match, found.decision, found.suggestion, found.organization) == (
        Match.DOUBT, Decision.OPEN, Decision.NEW, None,
    )  # fmt: skip


def test_a_firm_of_that_name_without_a_code_is_suggested_to_get_it() -> None:
    found = first(entry(uscc=code(2)), known((7, NAME, None)))
    assert (found.decision, found.suggestion, found.candidates) == (Decision.OPEN, Decision.TAKE, [(7, 100)])


def test_without_a_code_the_only_equal_name_is_taken_and_two_wait() -> None:
    assert first(entry(), known((7, NAME, code(1)))).organization == 7
    assert first(entry(name="云川启明智能科技有限责任公司"), known((7, NAME, code(1)))).match == Match.NAME
    found = first(entry(), known((7, NAME, code(1)), (8, NAME, code(2))))
    assert (found.decision, found.suggestion) == (Decision.OPEN, "")
    assert {key for key, _alike in found.candidates} == {7, 8}


def test_without_a_code_a_similar_name_is_offered_not_taken() -> None:
    found = first(entry(name="云川启明智能科枝有限公司"), known((7, NAME, code(1))))
    assert (found.match, found.decision, found.organization) == (Match.DOUBT, Decision.OPEN, None)
    assert found.candidates[0][0] == 7
    assert first(entry(name=OTHER), known((7, NAME, code(1)))).suggestion == Decision.NEW


def test_a_wrong_code_is_an_error_even_where_the_name_fits() -> None:
    found = first(
        entry(uscc="9199999900", valid=False, problems=("代码校验不通过。",)), known((7, NAME, code(1)))
    )
    assert (found.match, found.decision, found.suggestion) == (Match.ERROR, Decision.OPEN, Decision.TAKE)
    assert "校验不通过" in found.problem


def test_a_number_registered_already_is_not_registered_again() -> None:
    held = {number(2): (7, NAME)}
    same = first(entry(uscc=code(1)), known((7, NAME, code(1)), numbers=held))
    other = first(entry(name=OTHER, uscc=code(2)), known((7, NAME, code(1)), numbers=held))
    assert (same.decision, other.decision) == (Decision.SKIP, Decision.SKIP)
    assert NAME in other.problem


def test_a_number_twice_in_one_list_counts_once() -> None:
    first_, second = match_entries(
        [entry(2, uscc=code(1), no="GR9"), entry(3, name=OTHER, uscc=code(2), no="GR9")], known()
    )
    assert (first_.decision, second.decision) == (Decision.NEW, Decision.SKIP)
    assert "2" in second.problem


def test_a_firm_twice_in_one_list_waits_with_skip_suggested() -> None:
    found = match_entries([entry(2, uscc=code(1)), entry(3, uscc=code(1))], known())
    assert [one.decision for one in found] == [Decision.NEW, Decision.OPEN]
    assert found[1].suggestion == Decision.SKIP


def test_a_line_without_number_counts_once_for_the_same_firm_and_day() -> None:
    line = Entry(2, NAME, code(1), True, "", DAY, DAY, "", [], [])
    register = known((7, NAME, code(1)), since={(7, DAY)})
    assert first(line, register).decision == Decision.SKIP
    assert first(line, known((7, NAME, code(1)), since={(7, dt.date(2016, 9, 2))})).decision == Decision.TAKE


def test_a_line_without_name_and_code_is_an_error() -> None:
    assert first(entry(name=""), known()).match == Match.ERROR


def test_what_could_not_be_read_makes_a_clear_line_wait() -> None:
    found = first(entry(uscc=code(1), problems=("日期不是日期。",)), known((7, NAME, code(1))))
    assert (found.decision, found.suggestion, found.candidates) == (Decision.OPEN, Decision.TAKE, [(7, 100)])


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=12))
def test_two_valid_codes_never_become_one(lines: list[tuple[int, int, bool]]) -> None:
    """Whatever the names, no line with a valid code is taken for, or suggested to be, a firm with another valid code."""
    names = [NAME, "云川启明智能科技股份有限公司", OTHER, "云川远航精密机诚有限公司", "甲公司", "乙公司"]
    codes = {key: code(key) if key % 2 else None for key in range(6)}
    register = known(*((key, names[key], codes[key]) for key in range(6)))
    entries = [
        entry(place, names[name], code(serial + 100 * twisted))
        for place, (name, serial, twisted) in enumerate(lines)
    ]
    for one, found in zip(entries, match_entries(entries, register), strict=True):
        meant = found.organization
        if meant is None and found.suggestion == Decision.TAKE:
            meant = found.candidates[0][0]
        assert meant is None or codes[meant] in {None, one.uscc}
