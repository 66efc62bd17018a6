# SPDX-License-Identifier: Apache-2.0
"""Sending what waits: once, combined, skipped where it is no longer wanted, tried again where it failed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, User
from kechuang.commons.notices.actions import read_receipt, retry_delivery
from kechuang.commons.notices.desk import delivery_todos
from kechuang.commons.notices.models import Delivery, Notice, Receipt
from kechuang.commons.notices.tasks import send_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]


def states():
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_a_notice_is_mailed_once(tell, reader, hour):
    notice = tell(reader("王芳"))
    assert send_waiting() == 1
    assert send_waiting() == 0
    (letter,) = mail.outbox
    assert letter.subject == "科创：李明请您 看看甲厂" or letter.subject.endswith("李明请您 看看甲厂")
    assert letter.to == [User.objects.get(username="王芳").email]
    assert f"https://kechuang.example.gov{reverse('notices:notice-open', args=[notice.pk])}" in letter.body
    assert Delivery.objects.get().sent_at is not None


def test_what_waits_for_one_person_comes_in_one_mail(tell, reader, hour):
    wang = reader("王芳")
    hour(hours=10)
    for number in range(3):
        tell(wang, topic=f"t{number}", title=f"第{number}厂")
    assert send_waiting() == 0
    hour(hours=20)
    assert send_waiting() == 3
    (letter,) = mail.outbox
    assert [f"第{number}厂" in letter.body for number in range(3)] == [True] * 3
    assert states() == ["sent"] * 3


def test_what_was_read_meanwhile_is_not_mailed(tell, reader, hour):
    wang = reader("王芳")
    tell(wang)
    tell(wang, topic="t2", title="乙厂")
    read_receipt(Receipt.objects.get(topic="t1"), actor_of(wang))
    assert send_waiting() == 1
    assert "乙厂" in mail.outbox[0].subject
    assert states() == ["skipped", "sent"]


def test_what_a_person_may_no_longer_open_is_not_mailed(tell, reader, hour):
    tell(reader("王芳"))
    Grant.objects.all().delete()
    assert send_waiting() == 0
    assert (mail.outbox, states()) == ([], ["skipped"])


def test_an_account_closed_meanwhile_gets_no_mail(tell, reader, hour):
    tell(reader("王芳"))
    User.objects.update(is_active=False)
    assert send_waiting() == 0
    assert states() == ["skipped"]


def test_a_server_that_fails_is_tried_again_ever_more_rarely_and_then_shown(
    tell, reader, hour, settings, person
):
    tell(reader("王芳"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    keeper = person("系统管理员", "notices.retry_delivery")
    waits, moment = [], hour()
    for attempt in range(1, 9):
        assert send_waiting() == 0
        delivery = Delivery.objects.get()
        assert delivery.attempts == attempt
        waits.append((delivery.not_before - moment).total_seconds() / 60)
        assert send_waiting() == 0  # not due yet
        moment = hour(minutes=(delivery.not_before - hour()).total_seconds() / 60)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert delivery.state == "failed"
    assert delivery.error.startswith("ConnectionRefusedError")
    assert len(list(delivery_todos(keeper, dt.date(2019, 10, 15)))) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 0
    retry_delivery(delivery, keeper)
    assert send_waiting() == 1
    assert list(delivery_todos(keeper.fresh(), dt.date(2019, 10, 15))) == []


def test_what_a_dead_process_left_is_unsure_and_not_sent_again(tell, reader, hour):
    tell(reader("王芳"))
    Delivery.objects.update(state="sending", claimed_at=hour())
    assert send_waiting() == 0
    assert states() == ["sending"]
    hour(minutes=11)
    assert send_waiting() == 0
    assert (mail.outbox, states()) == ([], ["unsure"])


def test_mail_turned_off_meanwhile_is_skipped(tell, reader, hour, settings):
    tell(reader("王芳"))
    settings.MAIL_ON = False
    assert send_waiting() == 0
    assert states() == ["skipped"]


def test_a_line_break_in_a_title_does_not_break_the_mail(tell, reader, hour):
    tell(reader("王芳"), title="甲厂\r\nBcc: all@example.gov")
    assert send_waiting() == 1
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == mail.outbox[0].to


def test_tick_sends(tell, reader, hour):
    tell(reader("王芳"))
    call_command("tick", verbosity=0)
    assert len(mail.outbox) == 1


@pytest.mark.guarantee
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_tell_everyone_once(tell, reader, hour):
    people = [reader(f"人{number}") for number in range(8)]
    tell(*people)
    start, problems = threading.Barrier(2), []

    def run():
        try:
            start.wait()
            send_waiting()
        except Exception as problem:  # noqa: BLE001 - shown by the assertion below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in people)
    assert Notice.objects.get().deliveries.filter(state="sent", attempts=1).count() == 8
