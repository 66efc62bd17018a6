# SPDX-License-Identifier: Apache-2.0
"""To-dos of parties: doubts of lists to settle, lists and applications that wait for a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.parties.models import PartyList, PartyRow, Registration
from kechuang.commons.parties.queries.registrations import registrations_for


@desk("parties.lists")
def list_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """Who enters lists settles their doubts; somebody else confirms them (one query)."""
    enters, confirms = holds(actor, "parties.import_list"), holds(actor, "parties.confirm_list")
    if not (enters or confirms):
        return
    waiting = Count("rows", filter=Q(rows__decision=PartyRow.Decision.OPEN))
    drafts = PartyList.objects.filter(state=PartyList.State.DRAFT, said_on__lte=day).annotate(waiting=waiting)
    for listed in drafts:
        page = reverse("parties:list-detail", args=[listed.pk])
        if listed.waiting and enters:
            words = _("还有 %(count)s 行存疑，请逐行决定或采纳建议") % {"count": listed.waiting}
            yield Todo(listed.title, words, page, light="yellow", group=_("机构名单"))
        elif not listed.waiting and confirms and not actor.persons & set(listed.uploaded_by_ids):
            words = _("存疑行已处理完，请核对后确认登记")
            yield Todo(listed.title, words, page, light="yellow", group=_("机构名单"))


@desk("parties.registrations")
def registration_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """Applications that wait for this district or office (one query)."""
    del day
    if not holds(actor, "parties.settle_registration"):
        return
    for one in registrations_for(actor).filter(state=Registration.State.SUBMITTED).order_by("pk"):
        page = reverse("parties:registration-detail", args=[one.pk])
        yield Todo(one.name, _("注册申请等待核对"), page, light="yellow", group=_("注册申请"))
