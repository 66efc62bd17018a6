# SPDX-License-Identifier: Apache-2.0
"""Two descriptions weighed: what forbids, what confirms, and the same whichever way round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.linkage.evidence import DOUBTFUL, Description, weigh
from kechuang.engines.linkage.names import block_key, head_named, normalised
from kechuang.engines.linkage.sweep import similar_names

ONE, OTHER = "91350100M000100Y43", "91110000802100433B"
NAMES = st.text(alphabet="云川华宇智能科技材料省市有限责任公司分股份（）Ab1", min_size=1, max_size=14)
FACTS = st.dictionaries(
    st.sampled_from(["region", "address", "representative", "founded"]), st.sampled_from("甲乙")
)
CODES = st.sampled_from([{}, {"uscc": ONE}, {"uscc": OTHER}, {"organization": "802100433"}])
ENTRIES = st.builds(Description, st.tuples(NAMES), CODES, FACTS)


def firm(name: str, *former: str, code: str = "", **facts: str) -> Description:
    return Description((name, *former), {"uscc": code} if code else {}, facts)


def test_two_different_valid_codes_are_never_one_organisation_whatever_else_agrees() -> None:
    facts = {"representative": "王某", "address": "一号路1号"}
    found = weigh(firm("云川华宇有限公司", code=ONE, **facts), firm("云川华宇有限公司", code=OTHER, **facts))
    assert (found.likeness, found.forbidden, found.reasons) == (0, True, ("codes_differ",))


def test_a_shared_code_is_certain_though_the_names_differ() -> None:
    found = weigh(firm("云川华宇有限公司", code=ONE), firm("云川天行有限公司", code=ONE))
    assert (found.likeness, found.reasons[0], found.forbidden) == (100, "same_code", False)


def test_a_branch_is_not_its_head() -> None:
    found = weigh(firm("云川华宇有限公司城东分公司"), firm("云川华宇有限公司"))
    assert (found.forbidden, found.reasons) == (True, ("branch",))
    assert head_named("云川华宇有限公司城东分公司") == "云川华宇有限公司"
    assert head_named("云川华宇有限公司") == ""


@pytest.mark.parametrize(
    ("other", "likeness", "reasons"),
    [
        (firm("云川华宇科技有限责任公司"), 97, ("same_name",)),
        (firm("云川天行有限公司", "云川华宇科技有限公司"), 95, ("former_name",)),
        (firm("云川华宁科技有限公司"), 83, ("similar_name",)),
        (firm("云川华宇科技有限公司", representative="王某"), 99, ("same_name", "same_representative")),
        (firm("云川华宇科技有限公司", representative="李某"), 89, ("same_name", "other_representative")),
    ],
)
def test_names_decide_and_facts_raise_or_lower(
    other: Description, likeness: int, reasons: tuple[str, ...]
) -> None:
    found = weigh(firm("云川华宇科技有限公司", representative="王某"), other)
    assert (found.likeness, found.reasons) == (likeness, reasons)


@given(ENTRIES, ENTRIES)
def test_the_order_of_two_entries_does_not_matter(one: Description, other: Description) -> None:
    assert weigh(one, other) == weigh(other, one)
    assert 0 <= weigh(one, other).likeness <= 100


@given(NAMES)
def test_equal_names_have_equal_keys(name: str) -> None:
    assert block_key(name) == block_key(f" {name}　")
    assert bool(block_key(name)) == bool(normalised(name))


def test_province_and_city_in_front_are_no_part_of_the_key() -> None:
    keys = {block_key(name) for name in ("东海省云川市华宇科技有限公司", "东海云川华宇科技有限责任公司")}
    assert keys == {"东海云川华宇科技"}


@given(st.lists(NAMES, max_size=4, unique=True), st.lists(NAMES, max_size=6))
def test_one_pass_finds_what_comparing_each_with_each_finds(wanted: list[str], known: list[str]) -> None:
    from rapidfuzz import fuzz  # noqa: PLC0415 -- the brute force beside the sweep

    keys = list(enumerate(map(block_key, known)))
    found = similar_names(wanted, keys, least=DOUBTFUL, most=100)
    for name in wanted:
        brute = {
            key
            for key, text in keys
            if min(len(text), len(block_key(name))) > 3
            and round(fuzz.ratio(block_key(name), text)) >= DOUBTFUL
        }
        assert brute <= {one.key for one in found[name]}
