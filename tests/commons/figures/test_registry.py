# SPDX-License-Identifier: Apache-2.0
"""Every figure offered in code keeps the promise of the registry."""

from __future__ import annotations

import datetime as dt

import pytest

from kechuang.commons.figures.registry import Figure, Scope, coded_figures, figure

SCOPES = (Scope(dt.date(2019, 10, 15)), Scope(dt.date(2020, 1, 1)), Scope(dt.date(2019, 10, 15), "990102"))
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("one", coded_figures(), ids=lambda one: one.code)
def test_a_figure_of_an_empty_registry_is_zero_and_has_no_members(one: Figure) -> None:
    for scope in SCOPES:
        assert one.value(scope) == 0
        assert list(one.members(scope)) == []
        assert one.by_region is None or one.by_region(scope) == []
        assert one.bridge is None or sum(amount for _words, amount in one.bridge(scope)) == 0
        assert one.trend is None or {amount for _day, amount in one.trend(scope)} == {0}


@pytest.mark.parametrize("one", coded_figures(), ids=lambda one: one.code)
def test_a_figure_says_what_it_is_and_leads_to_others_that_exist(one: Figure) -> None:
    assert str(one.title)
    assert str(one.definition)
    assert str(one.unit)
    assert one.code.count(".") == 1
    assert figure(one.code) is one
    assert [code for code in one.related if figure(code) is None] == []


def test_an_unknown_code_is_no_figure() -> None:
    assert figure("nobody.counts_this") is None
