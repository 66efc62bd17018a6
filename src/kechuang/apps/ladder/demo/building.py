# SPDX-License-Identifier: Apache-2.0
"""The demo's lists, uploaded by one person of the demo and confirmed by another, each on its own day."""

from __future__ import annotations

import datetime as dt

from kechuang.apps.ladder.actions.intake import upload_list
from kechuang.apps.ladder.actions.registering import confirm_list
from kechuang.apps.ladder.demo.history import History, Published
from kechuang.apps.ladder.figures import HIGH_TECH
from kechuang.apps.ladder.models import ListImport
from kechuang.apps.ladder.queries import qualifications_of
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.access.models import User
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.actions import revoke_qualification
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.queries import divisions_on

REVOKED_ON = dt.date(2019, 6, 10)
LATER = dt.timedelta(days=2)


def build_demo(actor: Actor) -> int:
    """Upload and confirm what is not here yet; returns how many lists there are. Running it again adds nothing."""
    enters = _person("ladder.import_list", actor)
    confirms = _person("ladder.confirm_list", actor)
    kinds = QualificationKind.objects.in_bulk()
    here = {listed.title: listed for listed in ListImport.objects.filter(demo=True)}
    lists = [one for one in History(_districts()).lists() if one.kind in kinds]
    for one in lists:
        listed = here.get(one.title) or _upload(one, kinds[one.kind], enters)
        if not one.draft and listed.state == ListImport.State.DRAFT:
            with clock.pinned(one.day + LATER):
                confirm_list(listed, confirms)
            _revoke_some(listed, confirms)
    return len(lists)


def _upload(one: Published, kind: QualificationKind, actor: Actor) -> ListImport:
    with clock.pinned(one.day + LATER):
        return upload_list(
            kind, actor, name=one.file_name, data=one.as_csv(), issued_on=one.day, title=one.title, demo=True
        )


def _revoke_some(listed: ListImport, actor: Actor) -> None:
    """A few certificates of the year before were taken away in the demo year, so that the bridge shows it."""
    if listed.kind_id != HIGH_TECH or listed.issued_on.year != REVOKED_ON.year - 1:
        return
    with clock.pinned(REVOKED_ON):
        for qualification in qualifications_of(listed).order_by("pk")[:1]:
            revoke_qualification(qualification, actor, on=REVOKED_ON, reason="演示：年度抽查不符合认定条件")


def _districts() -> list[tuple[str, str]]:
    """The innermost divisions of the city's content."""
    return list(divisions_on(clock.today()).values_list("code", "name"))


def _person(permission: str, otherwise: Actor) -> Actor:
    """Who of the demo may do it, of the office that answers for the number if there is one."""
    people = [actor_of(user) for user in User.objects.filter(demo=True, is_active=True).order_by("pk")]
    able = [person for person in people if holds(person, permission)]
    owner = Indicator.objects.filter(figure__startswith="ladder.").values_list("owner_id", flat=True).first()
    own = [person for person in able if str(owner) in ids_in_scope(person, permission, "parties.unit")[1]]
    return next(iter(own or able), otherwise)
