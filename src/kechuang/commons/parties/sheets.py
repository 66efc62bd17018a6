# SPDX-License-Identifier: Apache-2.0
"""The template of a list of organisations (机构名单模板): columns, types, and lists to choose from."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from kechuang.commons.parties.models import OrganizationKind, Region
from kechuang.commons.parties.queries.places import divisions_on, regions_on
from kechuang.commons.parties.reading import HEADINGS, MOST_ROWS
from kechuang.engines.linkage.codes import ORGANIZATION, REGISTRATION, USCC


def template() -> bytes:
    """A workbook with the columns, a note under each head, and lists of districts and kinds."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F6"})
    looks = {name: book.add_format({"num_format": "@"}) for name in (USCC, REGISTRATION, ORGANIZATION)}
    looks["founded"] = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet, options = book.add_worksheet(_("机构名单")), book.add_worksheet(_("选项"))
    choices = {
        "region": [region.name for region in divisions_on(None)],
        "zone": [zone.name for zone in regions_on(None).filter(kind=Region.Kind.ZONE)],
        "kind": [kind.name for kind in OrganizationKind.objects.filter(person=False)],
    }
    notes = _notes()
    for place, (name, words) in enumerate(HEADINGS.words.items()):
        sheet.set_column(place, place, 24, looks.get(name))
        sheet.write_string(0, place, words, head)
        if name in notes:
            sheet.write_comment(0, place, notes[name])
        if choices.get(name):
            options.write_string(0, place, words, head)
            for line, choice in enumerate(choices[name], start=1):
                options.write_string(line, place, choice)
            letter = xl_col_to_name(place)
            source = f"='{options.get_name()}'!${letter}$2:${letter}${len(choices[name]) + 1}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, MOST_ROWS, place, rule)
    sheet.freeze_panes(1, 1)
    book.close()
    return file.getvalue()


def _notes() -> dict[str, str]:
    return {
        "name": _("必填：登记的全称。"),
        USCC: _("18 位，文本格式；写上它，比对就不必靠名称。"),
        REGISTRATION: _("15 位，换发统一代码以前使用。"),
        ORGANIZATION: _("9 位，即统一代码的第 9 至 17 位。"),
        "former": _("多个用顿号分开。"),
        "kind": _("从选项中选择；不填时用上传时所选的类型。"),
        "region": _("从选项中选择；旧区名会记到接续的区。"),
        "zone": _("从选项中选择，多个用顿号分开；叠加在区县之上，两处都计入。"),
        "head": _("仅分支机构填写：总部的代码或全称。"),
        "founded": _("例如 2019-10-15。"),
    }
