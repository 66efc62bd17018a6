# SPDX-License-Identifier: Apache-2.0
"""Reading papers and their templates."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.markup import Block, MarkupFault, cells_of, parsed
from kechuang.commons.papers.models import Countersign, Paper
from kechuang.commons.papers.pieces import PaperTemplatePiece
from kechuang.commons.parties.models import Unit
from kechuang.commons.releases.in_force import InForce
from kechuang.commons.ui.numbers import cn_date

TEMPLATES = InForce("paper_template", PaperTemplatePiece)


def templates() -> dict[str, PaperTemplatePiece]:
    """The newest release of every template, by code."""
    return TEMPLATES.by_code()


def template(code: str) -> PaperTemplatePiece:
    """One template. Raises Problem where there is none."""
    found = templates().get(code)
    if found is None:
        raise Problem(
            _("没有代码为“%(code)s”的文书模板。") % {"code": code}, remedy=_("请从模板列表中选择。")
        )
    return found


def bureau_name() -> str:
    """The organisation that the offices belong to: it stands under a paper."""
    unit = Unit.objects.select_related("organization").order_by("order", "pk").first()
    return unit.organization.name if unit else ""


def whole_papers() -> QuerySet[Paper]:
    """Papers with their files and the offices asked (2 queries)."""
    asked = Prefetch("countersigns", Countersign.objects.select_related("unit"))
    return Paper.objects.select_related("word", "pdf").prefetch_related(asked)


def papers_about(ref: Ref) -> QuerySet[Paper]:
    """Papers about one thing, the newest first."""
    return Paper.objects.filter(about_kind=ref.kind, about_id=ref.id)


def blocks_of(paper: Paper) -> list[Block]:
    """The blocks of a paper. Raises Problem naming the line that cannot be read."""
    try:
        return parsed(paper.text, paper.shown_values)
    except MarkupFault as fault:
        raise Problem(
            _("正文用到的“%(what)s”不是可用的数据或写法。") % {"what": fault.what},
            remedy=_("请对照右侧“可用数据”更正，或删去这一处。"),
            field="text",
            line=fault.line,
        ) from None


def labels_of(paper: Paper, blocks: Sequence[Block]) -> dict[str, str]:
    """What each value is: as its source calls it, else by the column and row of the table it stands in."""
    cells = {
        code: _("%(column)s（第 %(row)s 行）") % {"column": column, "row": row}
        for code, (column, row) in cells_of(blocks).items()
    }
    return cells | {code: value.label for code, value in paper.shown_values.items() if value.label}


def digest_of(paper: Paper) -> str:
    """The SHA-256 that the check page shows: number, title, day of issue, text and values."""
    content = [paper.number, paper.title, str(paper.issued_on), paper.text, paper.values]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def letterhead_of(paper: Paper) -> Letterhead:
    """What stands around the body of a paper."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('papers:paper-check', args=[paper.check_code])}"
    day = paper.issued_on or paper.day
    return Letterhead(
        paper.issuer,
        paper.title,
        paper.number or "",
        cn_date(day),
        address if paper.issued_on else "",
        paper.sha256,
        wide=paper.wide,
        one_page=paper.template in (known := templates()) and known[paper.template].one_page,
    )
