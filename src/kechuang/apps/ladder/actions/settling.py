# SPDX-License-Identifier: Apache-2.0
"""A person decides what a doubtful line means (处理存疑行)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.permissions import can_accept_suggestions, can_settle_row
from kechuang.apps.ladder.queries import open_rows
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization

Decision = ListRow.Decision
SIGNED = ("settled_by", "settled_by_id", "settled_for")
BATCH = 500


@action("ladder.row.settled", permission=can_settle_row)
def settle_row(
    row: ListRow, actor: Actor, *, decision: str, organization: Organization | None = None
) -> ListRow:
    """Decide one line: take an organisation, a new one, or skip. Raises Problem where two valid codes would meet."""
    _refuse_settled_list(row.list)
    note(line=row.line, before=row.decision)
    if decision == Decision.TAKE:
        _refuse_other_code(row, organization)
    elif decision == Decision.NEW:
        organization = None
        _refuse_known_code(row)
    elif decision == Decision.SKIP:
        organization = None
    else:
        raise Problem(_("请选择怎样处理这一行。"), field="decision")
    row.decision, row.organization = decision, organization
    _sign(row, actor)
    row.save(update_fields=["decision", "organization", *SIGNED])
    return row


@action("ladder.suggestions.accepted", permission=can_accept_suggestions)
def accept_suggestions(listed: ListImport, actor: Actor) -> ListImport:
    """Decide every open line that has a suggestion as suggested (采纳建议); the others stay open."""
    _refuse_settled_list(listed)
    rows = list(open_rows(listed).exclude(suggestion="").select_for_update())
    if not rows:
        raise Problem(_("没有带建议的存疑行。"), remedy=_("请逐行处理余下的存疑行。"))
    for row in rows:
        row.decision = row.suggestion
        row.organization_id = row.candidates[0][0] if row.suggestion == Decision.TAKE else None
        _sign(row, actor)
        row.version += 1
    fields = ["decision", "organization", *SIGNED, "version"]
    ListRow.objects.bulk_update(rows, fields, batch_size=BATCH)
    note(rows=len(rows))
    return listed


def _sign(row: ListRow, actor: Actor) -> None:
    row.settled_by, row.settled_by_id, row.settled_for = actor.name, actor.id, actor.on_behalf_of


def _refuse_settled_list(listed: ListImport) -> None:
    if listed.state != ListImport.State.DRAFT:
        raise Problem(
            _("这份名单的状态是“%(state)s”，不能再处理。") % {"state": listed.get_state_display()},
            remedy=_("请刷新页面。"),
        )


def _refuse_other_code(row: ListRow, organization: Organization | None) -> None:
    if organization is None:
        raise Problem(_("请选择要登记到的企业。"), field="decision")
    if row.uscc_valid and organization.uscc and organization.uscc != row.uscc:
        raise Problem(
            _("名单上的代码 %(listed)s 与“%(name)s”的代码 %(known)s 都有效而不同，不能合并。")
            % {"listed": row.uscc, "name": organization.name, "known": organization.uscc},
            remedy=_("请登记为新企业，或核对名单后不登记这一行。"),
            field="decision",
        )


def _refuse_known_code(row: ListRow) -> None:
    if not row.name:
        raise Problem(
            _("这一行没有企业名称，不能登记为新企业。"),
            remedy=_("请选择已有企业或不登记。"),
            field="decision",
        )
    holder = Organization.objects.filter(uscc=row.uscc).first() if row.uscc_valid else None
    if holder is not None:
        raise Problem(
            _("代码 %(code)s 已属于“%(name)s”，不能登记为新企业。") % {"code": row.uscc, "name": holder.name},
            remedy=_("请登记到这家企业，或不登记这一行。"),
            field="decision",
        )
