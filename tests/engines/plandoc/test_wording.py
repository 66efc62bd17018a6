# SPDX-License-Identifier: Apache-2.0
"""Differences of texts: readable for hand-worked cases, lossless for all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.plandoc.wording import likeness, wording

TEXTS = st.text(alphabet="培育企业家。；的3400a\n", max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "segments"),
    [
        ("", "", ()),
        ("", "新增一句。", (("insert", "新增一句。"),)),
        ("甲。乙。", "甲。", (("equal", "甲。"), ("delete", "乙。"))),
        (
            "达到3000家",
            "达到3400家",
            (("equal", "达到"), ("delete", "3000"), ("insert", "3400"), ("equal", "家")),
        ),
        ("旧有的流程", "简化的手续", (("delete", "旧有的流程"), ("insert", "简化的手续"))),
    ],
)
def test_differences_are_told_in_words(
    before: str, after: str, segments: tuple[tuple[str, str], ...]
) -> None:
    assert wording(before, after) == segments


@given(TEXTS, TEXTS)
def test_segments_spell_both_texts(before: str, after: str) -> None:
    segments = wording(before, after)
    assert "".join(text for op, text in segments if op != "insert") == before
    assert "".join(text for op, text in segments if op != "delete") == after
    assert all(text for _, text in segments)
    assert not any(one[0] == two[0] for one, two in pairwise(segments))


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_one_for_equals(one: str, two: str) -> None:
    assert likeness(one, one) == 1.0
    assert likeness(one, two) == likeness(two, one)
    assert 0 <= likeness(one, two) <= 1


def test_a_very_long_change_is_shown_as_replaced() -> None:
    assert wording("甲" * 3000, "乙" * 3000) == (("delete", "甲" * 3000), ("insert", "乙" * 3000))
