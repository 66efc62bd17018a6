# SPDX-License-Identifier: Apache-2.0
"""Whole documents of invented bureaus against readings written by hand (documents/NAME.txt and NAME.json)."""

from __future__ import annotations

import pytest

from engines.plandoc import scoring


@pytest.mark.parametrize("name", scoring.names())
def test_a_document_is_read_as_a_person_reads_it(name: str) -> None:
    assert list(scoring.differences(name)) == []


def test_the_score_counts_what_is_missing_and_what_is_too_much() -> None:
    hand = {
        "title": "甲",
        "issuer": "",
        "year": 2020,
        "focus_areas": ["一", "二"],
        "tasks": [],
        "indicators": [],
    }
    parser = {**hand, "title": "乙", "focus_areas": ["二", "三"]}
    table = scoring.compared([("某", hand, parser)])
    assert (table["title"].precision, table["title"].recall) == (0.0, 0.0)
    assert (table["area"].right, table["area"].proposed, table["area"].expected) == (1, 2, 2)
    assert table["area"].wrong == ["某: missing 一", "某: extra 三"]
