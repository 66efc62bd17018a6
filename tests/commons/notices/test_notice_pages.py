# SPDX-License-Identifier: Apache-2.0
"""The inbox, preferences, and the administrator's list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.notices.models import Delivery, Notice, NoticePreference, Receipt

pytestmark = pytest.mark.django_db


def test_inbox_shows_ones_own_with_the_same_number_of_queries(tell, reader, browser_of):
    wang = reader("王芳")
    browser = browser_of(actor_of(wang))
    browser.get(reverse("notices:inbox"))
    counts = []
    for number in range(3):
        tell(wang, reader(f"别人{number}"), topic=f"t{number}")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("notices:inbox"))
        counts.append(len(queries))
    assert page.context["listing"].count == 3
    assert counts[0] == counts[2]


def test_the_count_stands_in_the_top_bar_of_every_page(tell, reader, browser_of):
    wang = reader("王芳")
    browser = browser_of(actor_of(wang))
    assert 'class="kc-count"' not in browser.get(reverse("calendar:month-now")).content.decode()
    tell(wang)
    assert '<span class="kc-count">1</span>' in browser.get(reverse("calendar:month-now")).content.decode()


def test_opening_leads_to_the_thing_and_marks_it_read(tell, reader, browser_of, bureau):
    wang = reader("王芳")
    notice = tell(wang)
    browser = browser_of(actor_of(wang))
    opened = browser.get(reverse("notices:notice-open", args=[notice.pk]))
    assert opened["Location"] == reverse("parties:organization-detail", args=[bureau.pk])
    assert Receipt.objects.get().read_at is not None
    assert (
        browser_of(actor_of(reader("别人"))).get(reverse("notices:notice-open", args=[notice.pk])).status_code
        == 404
    )


def test_what_a_group_was_told_opens_to_everybody_of_it_who_may(tell, reader, person, browser_of, bureau):
    notice = tell(reader("王芳"), kind="test.urgent")
    page = reverse("notices:notice-open", args=[notice.pk])
    opened = browser_of(actor_of(reader("李小红"))).get(page)
    assert opened["Location"] == reverse("parties:organization-detail", args=[bureau.pk])
    assert browser_of(person("路人")).get(page).status_code == 404


def test_what_is_closed_meanwhile_says_so(tell, reader, browser_of):
    wang = reader("王芳")
    notice = tell(wang)
    Grant.objects.all().delete()
    closed = browser_of(actor_of(wang)).get(reverse("notices:notice-open", args=[notice.pk]))
    assert closed.status_code == 404
    assert "notices/closed.html" in [template.name for template in closed.templates]


def test_everything_is_marked_read_at_once(tell, reader, browser_of):
    wang = reader("王芳")
    for number in range(2):
        tell(wang, topic=f"t{number}")
    browser = browser_of(actor_of(wang))
    assert browser.get(reverse("notices:inbox-clear")).status_code == 405
    assert browser.post(reverse("notices:inbox-clear")).status_code == 302
    assert browser.get(reverse("notices:inbox")).context["unread"] == 0


def test_preference_is_set_on_its_page(reader, browser_of):
    wang = reader("王芳")
    browser = browser_of(actor_of(wang))
    address = reverse("notices:preference")
    assert browser.get(address).context["form"]["mail"].value() == "each"
    given = {"mail": "daily", "quiet_from": "20:00", "quiet_to": "08:00", "unmailed": ["test.asked"]}
    assert browser.post(address, {**given, "quiet_to": "late"}).status_code == 422
    assert browser.post(address, given).status_code == 302
    row = NoticePreference.objects.get()
    assert (row.mail, row.quiet_from, row.unmailed) == ("daily", dt.time(20), ["test.asked"])


def test_the_administrator_sees_what_failed_and_not_what_was_said(tell, reader, person, browser_of, mail_on):
    tell(reader("王芳"), title="秘密事项")
    Delivery.objects.update(state="failed", error="ConnectionRefusedError", attempts=8)
    browser = browser_of(person("系统管理员", "notices.view_delivery", "notices.retry_delivery"))
    html = browser.get(reverse("notices:delivery-list"), {"state": "failed"}).content.decode()
    assert "ConnectionRefusedError" in html
    assert "秘密事项" not in html
    retry = reverse("notices:delivery-retry", args=[Delivery.objects.get().pk])
    assert retry in html
    assert "秘密事项" not in browser.get(retry).content.decode()
    assert browser.post(retry, {}).status_code == 302
    assert Delivery.objects.get().state == "waiting"


def test_deliveries_are_listed_with_the_same_number_of_queries(tell, reader, person, browser_of, mail_on):
    browser = browser_of(person("系统管理员", "notices.view_delivery"))
    browser.get(reverse("notices:delivery-list"))
    counts = []
    for number in range(3):
        tell(reader(f"人{number}"), topic=f"t{number}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("notices:delivery-list"))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_pointer_that_leads_nowhere_is_told(tell, reader, browser_of):
    wang = reader("王芳")
    notice = tell(wang, about=Ref("parties.organization", "999999"))
    assert browser_of(actor_of(wang)).get(reverse("notices:notice-open", args=[notice.pk])).status_code == 404
    assert Notice.objects.count() == 1
