# SPDX-License-Identifier: Apache-2.0
"""The pages of the calendar and of limits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.catalogue import short_words
from kechuang.commons.calendar.actions.timers import start_timer
from kechuang.commons.calendar.models import CalendarDay, Timer
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_of_the_pages(db):
    ClockSetting.objects.create(day=D(2019, 10, 15))


def test_month_shows_what_is_worked_and_what_is_off(person, browser_of):
    browser = browser_of(person("甲"))
    html = browser.get(reverse("calendar:month-detail", args=[2019, 10])).content.decode()
    assert html.count('class="kc-off') + html.count('class="kc-worked') == 35
    assert html.count('class="kc-off"') == 12
    assert "国庆节" in html
    assert 'aria-current="date"' in html
    assert "calendar/days/" not in html
    assert browser.get(reverse("calendar:month-now")).context["first"] == D(2019, 10, 1)


@pytest.mark.parametrize(("year", "month"), [(2019, 13), (2019, 0), (1999, 1), (2100, 1)])
def test_a_month_that_is_none_is_not_found(person, browser_of, year, month):
    assert browser_of(person("甲")).get(f"/calendar/{year}/{month}/").status_code == 404


def test_counting_on_the_page(person, browser_of):
    page = browser_of(person("甲")).get(
        reverse("calendar:month-detail", args=[2019, 10]), {"start": "2019-09-30", "count": "5"}
    )
    assert page.context["counted"][0] == D(2019, 10, 12)
    wrong = browser_of(person("乙")).get(
        reverse("calendar:month-detail", args=[2019, 10]), {"start": "昨天", "count": "5"}
    )
    assert "start" in wrong.context["count"].errors


def test_year_lists_its_days_and_says_when_they_are_provisional(person, browser_of):
    browser = browser_of(person("甲"))
    official = browser.get(reverse("calendar:year-detail", args=[2019]))
    assert official.context["listing"].count == 23
    assert official.context["worked"] == 250
    assert not official.context["state"].provisional
    guessed = browser.get(reverse("calendar:year-detail", args=[2031])).content.decode()
    assert 'class="kc-note kc-note-warn"' in guessed
    assert browser.get(reverse("calendar:year-detail", args=[1999])).status_code == 404


def test_a_day_is_set_and_taken_back_on_its_page(person, browser_of):
    browser = browser_of(person("办公室", "calendar.edit_day"))
    address = reverse("calendar:day-edit", args=["2019-10-16"])
    assert browser.get(address).context["form"]["working"].value() == "0"
    wrong = browser.post(address, {"working": "0", "name": "停电", "source": ""})
    assert wrong.status_code == 422
    given = {"working": "0", "name": "停电", "source": "演示通知"}
    assert browser.post(address, given).status_code == 302
    assert CalendarDay.objects.get().working is False
    month = browser.get(reverse("calendar:month-detail", args=[2019, 10])).content.decode()
    assert "停电" in month
    assert browser.post(reverse("calendar:day-clear", args=["2019-10-16"])).status_code == 302
    assert not CalendarDay.objects.exists()
    assert browser.get("/calendar/days/2019-13-40/").status_code == 404
    assert browser.get("/calendar/days/1999-01-01/").status_code == 404


def test_a_year_is_confirmed_on_its_page(person, browser_of):
    browser = browser_of(person("办公室", "calendar.edit_day"))
    address = reverse("calendar:year-confirm", args=[2031])
    assert browser.post(address, {"source": ""}).status_code == 422
    assert browser.post(address, {"source": "演示通知"}).status_code == 302
    assert not browser.get(reverse("calendar:year-detail", args=[2031])).context["state"].provisional


@pytest.fixture
def timers(system):
    def make(count):
        for number in range(count):
            firm = Organization.objects.create(name=f"云川第{Organization.objects.count()}厂")
            start_timer(
                None,
                system,
                ref=Ref.of(firm),
                code="accept",
                name="受理时限",
                days=3 + number,
                on=D(2019, 10, 9),
            )

    return make


def test_limits_are_listed_with_the_same_number_of_queries(person, browser_of, timers):
    browser = browser_of(person("甲", "calendar.view_timer", "parties.view_organization"))
    browser.get(reverse("calendar:timer-list"))
    counts = []
    for more in (1, 2):
        timers(more)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("calendar:timer-list"))
        counts.append(len(queries))
    assert page.context["listing"].count == 3
    assert counts[0] == counts[1]


def test_limits_of_what_is_closed_to_the_viewer_are_not_shown(person, browser_of, timers):
    timers(1)
    browser = browser_of(person("甲", "calendar.view_timer"))
    assert browser.get(reverse("calendar:timer-list")).context["listing"].count == 0
    assert browser.get(reverse("calendar:timer-detail", args=[Timer.objects.get().pk])).status_code == 404


def test_a_limit_is_paused_and_resumed_on_its_page(person, browser_of, timers):
    timers(1)
    timer = Timer.objects.get()
    browser = browser_of(
        person("甲", "calendar.view_timer", "calendar.keep_timer", "parties.view_organization")
    )
    page = reverse("calendar:timer-detail", args=[timer.pk])
    assert reverse("calendar:timer-pause", args=[timer.pk]) in browser.get(page).content.decode()
    assert browser.post(reverse("calendar:timer-pause", args=[timer.pk]), {"reason": ""}).status_code == 422
    assert (
        browser.post(reverse("calendar:timer-pause", args=[timer.pk]), {"reason": "等待补正"}).status_code
        == 302
    )
    assert browser.get(page).context["line"].reading.paused
    assert browser.post(reverse("calendar:timer-resume", args=[timer.pk])).status_code == 302
    assert not browser.get(page).context["line"].reading.paused


def test_a_reader_sees_why_pausing_is_closed(person, browser_of, timers):
    timers(1)
    browser = browser_of(person("甲", "calendar.view_timer", "parties.view_organization"))
    html = browser.get(reverse("calendar:timer-detail", args=[Timer.objects.get().pk])).content.decode()
    assert short_words("calendar.keep_timer") in html


def test_limits_stand_on_the_page_of_their_record(person, timers):
    timers(1)
    timer = Timer.objects.get()
    source = engines["django"].from_string("{% timers ref %}")
    request = RequestFactory().get("/")
    request.actor = person("甲", "calendar.view_timer", "parties.view_organization")
    shown = source.render({"ref": timer.ref}, request)
    assert _("受理时限").strip("⟦⟧") in shown
    assert reverse("calendar:timer-detail", args=[timer.pk]) in shown
    request.actor = person("乙", "calendar.view_timer")
    assert source.render({"ref": timer.ref}, request).strip() == ""


def test_a_limit_is_started_on_a_record_and_stopped_on_its_page(person, browser_of, business_day):
    firm = Organization.objects.create(name="云川一厂")
    keeper = person("甲", "calendar.view_timer", "calendar.keep_timer", "parties.view_organization")
    browser, page = browser_of(keeper), reverse("calendar:timer-start", args=[str(Ref.of(firm))])
    assert page in browser.get(reverse("parties:organization-detail", args=[firm.pk])).content.decode()
    given = {"name": "答复诉求", "days": "5", "unit": "working", "on": "2019-09-27", "basis": "首问负责制"}
    wrong = browser.post(page, {**given, "days": "0"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["days"])
    started = browser.post(page, given)
    timer = Timer.objects.get()
    assert started["Location"] == reverse("calendar:timer-detail", args=[timer.pk])
    assert (timer.ref, timer.name, timer.basis) == (Ref.of(firm), "答复诉求", "首问负责制")
    assert browser.get(started["Location"]).context["line"].reading.due == D(2019, 10, 10)
    assert browser.post(page, given).status_code == 422  # it runs already
    assert browser.post(reverse("calendar:timer-stop", args=[timer.pk])).status_code == 302
    timer.refresh_from_db()
    assert timer.stopped_on == D(2019, 10, 15)


def test_a_limit_is_started_by_who_may_and_on_what_he_may_open(person, browser_of, business_day):
    page = reverse("calendar:timer-start", args=[str(Ref.of(Organization.objects.create(name="云川一厂")))])
    reader = browser_of(person("甲", "calendar.view_timer", "parties.view_organization"))
    assert reader.get(page).status_code == 403
    blind = browser_of(person("乙", "calendar.keep_timer"))
    assert blind.get(page).status_code == 404
    assert blind.get(reverse("calendar:timer-start", args=["nothing"])).status_code == 404
    assert not Timer.objects.exists()
