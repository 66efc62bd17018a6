# SPDX-License-Identifier: Apache-2.0
"""Who may see and keep records, and who may define registers; who defines does not release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Filing, Record, RegisterDraft

VIEW, KEEP, HEAD, SENSITIVE, CONSENT = (
    "registers.view_record",
    "registers.keep_record",
    "registers.head_record",
    "registers.view_sensitive",
    "registers.give_consent",
)


def can_view_record(record: Record | None, actor: Actor) -> Verdict:
    """Who works with registers."""
    del record
    return holds(actor, VIEW)


def _over(record: Record | None, actor: Actor, permission: str) -> Verdict:
    verdict = holds(actor, permission)
    if not verdict or record is None or record.unit is None:
        return verdict
    over = holds(actor, permission, over=Ref.of(record.unit))
    return over or refuse(_("这份台账由%(unit)s维护，请由该处室办理。") % {"unit": record.unit})


def can_keep_record(record: Record | None, actor: Actor) -> Verdict:
    """The office that keeps a register keeps its records."""
    return _over(record, actor, KEEP)


def can_make_records(office: Unit | None, owners: Iterable[Unit] | None, actor: Actor) -> Verdict:
    """The office of a register makes its records, and so does another office those that will all be its own."""
    verdict = can_keep_record(Record(unit=office), actor)
    if verdict or owners is None:
        return verdict
    return first_refusal(*(can_keep_record(Record(unit=unit), actor) for unit in owners))


def can_begin_record(piece: RegisterPiece, actor: Actor) -> Verdict:
    """Who may open the form of a new record: where records may have an owner, every office that may keep any."""
    unit = Unit.objects.filter(code=piece.office).first() if piece.office and not piece.owner else None
    return can_keep_record(Record(unit=unit), actor)


def can_unmask_record(record: Record, actor: Actor) -> Verdict:
    """The office that keeps a record sees its sensitive values whole, for a purpose; so does who reaches them all."""
    return _over(record, actor, SENSITIVE)


def can_head_record(record: Record, actor: Actor) -> Verdict:
    """Moves that only a head makes."""
    return _over(record, actor, HEAD)


def can_give_consent(record: Record, actor: Actor) -> Verdict:
    """Who may speak for any side at all; for which one is asked of the side (同意)."""
    del record
    return holds(actor, CONSENT) or holds(actor, HEAD)


def can_install_records(thing: Any, actor: Actor) -> Verdict:
    """Records that content names are installed by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_file_record(thing: Any, actor: Actor) -> Verdict:
    """Anybody, from the public page; which registers take what is handed in is asked of the register (公众提交)."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("请退出登录后从公开目录提交，或由主管处室登记。"))


def can_rate_filing(filing: Filing, actor: Actor) -> Verdict:
    """Who holds the link that was given when it was handed in (评价)."""
    del filing
    return ALLOWED if actor.is_system else refuse(_("请从提交时得到的链接评价。"))


def can_define_register(thing: Any, actor: Actor) -> Verdict:
    """Who writes definitions."""
    del thing
    return holds(actor, "registers.define_register")


def can_edit_draft(draft: RegisterDraft, actor: Actor) -> Verdict:
    """Who began a draft goes on with it."""
    verdict = holds(actor, "registers.define_register")
    if not verdict or actor.is_system or draft.by_id == actor.id:
        return verdict
    return refuse(_("这份草案由%(who)s起草，请由本人修改。") % {"who": draft.by})


def can_release_register(draft: RegisterDraft, actor: Actor) -> Verdict:
    """A second person releases a definition (双人发布)."""
    verdict = holds(actor, "registers.release_register")
    if verdict and draft.by_id in actor.persons:
        return refuse(_("起草人不能发布自己的定义，请由另一位有权限的人发布。"))
    return verdict if not verdict else ALLOWED
