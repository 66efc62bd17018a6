# SPDX-License-Identifier: Apache-2.0
"""Anybody hands in a record without an account: named or not, found again by a link, answered in time, rated once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pydantic import ValidationError

from kechuang.commons.access.models import Purpose
from kechuang.commons.calendar.queries import add_working_days
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting, Entry
from kechuang.commons.kernel.problems import Problem, Refused, TooMany
from kechuang.commons.notices.models import Receipt
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.filings import MOST_AN_HOUR, file_record, rate_filing
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Filing, Record
from kechuang.commons.registers.tasks import tell_filed
from register_samples import release

pytestmark = pytest.mark.django_db
SAID = {"title": "报销材料重复", "who": "张三 13800001234", "detail": "要交三遍"}
CONTENT: Any = {"good": "满意", "bad": "不满意"}
POINT: dict[str, Any] = {
    "code": "point",
    "name": "堵点征集",
    "office": "yunchuan-甲处",
    "numbering": "堵{year}-{seq:03}",
    "fields": [
        {"code": "title", "label": "问题", "type": "text", "required": True, "access": "public"},
        {"code": "who", "label": "反映人", "type": "text", "access": "sensitive"},
        {"code": "detail", "label": "情况", "type": "long"},
        {"code": "reply_by", "label": "应答复日期", "type": "date", "required": True, "workdays": 10},
        {"code": "reply", "label": "答复", "type": "long", "access": "public"},
        {"code": "office_note", "label": "内部备注", "type": "text"},
        {
            "code": "content",
            "label": "满意度",
            "type": "choice",
            "options": [{"code": code, "label": label} for code, label in CONTENT.items()],
        },
    ],
    "states": [
        {"code": "received", "label": "已受理", "start": True},
        {"code": "replied", "label": "已答复", "end": True},
    ],
    "moves": [{"to": "replied", "label": "答复", "of": ["received"], "needs": ["reply"]}],
    "dues": [{"field": "reply_by", "label": "限时答复", "warn_days": 3, "states": ["received"]}],
    "public": {
        "states": ["replied"],
        "fields": ["reply"],
        "intake": {"fields": ["title", "who", "detail"], "rating": "content"},
    },
}
ANYBODY = Actor.system("公众提交")


@pytest.fixture(autouse=True)
def on_the_day(db: None) -> None:
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))


@pytest.fixture
def mine(office: Callable[[str], Unit]) -> Unit:
    release(POINT)
    return office("甲处")


@pytest.fixture
def purpose(mine: Unit) -> Purpose:
    del mine
    return Purpose.objects.create(code="public_filing", release="1", name="办理提交", text="告知内容")


@pytest.fixture
def keeper(person: Callable[..., Actor], mine: Unit) -> Actor:
    return person("经办", "registers.view_record", "registers.keep_record", over=mine)


def filed(**values: str) -> Filing:
    given = {"title": SAID["title"], **values}
    filing: Filing = file_record(None, ANYBODY, register="point", values=given, sender="10.0.0.1")
    return filing


def answered(filing: Filing, keeper: Actor) -> Record:
    record = Record.objects.get(pk=filing.record_id)
    moved: Record = move_record(record, keeper, to="replied", values={"reply": "合并为一套"})
    return moved


def test_somebody_hands_in_finds_it_again_reads_the_answer_and_rates_it(
    purpose: Purpose, keeper: Actor
) -> None:
    browser = Client()
    made = reverse("registers:filing-make", args=["point"])
    assert made in browser.get(reverse("registers:public-list", args=["point"])).content.decode()
    page = browser.get(made).content.decode()
    assert (purpose.text in page, 'name="reply"' in page) == (True, False)
    answer = browser.post(made, {**SAID, "agree": "on"}, follow=True)
    filing = Filing.objects.get()
    link = answer.context["link"]
    assert (filing.purpose, filing.record.source != "", "13800001234" in answer.content.decode()) == (
        purpose, True, False,
    )  # fmt: skip
    assert browser.get(reverse("registers:filing-status")).context["link"] == ""  # shown once

    other = Client()
    assert other.get(reverse("registers:filing-status")).status_code == 404
    opened = other.get(link.removeprefix(link[: link.index("/registers/")]), follow=True)
    assert opened.redirect_chain == [(reverse("registers:filing-status"), 302)]
    due = add_working_days(clock.today(), 10)
    assert [line.day for line in opened.context["dues"]] == [due]
    other.post(reverse("registers:filing-rate"), {"rating": "good"})
    assert Filing.objects.get().rated_at is None  # nothing was answered yet

    answered(filing, keeper)
    shown = other.get(reverse("registers:filing-status"))
    assert shown.context["answer"] == [("答复", "合并为一套")]
    other.post(reverse("registers:filing-rate"), {"rating": "good"})
    after = other.get(reverse("registers:filing-status"))
    assert (after.context["rating"], after.context["rated"]) == (None, CONTENT["good"])
    assert Record.objects.get().data["content"] == "good"


def test_link_that_opens_nothing_says_so(mine: Unit) -> None:
    del mine
    assert Client().get(reverse("registers:filing-link", args=["x" * 40])).status_code == 404
    assert Client().post(reverse("registers:filing-rate"), {"rating": "good"}).status_code == 404


def test_who_does_not_say_who_he_is_needs_to_agree_to_nothing(mine: Unit) -> None:
    del mine
    assert filed(detail="要交三遍").purpose is None


def test_who_says_who_he_is_must_agree_to_what_it_is_used_for(purpose: Purpose) -> None:
    answer = Client().post(reverse("registers:filing-make", args=["point"]), SAID)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["agree"])
    purpose.current = False
    purpose.save()
    with pytest.raises(Problem) as problem:
        file_record(None, ANYBODY, register="point", values=SAID, sender="x", purpose=purpose)
    assert (problem.value.field, Record.objects.count()) == ("agree", 0)


def test_what_is_handed_in_is_kept_out_of_the_journal_where_it_names_somebody(purpose: Purpose) -> None:
    file_record(None, ANYBODY, register="point", values=SAID, sender="10.0.0.9", purpose=purpose)
    told = " ".join(str(entry.data) for entry in Entry.objects.all())
    assert ("13800001234" in told, "10.0.0.9" in told, SAID["title"] in told) == (False, False, True)


def test_only_what_the_register_asks_is_taken(mine: Unit) -> None:
    del mine
    record = filed(reply="自答", office_note="改", content="good").record
    assert set(record.data) == {"title", "reply_by"}


def test_answer_is_due_after_working_days_from_the_day_it_was_made_also_when_the_date_is_cleared(
    mine: Unit, keeper: Actor
) -> None:
    del mine
    with clock.pinned(dt.date(2019, 9, 26)):
        record = make_record(None, keeper, register="point", values={"title": "一件"})
    assert record.data["reply_by"] == add_working_days(dt.date(2019, 9, 26), 10).isoformat()
    edit_record(record, keeper, values={"title": "一件", "reply_by": ""})
    assert record.data["reply_by"] == add_working_days(dt.date(2019, 9, 26), 10).isoformat()
    edit_record(record, keeper, values={"title": "一件", "reply_by": "2019-10-31"})
    assert record.data["reply_by"] == "2019-10-31"


def test_office_cannot_rate_what_was_handed_in(mine: Unit, keeper: Actor, browser_of: Any) -> None:
    del mine
    filing = filed()
    answered(filing, keeper)
    rate_filing(filing, ANYBODY, rating="bad")
    record = Record.objects.get()
    page = browser_of(keeper).get(reverse("registers:record-edit", args=[record.pk])).content.decode()
    assert ('name="content"' in page, 'name="reply"' in page) == (False, True)
    edit_record(record, keeper, values={"title": "一件", "reply": "好", "content": "good"})
    assert record.data["content"] == "bad"
    own = make_record(None, keeper, register="point", values={"title": "二件", "content": "good"})
    assert own.data["content"] == "good"  # what the office took down by telephone it may rate as it was told


def test_rating_is_given_once_and_only_one_of_the_choices(mine: Unit, keeper: Actor) -> None:
    del mine
    filing = filed()
    answered(filing, keeper)
    with pytest.raises(Problem) as unknown:
        rate_filing(filing, ANYBODY, rating="superb")
    rate_filing(filing, ANYBODY, rating="bad")
    with pytest.raises(Problem):
        rate_filing(Filing.objects.get(), ANYBODY, rating="good")
    assert (unknown.value.field, Record.objects.get().data["content"]) == ("rating", "bad")


def test_eleventh_in_an_hour_from_one_place_is_asked_to_wait(mine: Unit) -> None:
    del mine
    for _number in range(MOST_AN_HOUR):
        filed()
    with pytest.raises(TooMany):
        filed()
    file_record(None, ANYBODY, register="point", values={"title": "别处"}, sender="10.0.0.2")
    Filing.objects.update(at=clock.now() - dt.timedelta(minutes=61))
    filed()
    assert Record.objects.count() == MOST_AN_HOUR + 2


def test_form_sent_twice_makes_one_record_and_keeps_the_link_to_show(mine: Unit) -> None:
    del mine
    browser = Client()
    address = reverse("registers:filing-make", args=["point"])
    key = browser.get(address).context["form"]["idempotency_key"].value()
    for _time in range(2):
        assert browser.post(address, {"title": "一件", "idempotency_key": key}).status_code == 302
    assert Record.objects.count() == 1
    link = browser.get(reverse("registers:filing-status")).context["link"]
    assert Client().get(link[link.index("/registers/") :]).status_code == 302


def test_register_that_takes_nothing_answers_with_a_reason(mine: Unit, person: Callable[..., Actor]) -> None:
    del mine
    release({**POINT, "code": "closed", "public": {"states": ["replied"], "fields": ["reply"]}})
    assert Client().get(reverse("registers:filing-make", args=["closed"])).status_code == 422
    with pytest.raises(Problem):
        file_record(None, ANYBODY, register="closed", values={"title": "一件"}, sender="x")
    filing = filed()
    for refused in (
        lambda: file_record(
            None, person("科员", "registers.keep_record"), register="point", values={"title": "x"}, sender="x"
        ),
        lambda: rate_filing(filing, person("处长", "registers.head_record"), rating="good"),
    ):
        with pytest.raises(Refused):
            refused()


def test_office_is_told_once_of_what_was_handed_in(mine: Unit, person: Callable[..., Actor]) -> None:
    person("经办", "registers.keep_record", over=mine)
    person("他处", "registers.keep_record")
    filed()
    assert (tell_filed(), tell_filed()) == (1, 0)
    assert "经办" in [str(receipt.user) for receipt in Receipt.objects.all()]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"intake": {"fields": ["who"]}}, "问题"),
        ({"intake": {"fields": ["title", "nowhere"]}}, "nowhere"),
        ({"intake": {"fields": ["title"], "rating": "reply"}}, "reply"),
    ],
)
def test_intake_that_cannot_work_is_refused_with_its_field(change: Any, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        RegisterPiece.model_validate({**POINT, "version": "1", "public": {**POINT["public"], **change}})


def test_required_field_that_nobody_fills_and_a_limit_of_no_date_are_refused() -> None:
    fields = [*POINT["fields"], {"code": "kind", "label": "类别", "type": "text", "required": True}]
    with pytest.raises(ValidationError, match="类别"):
        RegisterPiece.model_validate({**POINT, "version": "1", "fields": fields})
    limited = [{"code": "title", "label": "问题", "type": "text", "workdays": 3}]
    with pytest.raises(ValidationError, match="问题"):
        RegisterPiece.model_validate(
            {"code": "x", "name": "x", "version": "1", "fields": limited, "states": POINT["states"][:1]}
        )
