# SPDX-License-Identifier: Apache-2.0
"""What stands in a brief for a meeting (会前一页纸): an organisation, a task, a park, as of a day, from every room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import Commitment, Report, Responsibility
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.papers.markup import Value, flat
from kechuang.commons.papers.sources import paper_source
from kechuang.commons.parties.models import (
    Organization,
    OrganizationRole,
    Qualification,
    QualificationKind,
    Region,
    Statement,
)
from kechuang.commons.parties.panels import Party
from kechuang.commons.parties.queries import entries_of, in_force, survivors
from kechuang.commons.parties.queries.zones import holders_everywhere, lying_in
from kechuang.commons.parties.statements import newest_facts
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import naming_any, registers
from kechuang.commons.ui.numbers import cn_date

NOTHING, MOST_ROWS = "—", 15
Values = dict[str, Value]


def _text(words: object, label: str = "", url: str = "") -> Value:
    return Value(str(words or NOTHING), label, url)


def _day(day: dt.date | None, label: str = "") -> Value:
    return Value(cn_date(day) if day else NOTHING, label)


def _count(rows: int, label: str) -> Value:
    return Value(str(rows), label)


def _require(viewer: Actor, permission: str) -> None:
    verdict = holds(viewer, permission)
    if not verdict:
        raise Refused(verdict)


def _thing(about: Ref | None, model: type[Model]) -> int:
    if about is None or about.kind != model._meta.label_lower or not about.id.isdigit():
        raise Problem(_("请从对象的页面进入，再拟这份材料。"))
    return int(about.id)


@paper_source("organization")
def organization_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """An organisation: who it is, what it holds, what it promised, records that name it."""
    _require(viewer, "parties.view_organization")
    key = _thing(about, Organization)
    found = Organization.objects.select_related("region", "merged_into__region").get(pk=key)
    one = found.merged_into or found
    party = Party(one, entries_of(one))
    page = reverse("parties:organization-detail", args=[one.pk])
    facts = newest_facts(Statement.objects.filter(organization__in=party.entries))
    held = list(in_force(day).filter(organization__in=party.entries).select_related("kind"))
    values: Values = {
        "name": _text(one.name, _("名称"), page),
        "uscc": _text(one.uscc, _("统一社会信用代码"), page),
        "region": _text(one.region, _("所在区县"), page),
        "kinds": _text("、".join(_kinds(party, day)), _("主体类型"), page),
        "day": _day(day, _("数据截至")),
        "held_count": _count(len(held), _("有效资质")),
        **{
            field.value: _text(facts.get(field.value), str(field.label), page)
            for field in Statement.Field
            if field.value not in {"name", "uscc", "region"}
        },
    }
    values |= flat("held", [_held(one) for one in held])
    values |= _promises(party, viewer)
    return values | _records(party.refs, viewer)


def _kinds(party: Party, day: dt.date) -> list[str]:
    roles = OrganizationRole.objects.filter(organization__in=party.entries, since__lte=day).select_related(
        "kind"
    )
    return [role.kind.name for role in roles if role.until is None or day < role.until]


def _held(one: Qualification) -> Values:
    return {
        "kind": _text(one.kind.name),
        "number": _text(one.number),
        "valid_from": _day(one.valid_from),
        "valid_to": _day(one.valid_to),
    }


def _promises(party: Party, viewer: Actor) -> Values:
    parts = list(
        Responsibility.objects.filter(unit__organization__in=party.entries, until__isnull=True)
        .filter(commitment__state__in=(Commitment.State.OPEN, Commitment.State.AWAITING))
        .select_related("commitment", "unit")
        .order_by("commitment__order", "pk")
    )
    pages = resolve_many([Ref.of(part.commitment) for part in parts], viewer)
    parts = [part for part in parts if pages[Ref.of(part.commitment)].visible]
    rows = [
        {
            "title": _text(part.commitment.title, url=pages[Ref.of(part.commitment)].url),
            "unit": _text(part.unit),
            "role": _text(part.get_role_display()),
            "due": _day(part.commitment.due),
        }
        for part in parts[:MOST_ROWS]
    ]
    return {"promise_count": _count(len(parts), _("在办承诺")), **flat("promises", rows)}


def _records(refs: Sequence[Ref], viewer: Actor) -> Values:
    if not holds(viewer, "registers.view_record"):
        return {"record_count": Value(NOTHING, _("台账记录"))}
    known, links = registers(), naming_any(refs)
    rows = [_record(link.record, known.get(link.record.register)) for link in links[:MOST_ROWS]]
    return {"record_count": _count(links.count(), _("台账记录")), **flat("records", rows)}


def _record(record: Record, piece: RegisterPiece | None) -> Values:
    return {
        "register": _text(piece.name if piece else record.register),
        "title": _text(record.title, url=reverse("registers:record-detail", args=[record.pk])),
        "state": _text(piece.state(record.state).label if piece else record.state),
        "opened_on": _day(record.opened_on),
    }


@paper_source("task")
def task_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """A task or any commitment: its light and why, offices, deliverables, numbers, newest reports."""
    _require(viewer, "workplan.view_plan")
    key = _thing(about, Commitment)
    task = with_parts(Commitment.objects.all(), day).get(pk=key)
    found = standing(task, day)
    page = resolve_many([Ref.of(task)], viewer)[Ref.of(task)].url
    reports = Report.objects.filter(responsibility__commitment=task, day__lte=day)
    values: Values = {
        "code": _text(task.code, _("编号"), page),
        "title": _text(task.title, _("任务"), page),
        "day": _day(day, _("数据截至")),
        "due": _day(task.due, _("完成时限")),
        "state": _text(task.get_state_display(), _("状态"), page),
        "light": _text(reason_words(found.light), _("亮灯原因"), page),
        "offices": _text(
            "、".join(f"{part.unit}（{part.get_role_display()}）" for part in found.parts), _("责任处室")
        ),
        "delivered": _count(found.delivered, _("已完成举措")),
        "deliverable_count": _count(found.deliverables, _("举措")),
        "owing": _text("、".join(str(part.unit) for part in found.owing), _("欠报处室")),
    }
    values |= flat(
        "deliverables",
        [
            {"title": _text(part.title), "due": _day(part.due), "state": _text(part.get_state_display())}
            for part in task.deliverables
        ],
    )
    values |= flat("targets", [{"text": _text(_target(part))} for part in task.numbers])
    newest = reports.select_related("responsibility__unit")[:MOST_ROWS]
    return values | flat(
        "reports",
        [
            {"day": _day(report.day), "unit": _text(report.responsibility.unit), "text": _text(report.text)}
            for report in newest
        ],
    )


def _target(part: Commitment) -> str:
    target = part.target
    return f"{target.name}：{target.word}{target.value}{target.unit}" if target else part.title


@paper_source("region")
def region_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """A park or a district: where it lies, who is there and holds what, records that name it."""
    _require(viewer, "parties.view_organization")
    region = Region.objects.select_related("parent").get(pk=_thing(about, Region))
    page = reverse("parties:region-detail", args=[region.pk])
    kinds = dict(QualificationKind.objects.values_list("code", "name"))
    counts = {
        kinds[kind]: count for (place, kind), count in holders_everywhere(day).items() if place == region.pk
    }
    values: Values = {
        "name": _text(region.name, _("名称"), page),
        "kind": _text(region.get_kind_display(), _("类别"), page),
        "parent": _text(region.parent, _("上级"), page),
        "divisions": _text("、".join(map(str, region.divisions.all())), _("所跨区划"), page),
        "day": _day(day, _("数据截至")),
        "organization_count": _count(survivors().filter(lying_in(region.code, day)).count(), _("机构")),
        **flat(
            "stocks",
            [{"kind": _text(kind), "count": _text(count)} for kind, count in sorted(counts.items())],
        ),
    }
    return values | _records([Ref.of(region)], viewer)
