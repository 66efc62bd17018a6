# SPDX-License-Identifier: Apache-2.0
"""Deliverables (举措): the clauses of a task that promise something a person can hold in hand at the year's end."""

from __future__ import annotations

import re
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.owners import Catalogue, mention_of
from kechuang.engines.plandoc.proposal import Deliverable, Span
from kechuang.engines.plandoc.statements import Statement

_SENTENCE: Final = re.compile(r"[^。；！\n]+")
_RESULT: Final = re.compile(
    r"建设|建成|新建|新增|建立|组建|设立|成立|搭建|打造|创建|制定|出台|编制|修订|发布|举办|承办|召开|开展"
    r"|实施|启动|完成|形成|遴选"
    r"|征集|认定|引进|培育|推广|落地|签订|举行|办好|部署|达到|突破|争创|争取|推出|组织"
)


def deliverables_of(
    manuscript: Manuscript, body: Span, statements: list[Statement], catalogue: Catalogue
) -> tuple[Deliverable, ...]:
    """Clauses of the body (between 。 and ；) that hold a word of result, each with the statement that closes it.

    Only when a task has several statements does a statement belong to the sentence before it.
    """
    own = len({statement.start for statement in statements if not statement.is_field}) > 1
    read = manuscript.read
    found: list[Deliverable] = []
    cursor = body[0]
    stops = [(s.start, s.end) for s in statements] + [(body[1], body[1])]
    for index, (stop, following) in enumerate(stops):
        clauses: list[Span] = []
        for sentence in _SENTENCE.finditer(read, cursor, max(cursor, stop)):
            start, end = manuscript.trim(*sentence.span())
            if (mark := mark_at(read, start, end)) is not None:
                start = mark.end
            if start < end and _RESULT.search(read, start, end):
                clauses.append((start, end))
        closing = statements[index].parties if own and index < len(statements) else ()
        offices = tuple(mention_of(manuscript, party, catalogue) for party in closing)
        for place, (start, end) in enumerate(clauses):
            mine = offices if place == len(clauses) - 1 else ()
            found.append(Deliverable(manuscript.written(start, end), manuscript.span(start, end), mine))
        cursor = max(cursor, following)
    return tuple(found)
