# SPDX-License-Identifier: Apache-2.0
"""A person is told of a topic once, and of his own inbox only he decides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kechuang.commons.access.actors import actor_of
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.notices.actions import (
    clear_inbox,
    read_receipt,
    retry_delivery,
    send_notice,
    set_preference,
)
from kechuang.commons.notices.models import Delivery, Notice, NoticePreference, Receipt
from kechuang.commons.notices.queries import unread_count

pytestmark = pytest.mark.django_db


def test_words_are_made_from_facts_when_shown(tell, reader):
    notice = tell(reader("王芳"))
    assert notice.subject == "李明请您 看看甲厂"
    assert notice.body == "李明：请看。"
    assert Notice(kind_code="gone.kind", data={}).subject == "gone.kind"


def test_nobody_is_told_twice_of_one_topic(tell, reader, mail_on):
    wang, li = reader("王芳"), reader("李小红")
    tell(wang)
    tell(wang, li)
    tell(wang, li, kind="test.urgent")
    assert sorted(Receipt.objects.values_list("user", "notice__kind_code")) == sorted(
        [(wang.pk, "test.asked"), (li.pk, "test.asked")]
    )
    assert Delivery.objects.filter(channel="mail").count() == 2
    tell(wang, topic="t2")
    assert Receipt.objects.filter(user=wang).count() == 2


@pytest.mark.guarantee
def test_the_database_itself_holds_it(tell, reader):
    notice = tell(reader("王芳"))
    receipt = Receipt.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(notice=notice, user=receipt.user, topic=receipt.topic)
    Delivery.objects.create(notice=notice, channel="wecom-1", not_before=notice.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(notice=notice, channel="wecom-1", not_before=notice.at)


def test_a_closed_account_is_told_nothing(tell, reader):
    gone = reader("离职人")
    gone.is_active = False
    tell(gone)
    assert not Receipt.objects.exists()


def test_the_journal_knows_who_was_told_and_not_the_words(tell, reader, bureau):
    wang = reader("王芳")
    tell(wang, title="秘密")
    entry = Entry.objects.get(verb="notices.notice.sent")
    assert entry.data["to"] == [f"access.user:{wang.pk}"]
    assert "秘密" not in str(entry.data)


def test_people_do_not_send_notices(bureau, reader):
    wang = reader("王芳")
    with pytest.raises(Refused):
        send_notice(None, actor_of(wang), kind="test.asked", to=[wang], about=None, topic="x", data={})


def test_everyone_reads_his_own(tell, reader):
    wang, li = reader("王芳"), reader("李小红")
    tell(wang, li)
    tell(wang, topic="t2")
    mine = Receipt.objects.get(user=li)
    with pytest.raises(Refused):
        read_receipt(mine, actor_of(wang))
    read_receipt(mine, actor_of(li))
    assert (unread_count(actor_of(li)), unread_count(actor_of(wang))) == (0, 2)
    clear_inbox(None, actor_of(wang))
    assert unread_count(actor_of(wang)) == 0


def test_mail_waits_as_each_person_wants_it(tell, reader, mail_on, hour):
    each, daily, off, mute, bare = (reader(name) for name in ("逐条", "汇总", "不要", "不要这种", "无邮箱"))
    quiet = {"quiet_from": dt.time(21), "quiet_to": dt.time(7, 30)}
    set_preference(None, actor_of(daily), mail="daily", **quiet)
    set_preference(None, actor_of(off), mail="off", **quiet)
    set_preference(None, actor_of(mute), mail="each", unmailed=["test.asked"], **quiet)
    bare.email = ""
    noon = hour()
    tell(each, daily, off, mute, bare)
    assert dict(Delivery.objects.values_list("user", "not_before")) == {
        each.pk: noon,
        daily.pk: dt.datetime(2019, 10, 16, 0, 30, tzinfo=dt.UTC),  # 08:30 in the city
    }
    night = hour(hours=10)
    tell(each, topic="night")
    tell(each, topic="urgent", kind="test.urgent")
    hours = list(Delivery.objects.filter(user=each).order_by("id").values_list("not_before", flat=True))
    assert hours == [noon, dt.datetime(2019, 10, 15, 23, 30, tzinfo=dt.UTC), night]
    assert Receipt.objects.count() == 7


def test_without_mail_nothing_waits(tell, reader):
    tell(reader("王芳"))
    assert not Delivery.objects.exists()


def test_a_way_of_being_told_that_is_none_is_refused(reader):
    wang = actor_of(reader("王芳"))
    for wrong in ({"mail": "pigeon"}, {"mail": "each", "unmailed": ["no.kind"]}):
        with pytest.raises(Problem) as told:
            set_preference(None, wang, quiet_from=dt.time(21), quiet_to=dt.time(7), **wrong)
        assert told.value.field == "mail"
    assert not NoticePreference.objects.exists()


def test_sending_again_is_for_administrators_and_for_what_failed(tell, reader, mail_on, person):
    tell(reader("王芳"))
    delivery = Delivery.objects.get()
    keeper = person("系统管理员", "notices.retry_delivery")
    with pytest.raises(Problem):
        retry_delivery(delivery, keeper)
    Delivery.objects.update(state="failed", attempts=8)
    with pytest.raises(Refused):
        retry_delivery(delivery, person("别人", "notices.view_delivery"))
    retry_delivery(delivery, keeper)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
