# SPDX-License-Identifier: Apache-2.0
"""From a document to a draft (导入), for a new plan or as a new version of one."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions.carrying import Carrying
from kechuang.apps.workplan.actions.draft_lines import DraftLines
from kechuang.apps.workplan.models import Plan, PlanVersion
from kechuang.apps.workplan.permissions import can_import_plan
from kechuang.apps.workplan.proposals import Submission, reading_of
from kechuang.apps.workplan.queries.offices import indicators_by_name, units_by_name
from kechuang.apps.workplan.queries.plans import base_of
from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

YEARS = range(1949, 2100)


@action("workplan.plan.imported", permission=can_import_plan, silent=("submission",))
def import_plan(
    plan: Plan | None,
    actor: Actor,
    *,
    submission: Submission,
    title: str = "",
    issuer: str = "",
    year: int | None = None,
    demo: bool = False,
) -> PlanVersion:
    """Import a document as the draft of a new plan, or of a new version of ``plan`` (导入).

    What is given overrides what the document says of its title, issuer and year. Raises Problem where the plan has a
    draft already, or exists and was not named.
    """
    proposal = submission.proposal
    if plan is None:
        plan = _new_plan(submission, title, issuer, year, demo=demo)
    elif plan.versions.filter(state=PlanVersion.State.DRAFT).exists():
        raise Problem(
            _("“%(plan)s”已有一份草稿在校对。") % {"plan": plan},
            remedy=_("请先签发或作废那份草稿，再导入新的版本。"),
            field="plan",
        )
    base = base_of(plan)
    last = plan.versions.aggregate(last=Max("no"))["last"] or 0
    version = PlanVersion.objects.create(
        plan=plan, no=last + 1, text=submission.text, reading=reading_of(proposal)
    )
    version.document = store_document(
        None, actor, name=submission.name, data=submission.data, about=Ref.of(version)
    )
    version.save(update_fields=["document"])
    carrying = Carrying(base) if base else None
    units = units_by_name(clock.today()) | (carrying.settled_names() if carrying else {})
    DraftLines(version, units, indicators_by_name()).write(proposal)
    if carrying:
        carrying.carry_to(version)
    note(
        plan=plan,
        file=submission.name,
        sha256=hashlib.sha256(submission.data).hexdigest(),
        counts=version.reading["counts"],
    )
    return version


def _new_plan(submission: Submission, title: str, issuer: str, year: int | None, *, demo: bool) -> Plan:
    proposal = submission.proposal
    found = proposal.year if proposal.year in YEARS else None
    plan = Plan(
        title=(title or proposal.title or proposal.suggested_title or PurePath(submission.name).stem)[:200],
        issuer=(issuer or proposal.issuer)[:120],
        year=year or found or clock.today().year,
        demo=demo,
    )
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Problem(
            _("“%(plan)s”已经导入过。") % {"plan": plan},
            remedy=_("如果这是修订后的文件，请选择“作为它的新版本”。"),
            field="plan",
        ) from None
    return plan
