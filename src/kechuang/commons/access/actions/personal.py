# SPDX-License-Identifier: Apache-2.0
"""Personal data: seen whole for a purpose, taken out with a mark, used by consent."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from kechuang.commons.access.fieldclasses import field_class, value_of
from kechuang.commons.access.models import Consent, Purpose
from kechuang.commons.access.permissions import can_export_sensitive, can_keep_consent, can_unmask
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref


@action("access.field.unmasked", permission=can_unmask)
def unmask_field(thing: Model, actor: Actor, *, field: str, purpose: str) -> str:
    """Show one sensitive value whole (查看原文) for a purpose that the journal keeps beside who looked."""
    del actor
    if field_class(thing, field).level != "sensitive":
        raise Problem(_("没有这个需要脱敏的字段。"), remedy=_("请从记录页进入。"))
    if not purpose.strip():
        raise Problem(_("查看原文须说明用途。"), remedy=_("请填写用途。"), field="purpose")
    return str(value_of(thing, field) or "")


@action("access.list.exported", permission=can_export_sensitive)
def note_export(thing: None, actor: Actor, *, title: str, rows: int, address: str) -> None:
    """A list with personal data was taken out of the system (导出含个人信息的清单)."""
    del thing, actor, title, rows, address


@action("access.consent.given", permission=can_keep_consent)
def give_consent(thing: Model, actor: Actor, *, purpose: Purpose) -> Consent:
    """Agree to a use of personal data (同意) under its current text; an earlier text is left behind."""
    del actor
    if not purpose.current:
        raise Problem(_("告知内容已更新。"), remedy=_("请刷新页面，阅读最新内容后再同意。"))
    ref = Ref.of(thing)
    note(subject=str(ref), release=purpose.release)
    subject = {"subject_kind": ref.kind, "subject_id": ref.id}
    now = clock.now()
    given = Consent.objects.filter(**subject, purpose__code=purpose.code, withdrawn_at__isnull=True)
    given.exclude(purpose=purpose).update(withdrawn_at=now)
    consent, made = Consent.objects.get_or_create(
        **subject, purpose=purpose, withdrawn_at=None, defaults={"given_at": now}
    )
    if not made:
        raise Problem(_("您已经同意过这项用途。"), remedy=_("请刷新页面。"))
    return consent


@action("access.consent.withdrawn", permission=can_keep_consent)
def withdraw_consent(thing: Model, actor: Actor, *, code: str) -> None:
    """Withdraw a consent (撤回同意): from now on the use is not covered; what was done before stays lawful."""
    del actor
    ref = Ref.of(thing)
    given = Consent.objects.filter(
        subject_kind=ref.kind, subject_id=ref.id, purpose__code=code, withdrawn_at__isnull=True
    )
    if not given.update(withdrawn_at=clock.now()):
        raise Problem(_("没有可撤回的同意。"), remedy=_("请刷新页面。"))
