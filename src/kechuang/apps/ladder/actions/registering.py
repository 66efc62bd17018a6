# SPDX-License-Identifier: Apache-2.0
"""A second person confirms a list, and its qualifications are registered; or it is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.permissions import can_confirm_list, can_undo_list
from kechuang.apps.ladder.queries import Holdings, holdings_of, qualifications_of, ready_to_confirm
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind
from kechuang.commons.parties.queries import regions_by_name

Decision = ListRow.Decision
BATCH = 500
UPDATED = 100  # a CASE of more branches costs more than the queries it saves
MOST_NAMED = 5


@action("ladder.list.confirmed", permission=can_confirm_list)
def confirm_list(listed: ListImport, actor: Actor) -> ListImport:
    """Register what the list says (确认登记): all of it or nothing. Raises Problem where a line stands in the way."""
    verdict = ready_to_confirm(listed)
    if not verdict:
        raise Problem(verdict.reason)
    _hold_registry()
    rows = [
        row
        for row in listed.rows.select_related("organization").select_for_update(of=("self",))
        if row.decision in {Decision.TAKE, Decision.NEW}
    ]
    if not rows:
        raise Problem(_("没有一行要登记。"), remedy=_("如果名单有误，请把它作废。"))
    regions = regions_by_name()
    listed.created = _place_rows(listed, rows, regions)
    _refuse_taken(rows, holdings_of(listed.kind_id))
    listed.registered = len(_register(listed, rows, regions))
    listed.state = ListImport.State.CONFIRMED
    listed.confirmed_by, listed.confirmed_at = actor.name, clock.now()
    listed.save(update_fields=["created", "registered", "state", "confirmed_by", "confirmed_at"])
    note(registered=listed.registered, created=listed.created)
    return listed


@action("ladder.list.undone", permission=can_undo_list)
def undo_list(listed: ListImport, actor: Actor, *, reason: str) -> ListImport:
    """Withdraw a confirmed list (撤回): what it registered counts on no day; the organisations it created stay."""
    del actor
    if listed.state != ListImport.State.CONFIRMED:
        raise Problem(
            _("这份名单的状态是“%(state)s”，不能撤回。") % {"state": listed.get_state_display()},
            remedy=_("请刷新页面。"),
        )
    if not reason.strip():
        raise Problem(_("请填写撤回原因。"), remedy=_("写明依据，例如更正公告的文号。"), field="reason")
    withdrawn = qualifications_of(listed).update(revoked_on=F("valid_from"), version=F("version") + 1)
    listed.state, listed.undone_reason = ListImport.State.UNDONE, reason.strip()
    listed.save(update_fields=["state", "undone_reason"])
    note(withdrawn=withdrawn)
    return listed


def _hold_registry() -> None:
    """One confirmation at a time, so that two lists never give one number or one code twice."""
    list(QualificationKind.objects.order_by("pk").select_for_update().values_list("pk"))


def _refuse_taken(rows: Iterable[ListRow], held: Holdings) -> None:
    """A number, or a firm's first day, that another list registered in the meantime."""
    taken = [
        row.line
        for row in rows
        if row.number in held.numbers
        or (not row.number and (row.organization_id, row.valid_from) in held.since)
    ]
    if taken:
        lines = "、".join(map(str, taken[:MOST_NAMED])) + ("…" if len(taken) > MOST_NAMED else "")
        raise Problem(
            _("第 %(lines)s 行的资质在此期间已由另一份名单登记。") % {"lines": lines},
            remedy=_("请把这些行改为“不登记”后再确认。"),
        )


def _place_rows(listed: ListImport, rows: Iterable[ListRow], regions: dict[str, int]) -> int:
    """Give every row its organisation: create the new ones, complete codes and districts; returns how many are new."""
    waiting = [row for row in rows if row.decision == Decision.NEW]
    codes = {row.uscc for row in waiting if row.uscc_valid}
    by_code = {one.uscc: one for one in Organization.objects.filter(uscc__in=codes)}
    fresh: list[Organization] = []
    placed: list[Organization] = []
    for row in waiting:
        firm = by_code.get(row.uscc) if row.uscc_valid else None
        if firm is None:
            firm = Organization(
                name=row.name,
                uscc=row.uscc if row.uscc_valid else None,
                region_id=regions.get(row.region_name),
                source=listed.title[:120],
                demo=listed.demo,
            )
            fresh.append(firm)
            if row.uscc_valid:
                by_code[row.uscc] = firm
        placed.append(firm)
    Organization.objects.bulk_create(fresh, batch_size=BATCH)
    for row, firm in zip(waiting, placed, strict=True):
        row.organization = firm
    _complete([row for row in rows if row.decision == Decision.TAKE], regions)
    return len(fresh)


def _complete(rows: Iterable[ListRow], regions: dict[str, int]) -> None:
    """A known firm learns its code and district from the list; codes that are both valid never become one."""
    changed: dict[int, Organization] = {}
    for row in rows:
        firm = _firm_of(row)
        firm = changed.get(firm.pk, firm)
        if row.uscc_valid and firm.uscc and firm.uscc != row.uscc:
            raise Problem(
                _("名单上的代码 %(listed)s 与“%(name)s”的代码 %(known)s 都有效而不同，不能合并。")
                % {"listed": row.uscc, "name": firm.name, "known": firm.uscc},
                remedy=_("请重新处理这一行。"),
                line=row.line,
            )
        region = regions.get(row.region_name)
        if (row.uscc_valid and not firm.uscc) or (region and firm.region_id is None):
            firm.uscc = firm.uscc or (row.uscc if row.uscc_valid else None)
            firm.region_id = firm.region_id or region
            changed[firm.pk] = firm
    _refuse_codes_of_others(changed.values())
    Organization.objects.bulk_update(changed.values(), ["uscc", "region"], batch_size=BATCH)


def _refuse_codes_of_others(firms: Iterable[Organization]) -> None:
    """A code that a line adds to a firm belongs to nobody else, here or in the same list."""
    taking = [firm for firm in firms if firm.uscc]
    holders = {firm.uscc: firm for firm in taking}
    others = [firm for firm in taking if holders[firm.uscc] is not firm]
    others += Organization.objects.filter(uscc__in=holders).exclude(pk__in=[firm.pk for firm in taking])
    for other in others:
        raise Problem(
            _("代码 %(code)s 已属于“%(other)s”，不能补到“%(name)s”。")
            % {"code": other.uscc, "other": other.name, "name": holders[other.uscc].name},
            remedy=_("请重新处理写有这个代码的行。"),
        )


def _register(listed: ListImport, rows: list[ListRow], regions: dict[str, int]) -> list[Qualification]:
    """The qualifications, each tied to its row."""
    firms = [_firm_of(row) for row in rows]
    made = Qualification.objects.bulk_create(
        [
            Qualification(
                organization=firm,
                kind_id=listed.kind_id,
                number=row.number,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                region_id=regions.get(row.region_name) or firm.region_id,
                source_kind=listed._meta.label_lower,
                source_id=str(listed.pk),
                demo=listed.demo,
            )
            for row, firm in zip(rows, firms, strict=True)
        ],
        batch_size=BATCH,
    )
    for row, qualification in zip(rows, made, strict=True):
        row.qualification = qualification
    ListRow.objects.bulk_update(rows, ["organization", "qualification"], batch_size=UPDATED)
    return made


def _firm_of(row: ListRow) -> Organization:
    assert row.organization is not None
    return row.organization
