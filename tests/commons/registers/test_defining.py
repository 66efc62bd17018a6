# SPDX-License-Identifier: Apache-2.0
"""An official makes a register on a page, a second person releases it; a changed one takes its records along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.registers.actions.definitions import (
    begin_draft,
    edit_draft,
    release_register,
    return_draft,
    submit_draft,
)
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.registers.designer import Designer
from kechuang.commons.registers.models import Record, RegisterDraft
from kechuang.commons.registers.queries import registers
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


def test_designer_gives_back_what_it_was_given(author: Actor, db: None) -> None:
    shown = Designer(PILOT, None, version=1)
    data = {
        name: control.value() for form in (shown.head,) for name, control in ((f.html_name, f) for f in form)
    }
    for forms_ in shown.sets.values():
        for form in forms_:
            data |= {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    designer = Designer(PILOT, {key: value for key, value in data.items() if value is not None}, version=1)  # type: ignore[arg-type]
    assert designer.is_valid(), designer.head.errors
    content = designer.content()
    for name in ("moves", "dues", "computed"):
        assert [
            dict(one, by=one.get("by", "keeper"), needs=one.get("needs", [])) for one in content[name]
        ] == [dict(one, by=one.get("by", "keeper"), needs=one.get("needs", [])) for one in PILOT[name]]
    assert [(f["code"], f["type"]) for f in content["fields"]] == [
        (f["code"], f["type"]) for f in PILOT["fields"]
    ]
    assert [s["code"] for s in content["states"]] == [s["code"] for s in PILOT["states"]]


def test_pages_of_the_designer_work_without_a_programmer(
    author: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(author)
    answer = client.post(reverse("registers:draft-list"), {"name": "中试基地", "code": "base"})
    draft = RegisterDraft.objects.get()
    assert answer["Location"] == reverse("registers:draft-edit", args=[draft.pk])
    form = {
        "name": "中试基地",
        "list": "title",
        "public_fields": "",
        "public_states": "",
        "count_states": "on",
        "expected_version": draft.version,
        "fields-0-label": "名称",
        "fields-0-code": "title",
        "fields-0-type": "text",
        "fields-0-required": "on",
        "fields-1-label": "级别",
        "fields-1-code": "level",
        "fields-1-type": "choice",
        "fields-1-options": "a=甲级 b=乙级",
        "states-0-label": "在册",
        "states-0-code": "on",
        "states-0-tone": "good",
        "states-0-start": "on",
        "states-0-end": "on",
    }
    assert client.post(reverse("registers:draft-edit", args=[draft.pk]), form).status_code == 302
    draft.refresh_from_db()
    page = client.get(reverse("registers:draft-edit", args=[draft.pk])).content.decode()
    assert "trial-level" in page
    assert (
        client.post(
            reverse("registers:draft-submit", args=[draft.pk]), {"expected_version": draft.version}
        ).status_code
        == 302
    )
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert Record.objects.count() == 0
