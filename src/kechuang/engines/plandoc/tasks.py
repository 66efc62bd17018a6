# SPDX-License-Identifier: Apache-2.0
"""From a task draft to a task (任务): text without its statement, parties by role, deliverables, deadline."""

from __future__ import annotations

from kechuang.engines.plandoc.deadlines import due_of
from kechuang.engines.plandoc.deliverables import deliverables_of
from kechuang.engines.plandoc.evidence import Evidence
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.owners import mentions_of
from kechuang.engines.plandoc.proposal import OfficeMention, Task
from kechuang.engines.plandoc.readings import TaskDraft
from kechuang.engines.plandoc.statements import Statement


def task_of(evidence: Evidence, draft: TaskDraft) -> Task:
    """The task of one draft. Offices of deliverables are offices of the task too, unless it names its own."""
    manuscript, offices, statements = evidence.manuscript, evidence.offices, evidence.statements
    inside = [s for s in statements.within(draft.start, draft.end) if s.end <= draft.end]
    own = [statement for statement in inside if statement.start < draft.own_end]
    mentions = mentions_of(manuscript, own or inside or draft.inherited, offices, evidence.rules)
    start, end = manuscript.trim(draft.title[1], draft.end)
    while start < end and manuscript.read[start] in "。：；， \n":
        start += 1
    return Task(
        number=draft.number,
        title=manuscript.written(*draft.title).replace("\n", ""),
        text=_text(manuscript, draft.title[0], draft.end, own),
        span=manuscript.span(draft.start, draft.end),
        title_span=manuscript.span(*draft.title),
        area=draft.area,
        lead=_with_role(mentions, "lead"),
        co=_with_role(mentions, "co"),
        responsible=_with_role(mentions, "responsible", "guide", "doer"),
        leaders=_with_role(mentions, "leader"),
        deliverables=deliverables_of(
            manuscript, (start, end), [s for s in inside if s.start >= start], offices
        ),
        due=due_of(manuscript, inside, (draft.title[0], draft.end), evidence.front.year),
    )


def _with_role(mentions: list[OfficeMention], *roles: str) -> tuple[OfficeMention, ...]:
    return tuple(mention for mention in mentions if mention.role in roles)


def _text(manuscript: Manuscript, start: int, end: int, own: list[Statement]) -> str:
    """The task in its own words: statements left out, paragraphs kept."""
    pieces: list[str] = []
    cursor = start
    for statement in own:
        pieces.append(manuscript.shown[cursor : statement.start])
        cursor = max(cursor, statement.end)
    pieces.append(manuscript.shown[cursor:end])
    lines = (line.strip() for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line.strip("。；"))
