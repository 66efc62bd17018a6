# SPDX-License-Identifier: Apache-2.0
"""Qualifications registered by hand, corrected, taken away."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind
from kechuang.commons.parties.permissions import can_register_qualification, can_revoke_qualification
from kechuang.commons.parties.queries.identity import entries_of
from kechuang.commons.parties.queries.stock import ends_of_term, standing

File = tuple[str, bytes]


@action("parties.qualification.registered", permission=can_register_qualification, silent=("proof",))
def register_qualification(
    organization: Organization,
    actor: Actor,
    *,
    kind: QualificationKind,
    number: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    proof: File | None = None,
) -> Qualification:
    """Register one qualification (登记资质) with what proves it; without an end its kind's term decides."""
    if proof is None:
        raise Problem(_("请上传证明材料。"), remedy=_("证书扫描件或公布文件。"), field="proof")
    made = Qualification(organization=organization, kind=kind, region=organization.region)
    _fill(made, number, valid_from, valid_to)
    made.source_kind, made.source_id = "documents.document", ""
    made.save()
    _prove(made, actor, proof)
    return made


@action("parties.qualification.corrected", permission=can_register_qualification, silent=("proof",))
def correct_qualification(
    qualification: Qualification,
    actor: Actor,
    *,
    number: str,
    valid_from: dt.date,
    valid_to: dt.date,
    reason: str,
    proof: File | None = None,
) -> Qualification:
    """Put a mistaken qualification right (更正): it counts on no day any more, a new one stands in its place."""
    _require_reason(reason)
    if qualification.withdrawn:
        raise Problem(_("这项资质已撤回，不能更正。"), remedy=_("请刷新页面。"))
    said = (number.strip(), valid_from, valid_to)
    if said == (qualification.number, qualification.valid_from, qualification.valid_to):
        raise Problem(_("没有改动任何内容。"), remedy=_("请填写正确的编号或日期。"), field="number")
    revoked_on = qualification.revoked_on
    qualification.revoked_on = qualification.valid_from
    qualification.save(update_fields=["revoked_on"])
    made = Qualification(
        organization=qualification.organization,
        kind=qualification.kind,
        region=qualification.region,
        source_kind=qualification.source_kind,
        source_id=qualification.source_id,
        proof=qualification.proof,
        corrects=qualification,
        demo=qualification.demo,
    )
    _fill(made, number, valid_from, valid_to)
    if revoked_on is not None and made.valid_from < revoked_on < made.valid_to:
        made.revoked_on = revoked_on
    made.save()
    if proof is not None:
        _prove(made, actor, proof)
    note(before=[qualification.number, qualification.valid_from, qualification.valid_to], made=made)
    return made


@action("parties.qualification.revoked", permission=can_revoke_qualification)
def revoke_qualification(
    qualification: Qualification, actor: Actor, *, on: dt.date, reason: str
) -> Qualification:
    """Take a qualification away from a day on (撤销); it stays counted on the days before."""
    del actor
    _require_reason(reason)
    if qualification.revoked_on is not None:
        raise Problem(
            _("这项资质已于 %(day)s 撤销。") % {"day": qualification.revoked_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    if not qualification.valid_from < on < qualification.valid_to:
        raise Problem(
            _("撤销日期须在有效期 %(start)s 至 %(end)s 之内。")
            % {"start": qualification.valid_from.isoformat(), "end": qualification.valid_to.isoformat()},
            remedy=_("请核对撤销决定的日期。"),
            field="on",
        )
    qualification.revoked_on = on
    qualification.save(update_fields=["revoked_on"])
    return qualification


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(_("请填写原因。"), remedy=_("写明决定的文号或事由。"), field="reason")


def _fill(made: Qualification, number: str, valid_from: dt.date, valid_to: dt.date | None) -> None:
    """Number and term. Raises Problem where the number is somebody's, or the term is held already."""
    kind = made.kind
    ends = valid_to or ends_of_term(kind.term, valid_from)
    if valid_from > clock.today():
        raise Problem(_("有效期起日不能晚于今天。"), remedy=_("请核对证书。"), field="valid_from")
    if ends <= valid_from:
        raise Problem(_("有效期止日须晚于起日。"), remedy=_("请核对证书。"), field="valid_to")
    made.number, made.valid_from, made.valid_to = number.strip(), valid_from, ends
    others = standing(kind.pk).select_related("organization")
    taken = others.filter(number=made.number).first() if made.number else None
    if taken is not None:
        raise Problem(
            _("编号 %(number)s 已登记在“%(name)s”名下。")
            % {"number": made.number, "name": taken.organization},
            remedy=_("请核对编号；如原登记有误，请到该机构更正。"),
            field="number",
        )
    own = others.filter(organization__in=entries_of(made.organization), valid_from=valid_from)
    if own.exclude(pk=made.corrects_id or 0).exists():
        raise Problem(
            _("该机构自 %(day)s 起的“%(kind)s”已经登记过。") % {"day": valid_from.isoformat(), "kind": kind},
            remedy=_("请勿重复登记；如原登记有误，请更正。"),
            field="valid_from",
        )


def _prove(made: Qualification, actor: Actor, proof: File) -> None:
    name, data = proof
    made.proof = store_document(None, actor, name=name, data=data, about=Ref.of(made))
    made.source_kind, made.source_id = made.proof._meta.label_lower, str(made.proof.pk)
    made.save(update_fields=["proof", "source_kind", "source_id"])
