# SPDX-License-Identifier: Apache-2.0
"""Forms and lists as people meet them: names left as they stood, years line by line, what is due with its light."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, Unit
from kechuang.commons.registers.actions.records import move_record
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import registers
from kechuang.commons.registers.tables import RecordList
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
Make = Callable[..., Record]
PROOF = [("验收意见.txt", "通过".encode())]


def saved(client: Client, record: Record, **changes: str) -> int:
    """Send the form of a record as it stands, with some controls filled otherwise."""
    address = reverse("registers:record-edit", args=[record.pk])
    form = client.get(address).context["form"]
    told = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    answer = client.post(address, told | changes)
    record.refresh_from_db()
    return int(answer.status_code)


def test_name_left_as_it_stood_means_the_same_thing_however_many_are_called_so(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    host = Organization.objects.create(name="同名")
    partner = make("乙基地")
    record = make(host="同名", partners="乙基地")
    Organization.objects.create(name="同名")
    make("乙基地二")
    Record.objects.filter(title="乙基地二").update(title="乙基地")
    assert saved(browser_of(keeper), record, area="5") == 302
    assert (record.data["host"], record.data["partners"], record.data["area"]) == (host.pk, [partner.pk], 50)
    assert saved(browser_of(keeper), record, host="另一家") == 422
    assert saved(browser_of(keeper), record, partners="乙基地、丙") == 422


def test_years_are_written_line_by_line_and_an_emptied_one_goes(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    record = make(income={"2016": "100", "2017": "125"})
    client = browser_of(keeper)
    assert (
        saved(client, record, **{"income.1.value": "130", "income.2.year": "2018", "income.2.value": "90"})
        == 302
    )
    assert record.data["income"] == {"2016": 100, "2017": 130, "2018": 90}
    assert saved(client, record, **{"income.0.year": "", "income.0.value": ""}) == 302
    assert record.data["income"] == {"2017": 130, "2018": 90}
    assert saved(client, record, **{"income.2.value": "7"}) == 422


def test_list_shows_what_falls_due_first_with_its_light(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    late, quiet = make(area="1", until="2019-10-01"), make("乙基地")
    move_record(late, keeper, to="running", files=PROOF)
    (column,) = (
        one for one in RecordList(registers()["pilot_base"], sensitive=False).columns if one.name == "due"
    )
    assert [column.getter()(row) for row in (late, quiet)] == ["2019-10-01 协议续签", ""]
    page = browser_of(keeper).get(reverse("registers:record-list", args=["pilot_base"])).content.decode()
    assert page.count("kc-light-red") == 1


@pytest.mark.usefixtures("plain_words")
def test_numbers_of_money_say_that_they_are_yuan(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    fields = [
        {**field, "access": "internal"} if field["code"] == "price" else field for field in PILOT["fields"]
    ]
    release({**PILOT, "fields": fields}, "2")
    page = browser_of(keeper).get(reverse("registers:record-make", args=["pilot_base"]))
    assert page.context["form"].fields["price"].label == "报价（元）"


def test_directory_stands_in_the_order_of_the_plan_and_says_who_keeps_each(
    office: Callable[[str], Unit], keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    unit = office("甲处")
    for code, task in (("later", "9"), ("none", ""), ("sooner", "2")):
        release({**PILOT, "code": code, "task": task, "office": unit.code, "figures": []})
    page = browser_of(keeper).get(reverse("registers:register-list"))
    [(_group, lines)] = page.context["groups"]
    assert [(piece.code, unit_name) for piece, unit_name, _count in lines] == [
        ("sooner", unit.short_name),
        ("later", unit.short_name),
        ("pilot_base", ""),
        ("none", unit.short_name),
    ]


def test_history_tells_from_which_state_to_which(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    record = make(area="1")
    move_record(record, keeper, to="running", files=PROOF)
    page = browser_of(keeper).get(reverse("registers:record-detail", args=[record.pk]))
    told = [words for _entry, words in page.context["history"]]
    assert told[0].endswith("：建设中 → 运行")


def test_officer_who_comes_second_to_a_move_is_told_who_was_first(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    record = make(area="1")
    client, address = browser_of(keeper), reverse("registers:record-move", args=[record.pk, "running"])
    assert client.get(address).status_code == 200
    move_record(record, keeper, to="running", files=PROOF)
    told = client.post(address, {"on": "2019-10-15"})
    assert (told.status_code, "经办" in told.content.decode(), "运行" in told.content.decode()) == (
        422,
        True,
        True,
    )
