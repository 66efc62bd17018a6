# SPDX-License-Identifier: Apache-2.0
"""From time to time what is over is thrown away, and only that; work after the answer is done once, in a bounded line."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.utils import timezone

from kechuang.commons.access import background
from kechuang.commons.access.models import Onboarding, Session, User
from kechuang.commons.access.tasks import clear_up
from kechuang.commons.kernel.actors import Actor

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_go_and_others_stay(account: Any, enter: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    assert clear_up() == 1
    assert browser.get("/desk/").status_code == 200
    assert clear_up() == 0


def test_a_list_nobody_confirmed_is_emptied_after_a_week(sysadmin: Actor) -> None:
    made_by = User.objects.get(pk=sysadmin.id)
    now = timezone.now()
    for days in (6, 8):
        Onboarding.objects.create(
            file_name=f"{days}.xlsx",
            rows_sealed="x",
            count=1,
            faulty=0,
            made_at=now - dt.timedelta(days=days),
            made_by=made_by,
        )
    assert clear_up() == 1
    assert set(Onboarding.objects.values_list("file_name", "state", "rows_sealed")) == {
        ("6.xlsx", "draft", "x"),
        ("8.xlsx", "dropped", ""),
    }


def test_work_after_the_answer_is_done_by_another_thread_and_survives_a_failure(settings: Any) -> None:
    settings.WORK_AT_ONCE = False
    done = threading.Event()
    names: list[str] = []

    def fail() -> None:
        raise ValueError("x")

    def work() -> None:
        names.append(threading.current_thread().name)
        done.set()

    background.after_answer(fail)
    background.after_answer(work)
    assert done.wait(5)
    assert names == ["kechuang-after-answer"]


def test_a_flood_is_dropped_and_not_kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import queue  # noqa: PLC0415

    settings.WORK_AT_ONCE = False
    line: Any = queue.Queue(2)
    monkeypatch.setattr(background, "_line", line)
    monkeypatch.setattr(background, "_worker", [threading.current_thread()])
    for _work in range(5):
        background.after_answer(lambda: None)
    assert line.qsize() == 2
