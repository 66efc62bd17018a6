# SPDX-License-Identifier: Apache-2.0
"""Records of the demo year are told apart, labelled, and the same each time."""

from __future__ import annotations

import random

from kechuang.site.demo.words import long_text, text, titles


def dice() -> random.Random:
    return random.Random(7)  # noqa: S311 -- words, not secrets


def test_titles_differ_however_many_and_are_labelled() -> None:
    found = titles("bottleneck", 300, dice())
    assert len(set(found)) == 300
    assert all(title.endswith("（演示）") for title in found)


def test_the_same_seed_gives_the_same_words() -> None:
    assert titles("carrier", 5, dice()) == titles("carrier", 5, dice())
    assert text("country", dice()) == text("country", dice())


def test_a_register_or_field_without_words_of_its_own_still_has_some() -> None:
    assert titles("none", 2, dice()) == ["事项（演示）", "事项（2）（演示）"]
    assert text("none", dice()) == "演示内容"
    assert long_text("none", dice()).endswith("（演示数据）")
