# SPDX-License-Identifier: Apache-2.0
"""A list of organisations comes in: handed in, settled by a person, confirmed by a second one, undone or dropped.

What takes long (reading, settling as suggested, taking, undoing) goes on in batches, each an action (``batches``).
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.fitting import require_fit, require_new
from kechuang.commons.parties.models import Organization, OrganizationKind, PartyList, PartyRow
from kechuang.commons.parties.permissions import can_confirm_list, can_import_list
from kechuang.commons.parties.reading import Sheet, open_list

State, Decision = PartyList.State, PartyRow.Decision


@action("parties.list.uploaded", permission=can_import_list, silent=("opened",))
def upload_list(  # noqa: PLR0913 -- one for each field of the form
    thing: None,
    actor: Actor,
    *,
    name: str,
    data: bytes,
    said_on: dt.date,
    title: str = "",
    kind: OrganizationKind | None = None,
    demo: bool = False,
    opened: Sheet | None = None,
) -> PartyList:
    """Hand in a list (上传机构名单); its head is found at once, its lines are read in batches.

    A page gives the file ``opened`` already: to unpack many lines takes long, and others would wait meanwhile.
    """
    del thing
    if said_on > clock.today():
        raise Problem(_("数据日期不能晚于今天。"), remedy=_("请按名单的日期填写。"), field="said_on")
    sheet = opened or open_list(name, data)
    listed = PartyList.objects.create(
        title=(title.strip() or name)[:120],
        kind=kind,
        said_on=said_on,
        labels=sheet.labels,
        notes=sheet.notes,
        uploaded_by=actor.name,
        uploaded_by_ids=sorted(actor.persons),
        uploaded_at=clock.now(),
        demo=demo,
    )
    listed.document = store_document(None, actor, name=name, data=data, about=Ref.of(listed))
    listed.save(update_fields=["document"])
    return listed


@action("parties.row.settled", permission=can_import_list)
def settle_row(
    row: PartyRow, actor: Actor, *, decision: str, organization: Organization | None = None
) -> PartyRow:
    """Decide one line (处理名单行). Raises Problem where two valid codes would meet."""
    _require(row.listed, State.DRAFT)
    note(line=row.line, before=row.decision)
    if decision == Decision.TAKE:
        require_fit(row, organization)
    elif decision in {Decision.NEW, Decision.SKIP}:
        organization = None
        if decision == Decision.NEW:
            require_new(row, Organization.objects.filter(uscc=row.uscc).first() if row.valid else None)
    else:
        raise Problem(_("请选择怎样处理这一行。"), field="decision")
    row.decision, row.organization = decision, organization
    row.settled_by, row.settled_by_ids = actor.name, sorted(actor.persons)
    row.save(update_fields=["decision", "organization", "settled_by", "settled_by_ids"])
    return row


@action("parties.suggestions.accepted", permission=can_import_list)
def accept_suggestions(listed: PartyList, actor: Actor) -> PartyList:
    """Decide every open line that has a suggestion as suggested (采纳建议): it begins, and goes on in batches."""
    _require(listed, State.DRAFT)
    waiting = listed.rows.filter(decision=Decision.OPEN).exclude(suggestion="").count()
    if not waiting:
        raise Problem(_("没有带建议的存疑行。"), remedy=_("请逐行处理余下的存疑行。"))
    listed.state, listed.settled_by, listed.settled_by_ids = State.SETTLING, actor.name, sorted(actor.persons)
    listed.save(update_fields=["state", "settled_by", "settled_by_ids"])
    note(rows=waiting)
    return listed


@action("parties.list.confirmed", permission=can_confirm_list)
def confirm_list(listed: PartyList, actor: Actor) -> PartyList:
    """Let what the list says be registered (确认名单): it begins, and goes on in batches."""
    _require(listed, State.DRAFT)
    waiting = listed.rows.filter(decision=Decision.OPEN).count()
    if waiting:
        raise Problem(
            _("还有 %(count)s 行没有决定。") % {"count": waiting}, remedy=_("请逐行决定或采纳建议后再确认。")
        )
    if not listed.rows.filter(decision__in=(Decision.TAKE, Decision.NEW)).exists():
        raise Problem(_("没有一行要登记。"), remedy=_("如果名单有误，请把它作废。"))
    listed.state, listed.confirmed_by, listed.confirmed_at = State.TAKING, actor.name, clock.now()
    listed.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    return listed


@action("parties.list.undone", permission=can_confirm_list)
def undo_list(listed: PartyList, actor: Actor, *, reason: str) -> PartyList:
    """Withdraw a list (撤回机构名单): what it said and made is taken back in batches; what others use is kept."""
    del actor
    _require(listed, State.TAKEN)
    if not reason.strip():
        raise Problem(_("请填写撤回原因。"), remedy=_("写明依据。"), field="reason")
    listed.state, listed.undone_reason = State.UNDOING, reason.strip()[:200]
    listed.save(update_fields=["state", "undone_reason"])
    return listed


@action("parties.list.dropped", permission=can_import_list)
def drop_list(listed: PartyList, actor: Actor) -> PartyList:
    """Drop a list that was not confirmed (作废)."""
    del actor
    if listed.state not in {State.DRAFT, State.READING, State.SETTLING}:
        raise _wrong_state(listed)
    listed.state = State.DROPPED
    listed.save(update_fields=["state"])
    return listed


def _require(listed: PartyList, state: PartyList.State) -> None:
    if listed.state != state:
        raise _wrong_state(listed)


def _wrong_state(listed: PartyList) -> Problem:
    return Problem(
        _("这份名单的状态是“%(state)s”，不能这样办理。") % {"state": listed.get_state_display()},
        remedy=_("请刷新页面。"),
    )
