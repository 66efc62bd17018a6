# SPDX-License-Identifier: Apache-2.0
"""An official makes a register on a page, a second person releases it; a changed one takes its records along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.actions.definitions import (
    begin_draft,
    bring_over_records,
    edit_draft,
    release_register,
    return_draft,
    submit_draft,
)
from kechuang.commons.registers.actions.records import edit_record, make_record
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.designer import Designer
from kechuang.commons.registers.models import Record, RegisterDraft
from kechuang.commons.registers.queries import REGISTERS, registers
from kechuang.commons.releases.models import Release
from register_samples import PILOT, release, without

pytestmark = pytest.mark.django_db
SMALL = {
    "name": "小台账",
    "fields": [{"code": "title", "label": "名称", "type": "text"}],
    "states": [{"code": "on", "label": "在册", "start": True, "end": True}],
}


@pytest.fixture
def author(person: Callable[..., Actor]) -> Actor:
    return person("设计", "registers.define_register", "registers.view_record", "registers.keep_record")


@pytest.fixture
def releaser(person: Callable[..., Actor]) -> Actor:
    return person("发布", "registers.release_register", "registers.view_record")


def in_force(author: Actor, releaser: Actor, code: str, content: dict[str, Any]) -> RegisterDraft:
    draft = begin_draft(None, author, code=code)
    edit_draft(draft, author, content=content)
    submit_draft(draft, author)
    release_register(draft, releaser)
    return draft


def test_definition_is_in_force_only_after_a_second_person_released_it(
    author: Actor, releaser: Actor
) -> None:
    draft = begin_draft(None, author, code="small")
    edit_draft(draft, author, content=SMALL)
    submit_draft(draft, author)
    assert registers() == {}
    release_register(draft, releaser)
    assert registers()["small"].version == "1"


def test_author_cannot_release_even_with_the_permission(person: Callable[..., Actor]) -> None:
    both = person("两权", "registers.define_register", "registers.release_register")
    draft = begin_draft(None, both, code="small")
    edit_draft(draft, both, content=SMALL)
    submit_draft(draft, both)
    with pytest.raises(Refused):
        release_register(draft, both)


def test_who_lacks_the_permission_is_refused(author: Actor, releaser: Actor) -> None:
    draft = begin_draft(None, author, code="small", content=SMALL)
    for act in (
        lambda: begin_draft(None, releaser, code="other"),
        lambda: edit_draft(draft, releaser, content=SMALL),
        lambda: submit_draft(draft, releaser),
        lambda: release_register(draft, author),
        lambda: return_draft(draft, author, reason="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_unsound_definition_cannot_be_handed_in(author: Actor) -> None:
    draft = begin_draft(None, author, code="small", content={**SMALL, "states": []})
    with pytest.raises(Problem):
        submit_draft(draft, author)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_returned_definition_can_be_mended(author: Actor, releaser: Actor) -> None:
    draft = begin_draft(None, author, code="small", content=SMALL)
    submit_draft(draft, author)
    with pytest.raises(Problem):
        return_draft(draft, releaser, reason=" ")
    return_draft(draft, releaser, reason="名称不清")
    edit_draft(draft, author, content={**SMALL, "name": "清楚的台账"})
    submit_draft(draft, author)
    release_register(draft, releaser)
    assert registers()["small"].name == "清楚的台账"


def test_one_open_draft_of_a_register_at_a_time(author: Actor) -> None:
    begin_draft(None, author, code="small", content=SMALL)
    with pytest.raises(Problem):
        begin_draft(None, author, code="small")


def test_renamed_field_takes_its_values_along_and_the_version_rises(author: Actor, releaser: Actor) -> None:
    in_force(author, releaser, "small", SMALL)
    record = make_record(None, author, register="small", values={"title": "甲"})
    renamed = {
        **SMALL,
        "fields": [{"code": "label", "label": "名称", "type": "text", "key": True}],
        "migration": {"rename": {"title": "label"}},
    }
    in_force(author, releaser, "small", renamed)
    record.refresh_from_db()
    assert (record.data, record.release, record.key1) == ({"label": "甲"}, "2", "甲")


def test_field_in_use_cannot_vanish_without_a_word(author: Actor, releaser: Actor) -> None:
    release()
    draft = begin_draft(None, author, code="pilot_base")
    content = {**PILOT, "fields": without(PILOT, "fields", "price")}
    edit_draft(draft, author, content=content)
    with pytest.raises(Problem) as told:
        submit_draft(draft, author)
    assert told.value.field == "migration"
    edit_draft(draft, author, content={**content, "migration": {"drop": ["price"]}})
    submit_draft(draft, author)
    release_register(draft, releaser)
    assert registers()["pilot_base"].field("price") is None


def test_state_with_records_needs_somewhere_to_go(author: Actor, releaser: Actor) -> None:
    in_force(author, releaser, "small", SMALL)
    record = make_record(None, author, register="small", values={"title": "甲"})
    changed = {**SMALL, "states": [{"code": "listed", "label": "在列", "start": True, "end": True}]}
    draft = begin_draft(None, author, code="small")
    edit_draft(draft, author, content=changed)
    with pytest.raises(Problem):
        submit_draft(draft, author)
    edit_draft(draft, author, content={**changed, "migration": {"states": {"on": "listed"}}})
    submit_draft(draft, author)
    release_register(draft, releaser)
    record.refresh_from_db()
    assert (record.state, record.spans.get(until=None).state) == ("listed", "listed")


def shown_and_sent(content: dict[str, Any], **changes: str) -> Designer:
    """The page of a definition sent back as it was shown, with some controls changed ("": emptied)."""
    shown = Designer(content, None, version=1)
    forms = [shown.head, *(form for lines in shown.sets.values() for form in lines)]
    sent = {bound.html_name: bound.value() for form in forms for bound in form}
    data = {name: value for name, value in sent.items() if value not in (None, False, "")} | changes
    return Designer(content, data, version=1)  # type: ignore[arg-type]


def whole(content: dict[str, Any]) -> dict[str, Any]:
    """A definition with what is left out filled in."""
    return RegisterPiece.model_validate({**content, "version": "1"}).model_dump(mode="json")


def test_designer_gives_back_what_it_was_given(db: None) -> None:
    public = {"states": ["running"], "fields": ["level", "area"]}
    opened = [{**f, "access": "public"} if f["code"] in public["fields"] else f for f in PILOT["fields"]]
    unique = [{**f, "required": True} if f.get("unique") else f for f in opened]
    content = {**PILOT, "fields": unique, "public": public}
    designer = shown_and_sent(content)
    assert designer.is_valid(), designer.errors
    assert whole(designer.content()) == whole(content)


def test_renamed_things_keep_their_codes(db: None) -> None:
    designer = shown_and_sent(
        PILOT,
        **{
            "fields-3-label": "等级",
            "fields-3-detail": "国家级、省级、市级",
            "states-1-label": "运营",
        },
    )
    assert designer.is_valid(), designer.errors
    content = designer.content()
    level = content["fields"][3]
    assert (level["code"], level["label"]) == ("level", "等级")
    assert [(one["code"], one["label"]) for one in level["options"]] == [
        ("national", "国家级"),
        ("o1", "省级"),
        ("city", "市级"),
    ]
    assert content["moves"][0]["to"] == "running"
    assert RegisterPiece.model_validate({**content, "version": "2"}).state("running").label == "运营"


def test_what_is_taken_out_is_written_into_the_migration(db: None) -> None:
    designer = shown_and_sent(
        {**PILOT, "figures": PILOT["figures"][:1]},
        **{"fields-6-removed": "on", "states-2-removed": "building", "states-0-end": "on"},
    )
    assert designer.is_valid(), designer.errors
    content = designer.content()
    assert content["migration"] == {"drop": ["price"], "states": {"closed": "building"}}
    assert [move["to"] for move in content["moves"]] == ["running"]
    again = shown_and_sent(content)
    assert again.is_valid()
    assert again.content()["migration"] == content["migration"]


@pytest.mark.parametrize(
    ("control", "text", "place"),
    [
        ("moves-0-of", "运营", "moves-0"),
        ("moves-0-needs", "盖章", "moves-0"),
        ("fields-8-detail", "没有的台账", "fields-8"),
        ("fields-1-remind", "30", "fields-1"),
        ("fields-1-label", "基地名称", "fields-1"),
        ("states-1-label", "", "states-1"),
    ],
)
def test_name_that_names_nothing_is_told_at_its_line(control: str, text: str, place: str, db: None) -> None:
    designer = shown_and_sent(PILOT, **{control: text})
    assert not designer.is_valid()
    faulty = [form.prefix for lines in designer.sets.values() for form in lines if form.errors]
    assert faulty == [place]


def test_field_of_another_type_takes_its_values_along(author: Actor, releaser: Actor) -> None:
    content = {**SMALL, "fields": [*SMALL["fields"], {"code": "f1", "label": "级别", "type": "text"}]}
    in_force(author, releaser, "small", content)
    one = make_record(None, author, register="small", values={"title": "甲", "f1": "市级"})
    other = make_record(None, author, register="small", values={"title": "乙", "f1": "区级"})
    options = [{"code": "o1", "label": "市级"}, {"code": "o2", "label": "省级"}]
    level = {"code": "f1", "label": "级别", "type": "choice", "options": options, "key": True}
    changed = {**content, "fields": [*SMALL["fields"], level]}
    draft = begin_draft(None, author, code="small")
    edit_draft(draft, author, content=changed)
    with pytest.raises(Problem) as told:
        submit_draft(draft, author)
    assert "乙" in str(told.value)
    edit_record(other, author, values={"title": "乙", "f1": "省级"})
    submit_draft(draft, author)
    release_register(draft, releaser)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.data["f1"], one.key1, other.data["f1"]) == ("o1", "o1", "o2")


def test_option_in_use_cannot_vanish(author: Actor, releaser: Actor) -> None:
    options = [{"code": "a", "label": "甲级"}, {"code": "b", "label": "乙级"}]
    level = {"code": "f1", "label": "级别", "type": "choice", "options": options}
    in_force(author, releaser, "small", {**SMALL, "fields": [*SMALL["fields"], level]})
    make_record(None, author, register="small", values={"title": "甲", "f1": "乙级"})
    fewer = {**SMALL, "fields": [*SMALL["fields"], {**level, "options": options[:1]}]}
    draft = begin_draft(None, author, code="small")
    edit_draft(draft, author, content=fewer)
    with pytest.raises(Problem) as told:
        submit_draft(draft, author)
    assert told.value.field == "migration"


def test_names_become_links_when_the_field_does(author: Actor, releaser: Actor) -> None:
    content = {**SMALL, "fields": [*SMALL["fields"], {"code": "f1", "label": "上级", "type": "text"}]}
    in_force(author, releaser, "small", content)
    top = make_record(None, author, register="small", values={"title": "甲"})
    below = make_record(None, author, register="small", values={"title": "乙", "f1": "甲"})
    linked = {"code": "f1", "label": "上级", "type": "link", "target": "small"}
    in_force(author, releaser, "small", {**content, "fields": [*SMALL["fields"], linked]})
    below.refresh_from_db()
    assert below.data["f1"] == [top.pk]
    assert [link.ref for link in below.links.all()] == [Ref.of(top)]


def test_mapping_of_the_version_before_is_not_applied_again(author: Actor, releaser: Actor) -> None:
    content = {**SMALL, "fields": [*SMALL["fields"], {"code": "f1", "label": "旧项", "type": "text"}]}
    in_force(author, releaser, "small", content)
    in_force(author, releaser, "small", {**SMALL, "migration": {"drop": ["f1"]}})
    assert "migration" not in begin_draft(None, author, code="small").content


def test_pages_of_the_designer_ask_for_no_code(
    author: Actor, releaser: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(author)
    answer = client.post(reverse("registers:draft-list"), {"name": "中试基地"})
    draft = RegisterDraft.objects.get()
    page = reverse("registers:draft-edit", args=[draft.pk])
    assert answer["Location"] == page
    form = {
        "name": "中试基地",
        "count_unit": "家",
        "expected_version": draft.version,
        "fields-0-code": "title",
        "fields-0-label": "基地名称",
        "fields-0-type": "text",
        "fields-0-must": "unique",
        "fields-0-listed": "on",
        "fields-1-label": "级别",
        "fields-1-type": "choice",
        "fields-1-detail": "国家级、市级",
        "fields-1-access": "shown",
        "states-0-code": "listed",
        "states-0-label": "在册",
        "states-0-start": "on",
        "states-0-counted": "on",
        "states-0-whole": "on",
        "states-1-whole": "on",
        "share_title": "在册率",
        "states-0-shown": "on",
        "states-1-label": "已停",
        "states-1-end": "on",
        "moves-0-label": "停用",
        "moves-0-of": "在册",
        "moves-0-to": "已停",
        "moves-0-needs": f"{gettext('原因')}、级别",
    }
    assert client.post(page, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.code, draft.content["moves"][0]["needs"]) == ("local_1", ["reason", "f1"])
    assert "trial-f1" in client.get(page).content.decode()
    submit = reverse("registers:draft-submit", args=[draft.pk])
    assert client.post(submit, {"expected_version": draft.version}).status_code == 302
    told = browser_of(releaser).get(reverse("registers:draft-release", args=[draft.pk]))
    line = next(line for line in told.context["lines"] if line.name == "级别")
    assert (line.before, line.sign[1]) == ("", "good")
    draft.refresh_from_db()
    release_register(draft, releaser)
    piece = registers()["local_1"]
    assert [
        (count.code, count.unit, count.states, count.of and count.of.states) for count in piece.figures
    ] == [
        ("registers.local_1", "家", ("listed",), None),
        ("registers.local_1_share", "", ("listed",), ("listed", "s1")),
    ]
    assert piece.public is not None
    assert piece.public.fields == ("f1",)
    assert Record.objects.count() == 0


def test_page_of_release_tells_what_becomes_of_the_records(
    author: Actor, releaser: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    content = {**SMALL, "fields": [*SMALL["fields"], {"code": "f1", "label": "备注", "type": "text"}]}
    in_force(author, releaser, "small", content)
    make_record(None, author, register="small", values={"title": "甲", "f1": "旧"})
    make_record(None, author, register="small", values={"title": "乙"})
    level = {"code": "f2", "label": "级别", "type": "text", "required": True}
    changed = {**SMALL, "fields": [{**SMALL["fields"][0], "label": "全称"}, level]}
    draft = begin_draft(None, author, code="small")
    edit_draft(draft, author, content={**changed, "migration": {"drop": ["f1"]}})
    submit_draft(draft, author)
    page = browser_of(releaser).get(reverse("registers:draft-release", args=[draft.pk]))
    passage, lines = page.context["passage"], page.context["lines"]
    assert (passage.count, passage.losses, passage.gaps) == (2, [("备注", 1)], [("级别", 2)])
    assert [(line.name, line.sign[1]) for line in lines] == [
        ("名称 → 全称", "warn"),
        ("级别", "good"),
        ("备注", "bad"),
    ]


@pytest.mark.parametrize("other", ["nowhere", "small"], ids=["a register that is not there", "each other"])
def test_links_that_could_never_be_filled_cannot_be_handed_in(
    author: Actor, releaser: Actor, other: str
) -> None:
    in_force(
        author, releaser, "first", {**SMALL, "fields": [*SMALL["fields"], linked("first", required=False)]}
    )
    in_force(author, releaser, "small", {**SMALL, "fields": [*SMALL["fields"], linked("first")]})
    draft = begin_draft(None, author, code="first")
    edit_draft(draft, author, content={**SMALL, "fields": [*SMALL["fields"], linked(other)]})
    with pytest.raises(Problem):
        submit_draft(draft, author)
    assert registers()["first"].version == "1"


def linked(target: str, *, required: bool = True) -> dict[str, Any]:
    return {"code": "other", "label": "另一", "type": "link", "target": target, "required": required}


def test_content_of_a_higher_version_takes_the_records_along_by_its_mapping(
    system: Actor, author: Actor
) -> None:
    release({**SMALL, "code": "small"})
    record = make_record(None, author, register="small", values={"title": "甲"})
    assert record.release == "1"
    called = [{"code": "label", "label": "名称", "type": "text"}]
    release({**SMALL, "code": "small", "fields": called, "migration": {"rename": {"title": "label"}}}, "2")
    noted = [{"code": "note", "label": "备注", "type": "text"}]
    release({**SMALL, "code": "small", "fields": [*called, *noted]}, "3")
    assert bring_over_records(None, system) == 1
    record.refresh_from_db()
    assert (record.data, record.release) == ({"label": "甲"}, "3")
    assert bring_over_records(None, system) == 0


def test_records_get_numbers_when_their_register_does(system: Actor, author: Actor) -> None:
    release({**SMALL, "code": "small"})
    records = [make_record(None, author, register="small", values={"title": name}) for name in "甲乙"]
    release({**SMALL, "code": "small", "numbering": "小{year}-{seq:03}"}, "2")
    assert bring_over_records(None, system) == 2
    later = make_record(None, author, register="small", values={"title": "丙"})
    for record in records:
        record.refresh_from_db()
    assert [one.number for one in (*records, later)] == ["小2019-001", "小2019-002", "小2019-003"]


def test_content_that_drops_what_records_hold_without_a_word_is_refused(system: Actor, author: Actor) -> None:
    noted = [*SMALL["fields"], {"code": "note", "label": "备注", "type": "text"}]
    release({**SMALL, "code": "small", "fields": noted})
    make_record(None, author, register="small", values={"title": "甲", "note": "乙"})
    release({**SMALL, "code": "small"}, "2")
    with pytest.raises(Problem, match="备注"):
        bring_over_records(None, system)
    with pytest.raises(Refused):
        bring_over_records(None, author)


def test_page_goes_on_from_the_version_of_the_content(author: Actor, releaser: Actor) -> None:
    release({**SMALL, "code": "small"}, "2")
    assert registers()["small"].version == "2"
    in_force(author, releaser, "small", {**SMALL, "description": "改过"})
    assert [one.version for one in REGISTERS.history("small")] == ["2", "3"]
    assert Release.objects.get(number="3").title == "小台账"
