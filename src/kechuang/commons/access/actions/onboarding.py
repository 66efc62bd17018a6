# SPDX-License-Identifier: Apache-2.0
"""Many accounts from one file (批量开户), or one from a form: opened, their roles asked for, their links made."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from kechuang.commons.access.actions.accounts import create_account
from kechuang.commons.access.actions.credentials import issue_link
from kechuang.commons.access.actions.grants import request_grant
from kechuang.commons.access.ciphers import seal
from kechuang.commons.access.models import Onboarding, OneTimeLink, User
from kechuang.commons.access.onboarding import NewAccount, Row, account_of, check_rows, read_sheet
from kechuang.commons.access.permissions import can_create_account, can_keep_onboarding
from kechuang.commons.access.queries.accounts import rows_of
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("access.account.opened", permission=can_create_account, silent=("account",))
def open_account(thing: None, actor: Actor, *, account: NewAccount, by_mail: bool = False) -> OneTimeLink:
    """Open an account, ask the security administrator for its role, make the link that sets its password."""
    del thing
    return _open(account, actor, by_mail=by_mail)


def _open(account: NewAccount, actor: Actor, *, by_mail: bool) -> OneTimeLink:
    user = create_account(
        None,
        actor,
        username=account.username,
        display_name=account.display_name,
        email=account.email,
        phone=account.phone,
    )
    link = issue_link(user, actor, purpose=OneTimeLink.Purpose.INVITE, by_mail=by_mail and bool(user.email))
    if account.role is not None:
        request_grant(
            user,
            actor,
            role=account.role,
            scope=account.scope,
            over=account.over,
            since=account.since,
            until=account.until,
        )
    return link


@action("access.onboarding.handed_in", permission=can_create_account, silent=("data",))
def hand_in_accounts(thing: None, actor: Actor, *, file_name: str, data: bytes) -> Onboarding:
    """Take in a list of new accounts: read and checked, nothing opened yet."""
    del thing
    rows = read_sheet(data)
    check_rows(rows)
    return Onboarding.objects.create(
        file_name=file_name[:150],
        rows_sealed=_sealed(rows),
        count=len(rows),
        faulty=sum(bool(row.problems) for row in rows),
        made_at=clock.now(),
        made_by=User.objects.get(pk=actor.id),
    )


def _sealed(rows: list[Row]) -> str:
    return seal(json.dumps([[row.line, row.cells, row.problems] for row in rows], ensure_ascii=False))


@action("access.onboarding.confirmed", permission=can_keep_onboarding)
def confirm_onboarding(
    batch: Onboarding, actor: Actor, *, leave_out: bool = False, by_mail: bool = False
) -> Onboarding:
    """Open every account of the list, all or none; rows with something wrong are left out only where that is asked.

    ``links`` of the result are shown or mailed once. The list itself, with its addresses, is kept no longer.
    """
    _check_draft(batch)
    rows = rows_of(batch)
    if any(row.problems for row in rows) and not leave_out:
        raise Problem(
            _("有 %(count)s 行有误，没有开户。") % {"count": batch.faulty},
            remedy=_("请更正后重新上传，或确认略过有误的行。"),
        )
    links = [_open_row(row, actor, by_mail=by_mail) for row in rows if not row.problems]
    if not links:
        raise Problem(_("没有可以开户的行。"), remedy=_("请更正后重新上传。"))
    batch.opened.set([link.user for link in links])
    batch.state, batch.rows_sealed = Onboarding.State.DONE, ""
    batch.save(update_fields=["state", "rows_sealed"])
    note(opened=len(links), left_out=len(rows) - len(links))
    batch.links = links
    return batch


def _open_row(row: Row, actor: Actor, *, by_mail: bool) -> OneTimeLink:
    """One row, checked again: the world may have changed since the list was read."""
    try:
        return _open(account_of(row.cells), actor, by_mail=by_mail)
    except Problem as problem:
        raise Problem(problem.what, remedy=problem.remedy, field=problem.field, line=row.line) from problem


@action("access.onboarding.dropped", permission=can_keep_onboarding)
def drop_onboarding(batch: Onboarding, actor: Actor) -> Onboarding:
    """Give a list up (放弃); what it held is kept no longer."""
    del actor
    _check_draft(batch)
    batch.state, batch.rows_sealed = Onboarding.State.DROPPED, ""
    batch.save(update_fields=["state", "rows_sealed"])
    return batch


def _check_draft(batch: Onboarding) -> None:
    if batch.state != Onboarding.State.DRAFT:
        raise Problem(_("这份名单已经办理。"), remedy=_("请刷新页面。"))


@action("access.onboarding.links_renewed", permission=can_keep_onboarding)
def renew_links(batch: Onboarding, actor: Actor, *, by_mail: bool = False) -> Onboarding:
    """New links for those of a list who have set no password yet; the earlier ones are worth nothing."""
    waiting = [user for user in batch.opened.filter(is_active=True) if not user.has_usable_password()]
    if not waiting:
        raise Problem(_("名单上的人都已设置密码。"), remedy=_("忘记密码的，请在账号页重设。"))
    batch.links = [
        issue_link(user, actor, purpose=OneTimeLink.Purpose.INVITE, by_mail=by_mail and bool(user.email))
        for user in waiting
    ]
    note(renewed=len(waiting))
    return batch
