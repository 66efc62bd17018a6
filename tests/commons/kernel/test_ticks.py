# SPDX-License-Identifier: Apache-2.0
"""What is done from time to time: everything offered, and a failing piece stops no other."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from kechuang.commons.kernel import ticks
from kechuang.commons.kernel.ticks import do_ticks, ticking


@pytest.fixture(autouse=True)
def nothing_offered(monkeypatch):
    monkeypatch.setattr(ticks.ticks, "_filled", {})


def test_a_failing_piece_of_work_stops_no_other(caplog):
    @ticking("a", "坏")
    def broken() -> int:
        raise ValueError("out of luck")

    @ticking("b", "好")
    def good() -> int:
        return 3

    assert do_ticks() == [("坏", 0), ("好", 3)]
    assert "out of luck" in caplog.text


@pytest.mark.django_db
def test_tick_does_what_rooms_offer():
    ticking("b", "好")(lambda: 3)
    told = io.StringIO()
    call_command("tick", stdout=told)
    assert "好 3" in told.getvalue()
