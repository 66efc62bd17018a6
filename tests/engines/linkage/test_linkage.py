# SPDX-License-Identifier: Apache-2.0
"""Whether two written names mean the same firm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.linkage.names import likeness, normalised, stem
from kechuang.engines.linkage.register import NameRegister

WORDS = st.text(alphabet="云川华宇智能科技材料有限责任公司股份（）() 　AbＡｂ１2", max_size=24)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云川华宇科技有限责任公司", "云川华宇科技有限公司"),
        ("云川（华宇）科技有限公司", "云川(华宇)科技有限公司"),
        ("云川（华宇）科技有限公司", "云川华宇科技有限公司"),
        (" 云川华宇 科技有限公司\u3000", "云川华宇科技有限公司"),
        ("云川ＡＢ１２科技有限公司", "云川ab12科技有限公司"),
        ("云川华宇科技股份公司", "云川华宇科技股份有限公司"),
    ],
)
def test_variants_of_writing_are_one_name(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert likeness(one, other) == 100


def test_a_company_limited_by_shares_is_another_name_but_alike() -> None:
    assert likeness("云川华宇科技有限公司", "云川华宇科技股份有限公司") == 99


def test_likeness_of_one_letter_and_of_strangers() -> None:
    assert likeness("云川华宇智能科技有限公司", "云川华云智能科技有限公司") == 88
    assert likeness("云川华宇智能科技有限公司", "海东钢铁厂") < 40
    assert likeness("", "") == 0


def test_stem_is_never_empty() -> None:
    assert stem("有限公司") == "有限公司"
    assert stem("云川华宇科技有限责任公司") == "云川华宇科技"


def test_register_finds_the_equal_and_the_similar() -> None:
    register = NameRegister.of(
        [
            (1, "云川华宇智能科技有限公司"),
            (2, "云川华云智能科技有限公司"),
            (3, "海东钢铁有限公司"),
            (4, "云川华宇智能科技有限责任公司"),
        ]
    )
    assert register.equal("云川华宇智能科技（有限公司）") == [1, 4]
    assert register.equal("") == []
    found = register.similar("云川华宁智能科技有限公司")
    assert [(one.key, one.likeness) for one in found] == [(1, 88), (2, 88), (4, 88)]
    assert register.similar("完全不同的名字") == []


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert normalised(normalised(one)) == normalised(one)


@given(WORDS.filter(lambda text: bool(normalised(text))))
def test_every_name_is_equal_to_itself(name: str) -> None:
    assert likeness(name, name) == 100
    register = NameRegister.of([(7, name)])
    assert register.equal(name) == [7]
    assert register.similar(name)[0].key == 7
