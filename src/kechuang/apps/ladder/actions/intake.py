# SPDX-License-Identifier: Apache-2.0
"""A published list is dropped in (公告拖入) and read as a draft; nothing counts yet."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import asdict

from django.utils.translation import gettext as _

from kechuang.apps.ladder.matching import Finding, Register, match_entries
from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.permissions import can_discard_list, can_upload_list
from kechuang.apps.ladder.queries import holdings_of, same_file
from kechuang.apps.ladder.reading import Entry, PublishedList, read_list
from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.queries import names_known

LONGEST_TITLE = 200
BATCH = 1000


@action("ladder.list.uploaded", permission=can_upload_list)
def upload_list(
    kind: QualificationKind,
    actor: Actor,
    *,
    name: str,
    data: bytes,
    issued_on: dt.date,
    title: str = "",
    document_number: str = "",
    demo: bool = False,
) -> ListImport:
    """Read and match a published list of a kind. Raises Problem where it cannot be read or is here already."""
    if issued_on > clock.today():
        raise Problem(
            _("公告日期 %(day)s 晚于今天。") % {"day": issued_on.isoformat()},
            remedy=_("请按公告落款日期填写。"),
            field="issued_on",
        )
    known = same_file(kind.pk, hashlib.sha256(data).hexdigest())
    if known is not None:
        raise Problem(
            _("这份文件已经上传过：“%(title)s”（%(state)s）。")
            % {"title": known.title, "state": known.get_state_display()},
            remedy=_("请打开那份名单继续办理；如需重新读取，请先作废或撤回它。"),
            field="file",
        )
    found = read_list(name, data, issued_on=issued_on, term=kind.term)
    listed = ListImport.objects.create(
        kind=kind,
        title=(title.strip() or found.title or name)[:LONGEST_TITLE],
        issued_on=issued_on,
        document_number=document_number.strip(),
        columns=found.labels,
        skipped=[asdict(one) for one in found.skipped],
        notes=[*found.notes, *_number_notes(kind, found)],
        row_count=len(found.entries),
        uploaded_by=actor.name,
        uploaded_by_id=actor.id,
        uploaded_for=actor.on_behalf_of,
        uploaded_at=clock.now(),
        demo=demo,
    )
    listed.document = store_document(None, actor, name=name, data=data, about=Ref.of(listed))
    listed.save(update_fields=["document"])
    findings = match_entries(found.entries, Register.of(names_known(), holdings_of(kind.pk)))
    rows = [_row(listed, entry, finding) for entry, finding in zip(found.entries, findings, strict=True)]
    ListRow.objects.bulk_create(rows, batch_size=BATCH)
    note(rows=len(rows), open=sum(row.decision == ListRow.Decision.OPEN for row in rows))
    return listed


@action("ladder.list.discarded", permission=can_discard_list)
def discard_list(listed: ListImport, actor: Actor) -> ListImport:
    """Drop a list that was not confirmed (作废), so that its file may be read again."""
    del actor
    if listed.state != ListImport.State.DRAFT:
        raise Problem(
            _("这份名单的状态是“%(state)s”，不能作废。") % {"state": listed.get_state_display()},
            remedy=_("已确认的名单请用“撤回”。"),
        )
    listed.state = ListImport.State.DISCARDED
    listed.save(update_fields=["state"])
    return listed


def _row(listed: ListImport, entry: Entry, finding: Finding) -> ListRow:
    return ListRow(
        list=listed,
        line=entry.line,
        name=entry.name,
        uscc=entry.uscc,
        uscc_valid=entry.uscc_valid,
        number=entry.number,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        region_name=entry.region_name,
        raw=entry.raw,
        match=finding.match,
        decision=finding.decision,
        suggestion=finding.suggestion,
        organization_id=finding.organization,
        candidates=finding.candidates,
        problem=finding.problem,
    )


def _number_notes(kind: QualificationKind, found: PublishedList) -> list[str]:
    """A hint where numbers do not look as those of the kind do; it decides nothing."""
    numbers = [entry.number for entry in found.entries]
    notes = []
    odd = [number for number in numbers if number and not re.fullmatch(kind.number_pattern or ".*", number)]
    if odd:
        notes.append(
            _("%(count)s 个编号与“%(kind)s”的编号格式不同，例如 %(example)s；请确认资质类别选对了。")
            % {"count": len(odd), "kind": kind.name, "example": odd[0]}
        )
    without = sum(not number for number in numbers)
    if without:
        notes.append(_("%(count)s 行没有编号，将不带编号登记。") % {"count": without})
    return notes
