# SPDX-License-Identifier: Apache-2.0
"""The draft of next year's plan, as an office prepares it from this year's in the autumn; labelled 演示数据."""

from __future__ import annotations

import re

from kechuang.apps.workplan.actions import exclude_item, import_plan
from kechuang.apps.workplan.models import Item, Plan, PlanVersion
from kechuang.apps.workplan.printing import as_word
from kechuang.apps.workplan.proposals import propose
from kechuang.apps.workplan.queries.drafts import draft_of
from kechuang.apps.workplan.queries.offices import office_catalogue
from kechuang.apps.workplan.readers import read_source
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor

ADDED = "{number}.做好年度工作总结。梳理全年成果，实现处室总结材料全覆盖。（责任处室：{office}、综合处）"
"""A task with what a draft leaves to a person: an office nobody knows, and a promise without a number."""


def draft_next_year(version: PlanVersion, actor: Actor) -> PlanVersion | None:
    """Print the plan in force, carry it into the next year with one task more, import it; once."""
    year = version.plan.year + 1
    if Plan.objects.filter(year=year, demo=True).exists():
        return None
    printed = read_source("plan.docx", as_word(draft_of(version))).text
    text = re.sub(rf"{year - 1}(?=年)", str(year), printed)
    tasks = version.items.filter(kind=Item.Kind.TASK).order_by("order")
    last, office = tasks.last(), tasks.first().offices.first()  # type: ignore[union-attr]
    added = ADDED.format(number=int(last.number or 0) + 1 if last else 1, office=office)
    lines = text.rstrip().split("\n")
    place = max(
        (row for row, line in enumerate(lines) if line.startswith("（") and "处室：" in line), default=0
    )
    lines.insert(place + 1, added)
    title = f"{version.plan.issuer}{year}年工作要点（草案，演示数据）"
    submission = propose(f"{title}.txt", "\n".join(lines).encode(), office_catalogue(clock.today()))
    draft: PlanVersion = import_plan(
        None, actor, submission=submission, title=title, issuer=version.plan.issuer, year=year, demo=True
    )
    first = draft.items.filter(kind=Item.Kind.DELIVERABLE).order_by("start").first()
    if first is not None:
        exclude_item(first, actor, reason="上年已完成，不再列入（演示数据）")
    return draft
