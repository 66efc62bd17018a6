# SPDX-License-Identifier: Apache-2.0
"""Files to start from: an empty table with the right heads, and a sample with the usual doubts."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from kechuang.apps.ladder.headings import WORDS
from kechuang.commons.access.guards import guarded
from kechuang.commons.parties.models import QualificationKind, Region

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLE = "high-tech-firms-demo.csv"
COLUMNS = ("index", "name", "uscc", "number", "valid_from", "valid_to", "region")
TEXT_ROWS = 20_000


@guarded("ladder.import_list")
def template(request: HttpRequest) -> FileResponse:
    """The columns a list is read by, and the districts and kinds in force (名单模板)."""
    del request
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F6"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_("名单"))
    looks = {"uscc": text, "number": text, "valid_from": day, "valid_to": day}
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, 8 if name == "index" else 24, looks.get(name))
        sheet.write_string(0, place, WORDS[name], head)
    sheet.freeze_panes(1, 0)
    lists = book.add_worksheet(_("填写说明"))
    regions = list(Region.objects.values_list("name", flat=True))
    kinds = list(QualificationKind.objects.order_by("code").values_list("name", flat=True))
    _column(lists, 0, _("区县与功能区"), regions, head)
    _column(lists, 1, _("资质类别"), kinds, head)
    _column(lists, 2, _("说明"), _hints(), head)
    lists.set_column(0, 1, 20)
    lists.set_column(2, 2, 90)
    place = COLUMNS.index("region")
    if regions:
        source = f"='{lists.get_name()}'!$A$2:$A${len(regions) + 1}"
        sheet.data_validation(
            1, place, TEXT_ROWS, place, {"validate": "list", "source": source, "error_type": "warning"}
        )
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_('企业名单模板')}.xlsx", content_type=XLSX)


@guarded("ladder.import_list")
def sample(request: HttpRequest) -> FileResponse:
    """A list of invented firms with the usual doubts (演示样例)."""
    del request
    place = settings.CONTENT_ROOT / "samples" / SAMPLE
    if not place.exists():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=SAMPLE, content_type="text/csv")


def _column(sheet: Any, place: int, label: str, words: list[str], head: Any) -> None:
    sheet.write_string(0, place, label, head)
    for line, word in enumerate(words, start=1):
        sheet.write_string(line, place, word)


def _hints() -> list[str]:
    return [
        _("只有“企业名称”是必需的；写上统一社会信用代码，比对就不必靠名称。"),
        _("“统一社会信用代码”和“证书编号”请保持文本格式，否则末几位会丢失。"),
        _("没有“发证日期”时从公告日期起算；没有“有效期至”时按资质类别规定的年限计算。"),
        _("列的次序、表头所在的行、合计行和空行都不影响读取。"),
    ]
