# SPDX-License-Identifier: Apache-2.0
"""Many records moved at once: each is an act of its own and says what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import edit_record, make_record
from kechuang.commons.registers.bulk import move_each
from kechuang.commons.registers.models import Record
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
PROOF = [("验收.txt", "通过".encode())]
KEEPER = ("registers.view_record", "registers.keep_record")


@pytest.fixture
def keeper(person: Callable[..., Actor], office: Callable[[str], Unit]) -> Actor:
    unit = office("甲处")
    release({**PILOT, "office": unit.code})
    return person("经办", *KEEPER, over=unit)


def make(keeper: Actor, title: str, **values: str) -> Record:
    record: Record = make_record(None, keeper, register="pilot_base", values={"title": title, **values})
    return record


def test_one_that_cannot_be_moved_stops_no_other(keeper: Actor) -> None:
    good, lacking, stale = make(keeper, "甲", area="1"), make(keeper, "乙"), make(keeper, "丙", area="1")
    seen = [(one, one.version) for one in (good, lacking, stale)]
    edit_record(stale, keeper, values={"title": "丙", "area": "2"})
    outcomes = move_each(seen, keeper, to="running", reason="", on=clock.today(), files=PROOF)
    assert [one.is_done for one in outcomes] == [True, False, False]
    assert "面积" in outcomes[1].problem
    assert list(Record.objects.order_by("pk").values_list("state", flat=True)) == [
        "running",
        "building",
        "building",
    ]


def test_same_act_twice_moves_once(keeper: Actor) -> None:
    record = make(keeper, "甲", area="1")
    seen = [(record, record.version)]
    for _again in range(2):
        [one] = move_each(seen, keeper, to="running", reason="", on=clock.today(), files=PROOF, key="k")
        assert one.is_done
    assert Record.objects.get().version == record.version


def test_what_one_may_not_move_is_told_record_by_record(
    keeper: Actor, person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    record = make(keeper, "甲", area="1")
    stranger = person("他处", *KEEPER, over=office("乙处"))
    [one] = move_each(
        [(record, record.version)], stranger, to="running", reason="", on=clock.today(), files=PROOF
    )
    assert "甲处" in one.problem


def test_page_offers_the_list_as_it_is_narrowed_and_shows_each_result(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    first, other = make(keeper, "甲", level="市级"), make(keeper, "乙", level="国家级")
    client, address = browser_of(keeper), reverse("registers:bulk-move", args=["pilot_base"])
    listed = reverse("registers:record-list", args=["pilot_base"])
    assert f"{address}?f_level=city" in client.get(f"{listed}?f_level=city").content.decode()
    page = client.get(f"{address}?f_level=city").content.decode()
    assert re.findall(r'name="record" value="(\d+):\d+"', page) == [str(first.pk)]
    form = {"to": "running", "on": clock.today().isoformat(), "reason": "x"}
    assert client.post(address, form).status_code == 422
    chosen = [f"{first.pk}:{first.version}", f"{other.pk}:{other.version}", "x", "9" * 40]
    answer = client.post(address, {**form, "record": chosen})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert (text.count("kc-chip-bad"), "甲" in text, "乙" in text) == (2, True, True)
    assert set(Record.objects.values_list("state", flat=True)) == {"building"}
