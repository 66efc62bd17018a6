# SPDX-License-Identifier: Apache-2.0
"""The matrix is what the program really does: each role opens exactly the pages its permissions say."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from kechuang.commons.access.asking import asked_by
from kechuang.commons.access.catalogue import acts, pages, permission_words, short_words
from kechuang.commons.access.grants import holds
from kechuang.commons.access.joining import check_duties
from kechuang.commons.access.models import Role
from kechuang.commons.access.pieces import RolePiece
from kechuang.commons.access.separation import clashes, declared
from kechuang.commons.access.tables.matrix import lines
from kechuang.commons.kernel.actions import ACTIONS
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.verdicts import Verdict
from kechuang.site.asked import permissions_asked
from kechuang.site.content import library
from register_samples import release

pytestmark = pytest.mark.django_db
SHIPPED = {piece.code: piece for piece in library().of(RolePiece)}
CONSTANT = "t.by_constant"


def can_name_it(thing: Any, actor: Actor) -> Verdict:
    return holds(actor, "t.name_it")


def _within(actor: Actor) -> list[Verdict]:
    return [holds(actor, name) for name in ("t.in_tuple", CONSTANT)]


def can_do_all(thing: Any, actor: Actor) -> bool:
    return all(can_name_it(thing, actor) for _one in (1,)) and all(_within(actor))


def test_what_a_predicate_asks_is_read_from_its_code_and_from_what_it_stands_on() -> None:
    assert asked_by(can_name_it) == {"t.name_it"}
    assert asked_by(can_do_all) == {"t.name_it", "t.in_tuple", "t.by_constant"}


def _shipped() -> list[Role]:
    return [
        Role.objects.create(
            code=code, name=piece.name, family=piece.family, permissions=list(piece.permissions)
        )
        for code, piece in SHIPPED.items()
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_role_opens_exactly_the_pages_its_permissions_say(account: Any, code: str) -> None:
    piece = SHIPPED[code]
    kind = Role.objects.create(
        code=code, name=piece.name, family=piece.family, permissions=list(piece.permissions)
    )
    user = account(f"as-{code}", kind)
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="kechuang.commons.access.backends.AccountBackend")
    wrong = []
    for page in pages():
        address = _address(page.name)
        if page.guard.kind != "permission" or not address:
            continue
        answer = client.get(address)
        told = answer.status_code == 403 and page.guard.permission in answer.content.decode()
        if told == (page.guard.permission in piece.permissions):
            wrong.append((page.name, answer.status_code))
    assert wrong == []


def test_the_matrix_says_of_each_page_what_its_guard_says(rf: Any) -> None:
    roles = _shipped()
    for line in lines(roles):
        if line.permission:
            expected = {role.code for role in roles if line.permission in role.permissions}
            assert line.roles == expected, line.permission
            assert {page.guard.permission for page in line.pages} <= {line.permission}
    shown = {page.name for line in lines(roles) for page in line.pages}
    assert shown == {page.name for page in pages()}
    assert {act.verb for line in lines(roles) for act in line.acts} == {
        act.verb for act in acts() if act.permissions
    }


def test_every_permission_that_stands_in_a_role_has_a_name() -> None:
    pages()
    nameless = {
        name for piece in SHIPPED.values() for name in piece.permissions if permission_words(name) == name
    }
    assert nameless == set()


def test_what_the_matrix_reads_is_among_what_the_code_asks() -> None:
    read = {name for act in acts() for name in act.permissions if not act.verb.startswith("test.")}
    assert {name for name in read if not name.startswith("t.")} - permissions_asked() == set()


def test_no_shipped_role_joins_what_is_kept_apart_and_families_do_not_mix() -> None:
    assert declared() != []
    for piece in SHIPPED.values():
        assert [clash.separation.code for clash in clashes(piece.permissions)] == [], piece.code
    item = {separation.code for separation in declared() if separation.within == "item"}
    assert "import-confirm-list" in item


def test_the_page_filters_by_role_and_shows_what_nobody_holds(account: Any, role: Any, enter: Any) -> None:
    account("reader", role("reader", "access.view_roles"))
    role("writer", "workplan.edit_plan")
    browser = enter("reader")
    page = browser.get("/access/roles/?role=writer")
    assert {line.permission for line in page.context["listing"].rows if line.permission} == {
        "workplan.edit_plan"
    }
    nobody = browser.get("/access/roles/?unassigned=yes").context["listing"].rows
    assert "kernel.view_journal" in {line.permission for line in nobody}
    assert not {"access.view_roles", "workplan.edit_plan"} & {line.permission for line in nobody}
    whole = browser.get("/access/roles/").content.decode()
    assert "ladder.confirm_list" in whole
    assert whole.count("<section") >= 2


def test_the_matrix_is_exported_with_a_column_a_role(account: Any, role: Any, enter: Any) -> None:
    account("reader", role("reader", "access.view_roles"))
    data = b"".join(enter("reader").get("/access/roles/?export=xlsx"))
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    lines_by_code = {row[-1]: dict(zip(head, row, strict=True)) for row in rows}
    assert lines_by_code["access.view_roles"]["角色reader"] == "✓"
    assert _("角色与权限") in lines_by_code["access.view_roles"][_("页面")]
    assert lines_by_code["access.grant_role"]["角色reader"] == ""


def compares_people(function: Any, depth: int = 3) -> bool:
    """Whether a predicate, or a function it stands on, looks at who acts and for whom."""
    names = function.__code__.co_names
    called = [function.__globals__.get(name) for name in names] if depth else []
    return "persons" in names or any(
        compares_people(other, depth - 1) for other in called if hasattr(other, "__code__")
    )


def test_what_is_kept_apart_item_by_item_is_kept_by_the_code_that_asks_who_acts() -> None:
    pages()  # with their views every action is loaded
    asked = [(run.permission, asked_by(run.permission)) for run in ACTIONS.values()]  # type: ignore[attr-defined]
    for separation in declared():
        if separation.within == "item":
            asking = [predicate for predicate, found in asked if found & {*separation.other}]
            assert any(compares_people(predicate) for predicate in asking), separation.code


@pytest.mark.usefixtures("plain_words")
def test_the_page_says_in_words_what_is_kept_apart_and_who_sees_what_whole(
    account: Any, role: Any, enter: Any
) -> None:
    account("auditor", role("aud", "access.view_roles", "access.unmask_user", family="audit"))
    page = enter("auditor").get(reverse("access:role-matrix")).content.decode()
    assert short_words("facts.enter_observation") in page
    assert "目前没有这类权限" in page  # nobody pays yet
    assert "138****1234" in page
    row = page[page.index("138****1234") :].partition("</tr>")[0]
    assert "角色aud" in row
    release()  # a register, whose fields are data
    assert "***" in enter("auditor").get(reverse("access:role-matrix")).content.decode()


@pytest.mark.usefixtures("plain_words")
def test_duties_kept_apart_are_told_in_words() -> None:
    with pytest.raises(Problem) as told:
        check_duties({"workplan.edit_plan"}, {"workplan.issue_plan"})
    assert short_words("workplan.issue_plan") in told.value.what
    assert "workplan." not in told.value.what
