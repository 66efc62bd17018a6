# SPDX-License-Identifier: Apache-2.0
"""Permissions: what the code asks for stands in a role, what a role carries is asked for; duties lie apart."""

from __future__ import annotations

import ast

from kechuang.commons.access.pieces import RolePiece
from kechuang.site.asked import SRC, permissions_asked
from kechuang.site.content import library

ADMINISTRATORS = {"system", "security", "audit"}
READ_BY_ADMINISTRATORS = {"releases.view_release", "comments.view_trace"}
RUN_BY_ADMINISTRATORS = {
    "notices.view_delivery",
    "notices.retry_delivery",
}  # whether mail arrives, never what it says
APART = [
    ("ladder.import_list", "ladder.confirm_list"),
    ("parties.import_list", "parties.confirm_list"),
    ("workplan.edit_plan", "workplan.issue_plan"),
    ("commitments.merge_parts", "commitments.confirm_closure"),
    ("access.create_account", "access.grant_role"),
    ("access.grant_role", "kernel.view_journal"),
    ("papers.draft_paper", "papers.sign_paper"),
]


def roles() -> dict[str, RolePiece]:
    return {role.code: role for role in library().of(RolePiece)}


def test_permissions_are_read_from_calls_constants_and_keywords() -> None:
    expected = {"access.grant_role", "parties.view_organization", "workplan.view_plan", "kernel.set_clock"}
    assert expected <= permissions_asked()
    assert not {name for name in permissions_asked() if name.startswith(("figures.app", "ladder.high"))}


def test_permissions_are_named_app_verb_noun() -> None:
    wrong = {
        f"{file.relative_to(SRC)}: {call.args[place].value}"  # type: ignore[attr-defined]
        for file in SRC.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for place in [{"guarded": 0, "holds": 1, "scope_of": 1, "ids_in_scope": 1}.get(call.func.id, 99)]
        if place < len(call.args) and isinstance(call.args[place], ast.Constant)
        if call.args[place].value not in permissions_asked()  # type: ignore[attr-defined]
    }
    assert wrong == set()


def test_every_permission_asked_for_stands_in_a_role() -> None:
    carried = {name for role in roles().values() for name in role.permissions}
    assert permissions_asked() - carried == set()


def test_every_permission_in_a_role_is_asked_for() -> None:
    unknown = {
        f"{role.code}: {name}"
        for role in roles().values()
        for name in role.permissions
        if name not in permissions_asked()
    }
    assert unknown == set()


def test_administrators_hold_no_business_permission() -> None:
    business = {
        f"{role.code}: {name}"
        for role in roles().values()
        if role.family in ADMINISTRATORS
        for name in role.permissions
        if name.split(".")[0] not in {"access", "kernel"}
        and name not in READ_BY_ADMINISTRATORS | RUN_BY_ADMINISTRATORS
    }
    assert business == set()
    assert {role.family for role in roles().values()} == {"business", *ADMINISTRATORS}


def test_no_role_holds_both_sides_of_a_duty() -> None:
    both = [
        (role.code, *pair)
        for role in roles().values()
        for pair in APART
        if set(pair) <= set(role.permissions)
    ]
    assert both == []
    assert {name for pair in APART for name in pair} <= permissions_asked()


def test_no_role_names_a_permission_twice() -> None:
    assert [
        role.code for role in roles().values() if len(set(role.permissions)) != len(role.permissions)
    ] == []
