# SPDX-License-Identifier: Apache-2.0
"""The matrix of roles, pages and actions (权限矩阵), generated from guards, actions and roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.catalogue import Act, Page, acts, business_of, pages, permission_words
from kechuang.commons.access.models import Role
from kechuang.commons.access.tables.choices import role_choices
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage, YesNoFilter

OPEN_TO = {"signed-in": _("登录即可"), "public": _("所有人"), "token": _("持接口令牌，按令牌权限")}


@dataclass(frozen=True, slots=True)
class Line:
    """A permission: its business, the pages it opens, the actions it allows, the roles that carry it."""

    business: str
    permission: str
    words: str
    pages: tuple[Page, ...]
    acts: tuple[Act, ...]
    roles: frozenset[str]

    @property
    def unassigned(self) -> bool:
        """Whether nobody can do it: something asks for the permission, and no role carries it."""
        return not self.roles


def lines(roles: Iterable[Role]) -> list[Line]:
    """Every permission that a page, an action or a role names, by business; then what asks for none."""
    opened, done, carried = pages(), acts(), {role.code: frozenset(role.permissions) for role in roles}
    names = {page.guard.permission for page in opened if page.guard.permission}
    names = names.union(*(act.permissions for act in done), *carried.values())
    found = [
        Line(
            business_of(name),
            name,
            permission_words(name),
            tuple(page for page in opened if page.guard.permission == name),
            tuple(act for act in done if name in act.permissions),
            frozenset(code for code, permissions in carried.items() if name in permissions),
        )
        for name in names
    ]
    free = [
        Line(
            _now("不需要权限"),
            "",
            str(OPEN_TO.get(kind, kind)),
            tuple(page for page in opened if page.guard.kind == kind),
            (),
            frozenset(carried),
        )
        for kind in sorted({page.guard.kind for page in opened if not page.guard.permission})
    ]
    return [*sorted(found, key=lambda line: (line.business, line.permission)), *free]


def _page(page: Page, address: str | None) -> SafeString | str:
    words = page.words or page.address
    return format_html('<a href="{}">{}</a>', address, words) if address else words


def _page_names(line: Line) -> str:
    return "、".join(page.words or page.address for page in line.pages)


def _act_names(line: Line) -> str:
    return "、".join(act.words for act in line.acts)


def _act_list(line: Line) -> SafeString | str:
    return _folded([act.words for act in line.acts], _now("%(count)s 个动作"))


def _folded(parts: list[Any], words: str) -> SafeString | str:
    """One as it is; several behind their number."""
    if len(parts) <= 1:
        return parts[0] if parts else ""
    inside = format_html_join("", "<li>{}</li>", ((part,) for part in parts))
    told = words % {"count": len(parts)}
    return format_html('<details><summary>{}</summary><ul class="kc-plain">{}</ul></details>', told, inside)


def _businesses(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(name, name) for name in dict.fromkeys(line.business for line in lines(()))]


class RoleFilter(ChoiceFilter):
    """Lines that a role carries."""

    def keeps(self, row: object, value: str) -> bool:
        """Whether the role carries it."""
        assert isinstance(row, Line)
        return value in row.roles


class RoleMatrix(ListPage):
    """One line a permission, one column a role; a subclass with its columns is made for the roles there are."""

    title = _("角色与权限")
    subtitle = _("由页面的把关、动作的权限和角色自动生成；角色随内容包发布")
    template = "access/role_matrix.html"
    wide = True
    page_size = 500
    filters = (
        RoleFilter("role", _("角色"), choices=role_choices),
        ChoiceFilter("business", _("业务"), choices=_businesses),
        YesNoFilter("unassigned", _("没有角色持有")),
    )
    search = ("permission", "words", "business")

    @classmethod
    def of(cls, roles: Iterable[Role], actor: Actor) -> RoleMatrix:
        """The matrix of the roles there are; it leads to the pages of the navigation that the viewer may open."""
        given = list(roles)
        linked = {
            page.name: reverse(page.name) for page in pages() if page.words and page.guard.verdict(actor)
        }

        def drawn(line: Line) -> SafeString | str:
            return _folded(
                [_page(page, linked.get(page.name)) for page in line.pages], _now("%(count)s 个页面")
            )

        columns = (
            Column("business", _("业务"), css="kc-fit"),
            Column("words", _("权限"), css="kc-main-col"),
            *(_role_column(role) for role in given),
            Column("pages", _("页面"), value=_page_names, cell=drawn, css="kc-fit"),
            Column("acts", _("动作"), value=_act_names, cell=_act_list, css="kc-fit"),
            Column(
                "permission", _("代码"), cell=lambda line: format_html("<code>{}</code>", line.permission)
            ),
        )
        made: RoleMatrix = type("RoleMatrixNow", (cls,), {"columns": columns, "roles": given})()
        return made

    def rows(self, request: HttpRequest) -> list[Line]:
        """Every permission."""
        del request
        roles: list[Role] = self.roles  # type: ignore[attr-defined]
        return lines(roles)


def _role_column(role: Role) -> Column:
    def mark(line: Line) -> str:
        return "✓" if role.code in line.roles else ""

    def drawn(line: Line) -> SafeString | str:
        words = format_html('✓<span class="visually-hidden">{}</span>', _now("有"))
        return words if role.code in line.roles else ""

    return Column(f"role_{role.code}", role.name, value=mark, cell=drawn, css="kc-fit")
