# SPDX-License-Identifier: Apache-2.0
"""Definitions of registers written on a page and released by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.numbering import next_number
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.migrating import (
    changed_references,
    older_records,
    passage_of,
    passage_of_all,
    refuse_what_cannot_pass,
)
from kechuang.commons.registers.models import Record, RecordLink, RegisterDraft, StateSpan
from kechuang.commons.registers.naming import fresh
from kechuang.commons.registers.permissions import (
    can_define_register,
    can_edit_draft,
    can_install_records,
    can_release_register,
)
from kechuang.commons.registers.promising import keep_in_step
from kechuang.commons.registers.queries import KIND, REGISTERS, registers
from kechuang.commons.registers.reading import links_of, place
from kechuang.commons.registers.soundness import circles_of
from kechuang.commons.registers.trying import next_version, tried
from kechuang.commons.releases.canonical import content_of, digest
from kechuang.commons.releases.models import Release

LOCAL = "local"
Draft = RegisterDraft.State


@action("registers.draft.begun", permission=can_define_register)
def begin_draft(
    thing: None, actor: Actor, *, code: str = "", content: dict[str, Any] | None = None
) -> RegisterDraft:
    """Begin a definition, or a new version of the one in force (起草台账); a new one may be given its code."""
    del thing
    known = registers()
    code = code or _free_code(known)
    current = known.get(code)
    if RegisterDraft.objects.filter(code=code).exclude(state=Draft.RELEASED).exists():
        raise Problem(
            _("台账 %(code)s 已有一份未发布的草案。") % {"code": code}, remedy=_("请在那份草案上修改。")
        )
    base = current.model_dump(mode="json", exclude_defaults=True) if current else {"code": code}
    base.pop("migration", None)  # of the version before: it is done
    return RegisterDraft.objects.create(
        code=code,
        content={**base, **(content or {}), "code": code},
        base=current.version if current else "",
        by=actor.name,
        by_id=actor.id,
        changed_at=clock.now(),
    )


@action("registers.draft.edited", permission=can_edit_draft, silent=("content",))
def edit_draft(draft: RegisterDraft, actor: Actor, *, content: dict[str, Any]) -> RegisterDraft:
    """Save a definition as it stands; it may still be incomplete (保存草案)."""
    del actor
    _require(draft, Draft.DRAFT)
    draft.content, draft.changed_at = {**content, "code": draft.code}, clock.now()
    draft.save(update_fields=["content", "changed_at"])
    return draft


@action("registers.draft.submitted", permission=can_edit_draft)
def submit_draft(draft: RegisterDraft, actor: Actor) -> RegisterDraft:
    """Hand a definition in for release (提交发布); it must be sound."""
    del actor
    _require(draft, Draft.DRAFT)
    _sound(draft)
    draft.state = Draft.SUBMITTED
    draft.save(update_fields=["state"])
    return draft


@action("registers.draft.returned", permission=can_release_register)
def return_draft(draft: RegisterDraft, actor: Actor, *, reason: str) -> RegisterDraft:
    """Send it back to who wrote it (退回草案)."""
    del actor
    _require(draft, Draft.SUBMITTED)
    if not reason.strip():
        raise Problem(_("请写明退回原因。"), remedy=_("写明哪一处、应怎样修改。"), field="reason")
    draft.state = Draft.DRAFT
    draft.save(update_fields=["state"])
    return draft


@action("registers.register.released", permission=can_release_register)
def release_register(draft: RegisterDraft, actor: Actor) -> Release:
    """Release a definition (发布台账): an immutable release; records of the version before are brought over."""
    del actor
    _require(draft, Draft.SUBMITTED)
    piece = _sound(draft)
    content = content_of(piece)
    release = Release.objects.create(
        kind=KIND,
        code=piece.code,
        title=piece.called,
        number=piece.version,
        pack=LOCAL,
        sha256=digest(content),
        content=content,
        verified=piece.verified,
        released_at=clock.now(),
    )
    draft.state = Draft.RELEASED
    draft.save(update_fields=["state"])
    note(migrated=_bring_over(piece.code))
    return release


@action("registers.records.brought", permission=can_install_records)
def bring_over_records(thing: None, actor: Actor) -> int:
    """Bring the records of every register over to its newest release (迁移), as its releases say how; how many.

    Raises Problem where a release drops what records hold and says nothing of it.
    """
    del thing, actor
    newest = dict(Release.objects.filter(kind=KIND).order_by("pk").values_list("code", "number"))
    stamps = Record.objects.order_by().values_list("register", "release").distinct()
    behind = sorted({code for code, number in stamps if newest.get(code, number) != number})
    brought = {code: _bring_over(code) for code in behind}
    note(migrated=brought)
    return sum(brought.values())


def _free_code(known: Mapping[str, RegisterPiece]) -> str:
    taken = {*known, *RegisterDraft.objects.values_list("code", flat=True)}
    return fresh("local_", taken)


def _sound(draft: RegisterDraft) -> RegisterPiece:
    known = registers()
    current = known.get(draft.code)
    piece, faults = tried({**draft.content, "version": next_version(current)})
    if piece is None:
        raise Problem("；".join(faults), remedy=_("请逐项更正后再提交。"), field="content")
    targets = {field.target for field in piece.fields if field.target}
    if nowhere := sorted(targets - set(known) - {piece.code}):
        raise Problem(
            _("链接的台账 %(codes)s 不存在。") % {"codes": "、".join(nowhere)},
            remedy=_("请先发布那份台账，或改选现有台账。"),
            field="content",
        )
    for circle in circles_of({**known, piece.code: piece}):
        raise Problem(
            _("台账之间的必填链接成环：%(circle)s，第一条记录永远无法登记。")
            % {"circle": " → ".join({**known, piece.code: piece}[code].name for code in circle)},
            remedy=_("请把其中一个链接改为非必填。"),
        )
    if current is not None:
        _require_mapping(current, piece)
        refuse_what_cannot_pass(passage_of_all(current, piece))
    return piece


def _require_mapping(old: RegisterPiece, new: RegisterPiece) -> None:
    """Every field and state that records may hold is kept, renamed or dropped by the stated mapping."""
    mapping = new.migration
    kept = {field.code for field in new.fields}
    lost = [
        f.label
        for f in old.fields
        if f.code not in kept and f.code not in mapping.rename and f.code not in mapping.drop
    ]
    states = {state.code for state in new.states}
    in_use = set(Record.objects.filter(register=old.code).values_list("state", flat=True).distinct())
    stranded = [
        s.label for s in old.states if s.code in in_use and mapping.states.get(s.code, s.code) not in states
    ]
    if lost or stranded:
        raise Problem(
            _("有记录正在使用的内容没有去向：%(what)s。") % {"what": "、".join([*lost, *stranded])},
            remedy=_("请在“迁移”中写明改名为哪个字段或状态，或明确放弃。"),
            field="migration",
        )


def _bring_over(code: str) -> int:
    """Records pass from release to release, each by its own mapping, up to the newest; how many."""
    every = REGISTERS.history(code)
    behind = Record.objects.filter(register=code).exclude(release=every[-1].version)
    count = behind.count()
    for old, new in pairwise(every) if count else ():
        for part in older_records(new, release=old.version):
            _require_mapping(old, new)
            _pass_part(old, new, part)
    behind.update(
        release=every[-1].version
    )  # of a release that is not here: they already are as the newest says
    return count


def _pass_part(old: RegisterPiece, piece: RegisterPiece, records: list[Record]) -> None:
    mapping, day = piece.migration, clock.today()
    found = passage_of(old, piece, records)
    refuse_what_cannot_pass(found)
    moved = []
    for record in records:
        place(record, piece, found.values[record.pk])
        record.version += 1
        if record.state in mapping.states:
            moved.append(record)
            record.state = mapping.states[record.state]
    _number(piece, records)
    fields = ["data", "release", "number", "state", "version", "organization", "region", "unit"]
    fields += ["longitude", "latitude"]
    fields += ["key1", "key2", "key3", "key4", "amount1", "amount2", "day1", "day2"]
    Record.objects.bulk_update(records, fields, batch_size=500)
    StateSpan.objects.filter(record__in=moved, until=None, since=day).delete()
    StateSpan.objects.filter(record__in=moved, until=None).update(until=day)
    words = str(_("定义迁移"))
    StateSpan.objects.bulk_create(
        [StateSpan(record=record, state=record.state, since=day, by=words) for record in moved]
    )
    gone, anew = changed_references(old, piece)
    RecordLink.objects.filter(record__in=records, field__in=gone | anew).delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=record, field=field, ref_kind=kind, ref_id=key)
        for record in records
        for field, kind, key in links_of(piece, record.data)
        if field in anew
    )
    for record in records:
        if any(record.data.get(promises.table) for promises in piece.promises):
            keep_in_step(piece, record, day)


def _number(piece: RegisterPiece, records: list[Record]) -> None:
    """Records made before their register had numbers get theirs, those of a year in the order they were made."""
    years: dict[int, list[Record]] = {}
    for record in records if piece.numbering else ():
        if not record.number:
            years.setdefault(record.opened_on.year, []).append(record)
    for year, nameless in years.items():
        numbers = next_number(f"register:{piece.code}", piece.numbering, year, len(nameless))
        for record, number in zip(nameless, numbers, strict=True):
            record.number = number


def _require(draft: RegisterDraft, state: str) -> None:
    if draft.state != state:
        raise Problem(
            _("这份草案当前状态为“%(state)s”，不能办理这一步。") % {"state": draft.get_state_display()},
            remedy=_("请刷新页面。"),
        )
