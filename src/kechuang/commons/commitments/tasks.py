# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting open and close by the calendar, as the schemes in use say (报送轮次)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.calendar.queries import work_calendar
from kechuang.commons.commitments.actions import close_round, open_round
from kechuang.commons.commitments.models import Commitment, Round
from kechuang.commons.commitments.rounds import title_of
from kechuang.commons.commitments.schemes import DEFAULT, scheme_in_force
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ticks import ticking
from kechuang.engines.progress.rounds import Rhythm, window_on


@ticking("commitments.rounds", gettext_lazy("开启和截止报送轮次"))
def turn_rounds() -> int:
    """Close what is over, open what has begun; a round nobody opened while it ran is not asked for afterwards."""
    day, actor, turned = clock.today(), Actor.system(_("报送轮次")), 0
    with clock.pinned(day):
        for over in Round.objects.filter(closed_on__isnull=True, due_on__lt=day):
            close_round(over, actor, idempotency_key=f"closed commitments.round:{over.pk}")
            turned += 1
        live = Commitment.objects.filter(kind=Commitment.Kind.TASK, state=Commitment.State.OPEN)
        for code in sorted(
            {scheme or DEFAULT for scheme in live.order_by().values_list("scheme", flat=True)}
        ):
            turned += _open(code, actor)
    return turned


def _open(scheme: str, actor: Actor) -> int:
    opened, day, calendar = 0, clock.today(), work_calendar()
    for part in scheme_in_force(scheme).rounds:
        rhythm = Rhythm(part.code, part.every, part.month, part.day, part.open_days)
        window = window_on(rhythm, day, calendar.on_or_after)
        if window is None:
            continue
        key = {"scheme": scheme, "code": part.code, "year": window.year, "no": window.no}
        if Round.objects.filter(**key).exists():
            continue
        open_round(
            None,
            actor,
            scheme=scheme,
            code=part.code,
            title=title_of(rhythm, part.name, window.year, window.no),
            window=window,
            receivers=[one.model_dump() for one in part.receivers],
            idempotency_key="opened " + " ".join(map(str, key.values())),
        )
        opened += 1
    return opened
