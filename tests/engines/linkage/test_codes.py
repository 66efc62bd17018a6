# SPDX-License-Identifier: Apache-2.0
"""Codes of organisations: check places, the old code inside the new one, what two sets of codes say of one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.linkage.codes import (
    agree,
    contained,
    differ,
    is_organization_code,
    is_uscc,
    kind_of,
    mended,
    plain_code,
)

STANDARD, PUBLIC = "91350100M000100Y43", "91110000802100433B"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (STANDARD, "uscc"),
        (PUBLIC, "uscc"),
        ("91110000802100433C", ""),
        ("210100000012345", "registration"),
        ("21010000001234", ""),
        ("802100433", "organization"),
        ("802100434", ""),
        ("", ""),
    ],
)
def test_a_code_is_known_by_its_length_and_check_place(code: str, kind: str) -> None:
    assert kind_of(code) == kind


def test_a_code_is_read_in_any_width_case_and_with_the_dash_of_the_old_one() -> None:
    assert plain_code(" ９１１１００００802100433b ") == PUBLIC
    assert plain_code("80210043-3") == "802100433"


@pytest.mark.parametrize("code", ["000000000", "000000000000000", "111111111111111"])
def test_one_digit_throughout_is_nobodys_code(code: str) -> None:
    assert kind_of(code) == ""


def test_the_mark_of_a_text_is_no_part_of_a_code() -> None:
    assert plain_code("'91210102MA90000015") == "91210102MA90000015"


def test_the_unified_code_holds_the_old_one() -> None:
    assert contained(PUBLIC) == "802100433"
    assert is_organization_code(contained(PUBLIC))


def test_codes_differ_only_where_both_are_of_one_kind_or_one_would_hold_the_other() -> None:
    assert differ({"uscc": STANDARD}, {"uscc": PUBLIC})
    assert differ({"uscc": STANDARD}, {"organization": "802100433"})
    assert not differ({"uscc": PUBLIC}, {"organization": "802100433"})
    assert not differ({"uscc": PUBLIC}, {"registration": "210100000012345"})
    assert not differ({}, {"uscc": PUBLIC})


def test_codes_agree_where_one_is_shared_or_holds_the_other() -> None:
    assert agree({"uscc": PUBLIC}, {"organization": "802100433"})
    assert agree({"registration": "210100000012345"}, {"registration": "210100000012345", "uscc": PUBLIC})
    assert not agree({"uscc": STANDARD}, {"uscc": PUBLIC})
    assert not agree({}, {})


@given(st.integers(0, 17), st.sampled_from(LETTERS))
def test_no_change_of_one_place_leaves_a_code_valid(place: int, letter: str) -> None:
    changed = PUBLIC[:place] + letter + PUBLIC[place + 1 :]
    assert is_uscc(changed) == (changed == PUBLIC)


def test_letters_taken_for_digits_and_two_places_swapped_are_mended_for_a_person_to_see() -> None:
    assert mended(PUBLIC.replace("0", "O", 1)) == [PUBLIC]
    assert PUBLIC in mended(PUBLIC[:10] + PUBLIC[11] + PUBLIC[10] + PUBLIC[12:])
    assert mended(PUBLIC) == []
    assert mended("12") == []


@given(
    st.dictionaries(
        st.sampled_from(["uscc", "organization"]), st.sampled_from([STANDARD, PUBLIC, "802100433"])
    )
)
def test_agreeing_and_differing_exclude_one_another(codes: dict[str, str]) -> None:
    other = {"uscc": PUBLIC}
    assert not (agree(codes, other) and differ(codes, other))
    assert differ(codes, other) == differ(other, codes)
