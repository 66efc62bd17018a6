# SPDX-License-Identifier: Apache-2.0
"""Reads a published work plan (工作要点) and proposes tasks, owners and targets, each with its source span.

    characters, furniture, lines, manuscript    text -> paragraphs, with the way back to the source
    frontmatter, sections, marks, items         title and year; headings; numbered items as a tree
    parties, statements, owners                 who is named, where, in which role
    readings, outline                           which level holds the tasks
    evidence, tasks, deliverables, deadlines    what each task promises, by when
    numbers, words, verbs, names                a number and the words around it
    clauses, contexts, neighbours, patterns, targets   which numbers are targets, and why the others are none
    headers, tables, tablerows, indicatorrows   the same from tables
    regions, accounting, findings               where to look; every number has one fate; remarks
    parsing, exchange                           the pipeline; JSON
    editions, wording, comparison               two versions side by side

The algorithm is told in docs/algorithms/plandoc.md.
"""

from kechuang.engines.plandoc.comparison import compare
from kechuang.engines.plandoc.editions import edition_of
from kechuang.engines.plandoc.exchange import proposal_as_json
from kechuang.engines.plandoc.parsing import parse_plan
from kechuang.engines.plandoc.proposal import OfficeName, PlanProposal, Table

__all__ = ["OfficeName", "PlanProposal", "Table", "compare", "edition_of", "parse_plan", "proposal_as_json"]
