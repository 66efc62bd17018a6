# SPDX-License-Identifier: Apache-2.0
"""What the tests of notices share."""

from __future__ import annotations

import datetime as dt

import pytest

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.notices.actions import send_notice
from kechuang.commons.notices.kinds import _KINDS, NoticeKind, notice_kind

NOON = dt.datetime(2019, 10, 15, 4, 0, tzinfo=dt.UTC)  # 12:00 in the city


@pytest.fixture
def hour(monkeypatch):
    """Real time, moved by the test: ``hour(hours=3)`` is three hours after noon."""

    def move(**later):
        moment = NOON + dt.timedelta(**later)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    move()
    return move


@pytest.fixture
def mail_on(settings):
    settings.MAIL_ON = True
    settings.DEFAULT_FROM_EMAIL = "kechuang@example.gov"
    settings.PUBLIC_ADDRESS = "https://kechuang.example.gov"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr("kechuang.commons.notices.kinds._KINDS", dict(_KINDS))
    notice_kind(NoticeKind("test.asked", "请示", "%(by)s请您\n看看%(title)s", "%(by)s：请看。"))
    notice_kind(NoticeKind("test.urgent", "急件", "急：%(title)s", urgent=True, for_group=True))


@pytest.fixture
def reader(person):
    """Make a person who may open organisations and has a mailbox."""

    def make(name, *more):
        actor = person(name, "parties.view_organization", *more)
        User.objects.filter(pk=actor.id).update(email=f"{actor.id}@example.gov")
        return User.objects.get(pk=actor.id)

    return make


@pytest.fixture
def tell(bureau, system):
    def send(*users, kind="test.asked", topic="t1", about=None, **data):
        facts = {"by": "李明", "title": "甲厂", **data}
        about = about or Ref.of(bureau)
        return send_notice(None, system, kind=kind, to=users, about=about, topic=topic, data=facts)

    return send
