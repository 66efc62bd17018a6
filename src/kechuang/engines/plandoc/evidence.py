# SPDX-License-Identifier: Apache-2.0
"""Everything read off a document before a plan is proposed from it (解析依据)."""

from __future__ import annotations

from dataclasses import dataclass

from kechuang.engines.plandoc.frontmatter import FrontMatter
from kechuang.engines.plandoc.items import Tree
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.owners import Catalogue, Rules
from kechuang.engines.plandoc.proposal import SchemeScore
from kechuang.engines.plandoc.readings import Reading
from kechuang.engines.plandoc.statements import Statements
from kechuang.engines.plandoc.tablerows import TablePlan


@dataclass(frozen=True, slots=True)
class Evidence:
    """The text and what stands in it: front matter, statements, items, the reading of the outline, tables."""

    manuscript: Manuscript
    front: FrontMatter
    offices: Catalogue
    rules: Rules
    statements: Statements
    tree: Tree
    reading: Reading
    tried: tuple[SchemeScore, ...]
    tables: TablePlan
