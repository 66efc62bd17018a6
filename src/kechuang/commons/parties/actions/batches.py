# SPDX-License-Identifier: Apache-2.0
"""A list read, settled, taken and undone in batches (分批): each batch is whole or not at all, and short.

Whoever reads or writes elsewhere waits no longer than for one batch, and a process that dies leaves a list that the
next run carries on. Which lines are next is asked inside the action, so that two runs at once do nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.fitting import require_fit, require_new
from kechuang.commons.parties.linking import kinds_by_name, put, weighed_again
from kechuang.commons.parties.models import Organization, PartyList, PartyRow, Region
from kechuang.commons.parties.permissions import can_work_list
from kechuang.commons.parties.queries.identity import survivors
from kechuang.commons.parties.queries.likeness import whole
from kechuang.commons.parties.queries.places import regions_by_name
from kechuang.commons.parties.registering import Batch

State, Decision, Match = PartyList.State, PartyRow.Decision, PartyRow.Match
SETTLED = ["decision", "organization", "suggestion", "problem", "settled_by", "settled_by_ids"]
FOUND = ["match", "decision", "suggestion", "organization", "candidates", "problem"]


@action("parties.rows.read", permission=can_work_list, silent=("rows",))
def read_rows(listed: PartyList, actor: Actor, *, rows: Sequence[PartyRow]) -> PartyList:
    """Keep some lines of a list, matched before (``linking.matched``); those kept already are passed over."""
    del actor
    if listed.state != State.READING:
        return listed
    last = listed.rows.order_by("-line").values_list("line", flat=True).first() or 0
    fresh = [row for row in rows if row.line > last]
    PartyRow.objects.bulk_create(fresh, batch_size=500)
    listed.row_count += len(fresh)
    listed.save(update_fields=["row_count"])
    note(rows=len(fresh))
    return listed


@action("parties.rows.weighed", permission=can_work_list, silent=("near",))
def weigh_rows(listed: PartyList, actor: Actor, *, near: Mapping[int, Sequence[int]]) -> PartyList:
    """Weigh some lines that have similar names (row -> organisations); weighed again they are found the same."""
    del actor
    if listed.state != State.READING:
        return listed
    rows = list(listed.rows.filter(pk__in=near, match=Match.NEW))
    known = {
        one.pk: one
        for one in whole(survivors().filter(pk__in={key for keys in near.values() for key in keys}))
    }
    for row in rows:
        put(row, weighed_again(row, [known[key] for key in near[row.pk] if key in known]))
    PartyRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=FOUND, batch_size=500
    )
    note(rows=len(rows))
    return listed


@action("parties.list.read", permission=can_work_list)
def finish_reading(listed: PartyList, actor: Actor) -> PartyList:
    """All lines are kept and weighed: the list waits for a person."""
    del actor
    if listed.state != State.READING:
        return listed
    listed.state = State.DRAFT
    listed.save(update_fields=["state"])
    note(rows=listed.row_count, open=listed.rows.filter(decision=Decision.OPEN).count())
    return listed


@action("parties.rows.settled", permission=can_work_list)
def settle_rows(listed: PartyList, actor: Actor, *, most: int = 500) -> PartyList:
    """Decide the next lines as suggested, in the name of who accepted; after the last one the list is a draft again.

    A line whose suggestion no longer fits stays open, with the reason beside it, for a person.
    """
    del actor
    if listed.state != State.SETTLING:
        return listed
    wanted = listed.rows.filter(decision=Decision.OPEN).exclude(suggestion="")
    rows = list(wanted.order_by("line").select_for_update(of=("self",))[:most])
    left = _as_suggested(listed, rows)
    PartyRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=SETTLED, batch_size=500
    )
    if len(rows) < most:
        listed.state = State.DRAFT
        listed.save(update_fields=["state"])
    note(rows=len(rows), left=left)
    return listed


def _as_suggested(listed: PartyList, rows: Sequence[PartyRow]) -> list[int]:
    """Decide each; returns the lines that stay open (2 queries, whatever the number of lines)."""
    candidates = {int(next(iter(row.candidates))) for row in rows if row.suggestion == Decision.TAKE}
    known = {one.pk: one for one in whole(survivors().filter(pk__in=candidates))}
    codes = {row.uscc for row in rows if row.suggestion == Decision.NEW and row.valid}
    holders = {one.uscc: one for one in Organization.objects.filter(uscc__in=codes)}
    left = []
    for row in rows:
        organization = known.get(int(next(iter(row.candidates)))) if row.suggestion == Decision.TAKE else None
        try:
            if row.suggestion == Decision.TAKE:
                require_fit(row, organization)
            elif row.suggestion == Decision.NEW:
                require_new(row, holders.get(row.uscc) if row.valid else None)
        except Problem as problem:
            row.suggestion, row.problem = "", str(problem)
            left.append(row.line)
        else:
            row.decision, row.organization = row.suggestion, organization
            row.settled_by, row.settled_by_ids = listed.settled_by, listed.settled_by_ids
    return left


@action("parties.rows.taken", permission=can_work_list)
def take_rows(listed: PartyList, actor: Actor, *, most: int = 500) -> PartyList:
    """Register the next lines of a confirmed list (登记一批); after the last one the list is taken."""
    del actor
    if listed.state != State.TAKING:
        return listed
    wanted = listed.rows.filter(done=False, decision__in=(Decision.TAKE, Decision.NEW))
    rows = list(wanted.order_by("line").select_for_update(of=("self",))[:most])
    regions, zones = regions_by_name(Region.Kind.DIVISION), regions_by_name(Region.Kind.ZONE)
    batch = Batch(listed, regions, zones, kinds_by_name())
    listed.created += batch.register(rows)
    if len(rows) < most:
        listed.state = State.TAKEN
    listed.save(update_fields=["created", "state"])
    note(rows=len(rows), lines=[rows[0].line, rows[-1].line] if rows else [])
    return listed


@action("parties.rows.undone", permission=can_work_list)
def undo_rows(listed: PartyList, actor: Actor, *, most: int = 500) -> PartyList:
    """Take back the next lines of a list (撤回一批); after the last one the list is undone."""
    del actor
    if listed.state != State.UNDOING:
        return listed
    rows = list(listed.rows.filter(done=True).order_by("line").select_for_update(of=("self",))[:most])
    listed.kept += Batch(listed, {}, {}, {}).withdraw(rows)
    if len(rows) < most:
        listed.state = State.UNDONE
    listed.save(update_fields=["kept", "state"])
    note(rows=len(rows))
    return listed
