# SPDX-License-Identifier: Apache-2.0
"""The Excel sheets of onboarding: the template with its lists, and the links to hand out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kechuang.commons.access.models import OneTimeLink, Role
from kechuang.commons.access.onboarding import FIELDS, MOST_ROWS, labels
from kechuang.commons.access.reach import objects_of, scopes_offered

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {"username": 18, "display_name": 14, "email": 26, "phone": 16, "role": 18, "scope": 12, "over": 24}
TEXT_COLUMNS = {"username", "phone"}


def template_sheet() -> io.BytesIO:
    """An empty sheet with heads, choices of role, scope and object, and a sheet that explains."""
    file = io.BytesIO()
    with Workbook(file, PLAIN) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(_("开户名单"))
        lists = book.add_worksheet(_("可选值"))
        sheet.freeze_panes(1, 0)
        for place, (name, label) in enumerate(labels().items()):
            sheet.set_column(place, place, WIDTHS.get(name, 14), text if name in TEXT_COLUMNS else None)
            sheet.write_string(0, place, label, head)
        objects = [name for scope, _label in scopes_offered() for _ref, name in objects_of(scope)]
        choices = {
            "role": list(Role.objects.values_list("name", flat=True)),
            "scope": [label for _scope, label in scopes_offered()],
            "over": list(dict.fromkeys(objects)),
        }
        for place, (name, values) in enumerate(choices.items()):
            _offer(sheet, lists, FIELDS.index(name), place, values)
        for name in ("since", "last"):
            place = FIELDS.index(name)
            sheet.set_column(place, place, 14, book.add_format({"num_format": "yyyy-mm-dd"}))
        _explain(book.add_worksheet(_("说明")))
    file.seek(0)
    return file


def _offer(sheet: Worksheet, lists: Worksheet, column: int, place: int, values: Sequence[str]) -> None:
    """Write the values into the list's column and let the cells of the sheet choose among them."""
    for row, value in enumerate(values):
        lists.write_string(row, place, value)
    if values:
        letter = "ABCDEFGH"[place]
        source = f"='{lists.get_name()}'!${letter}$1:${letter}${len(values)}"
        sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": source})


def _explain(sheet: Worksheet) -> None:
    lines = (
        _("账号、姓名必填；账号用 2 至 60 个字母、数字、汉字或 @ . + - _，不区分大小写地唯一。"),
        _("角色可以不填；填写的角色由安全管理员批准后生效。"),
        _("范围不填为“全部”；“本处室”“本区县”等须在“对象”中选择。"),
        _("日期写成 2019-10-15；“至”为最后一天，不填为长期。"),
        _("上传后先试算，逐行列出错误；确认后才开户，要么全部办成，要么一个不开。"),
    )
    sheet.set_column(0, 0, 90)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def link_sheet(links: Iterable[tuple[OneTimeLink, str]]) -> io.BytesIO:
    """Who gets which link, and until when it is good."""
    file = io.BytesIO()
    with Workbook(file, PLAIN) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1})
        sheet = book.add_worksheet(_("开户链接"))
        for place, (label, width) in enumerate(
            ((_("账号"), 18), (_("姓名"), 14), (_("设置密码的链接（只能使用一次）"), 90), (_("有效期至"), 18))
        ):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, label, head)
        for row, (link, address) in enumerate(links, 1):
            until = timezone.localtime(link.expires_at).strftime("%Y-%m-%d %H:%M")
            for place, words in enumerate((link.user.username, str(link.user), address, until)):
                sheet.write_string(row, place, words)
    file.seek(0)
    return file
