# SPDX-License-Identifier: Apache-2.0
"""To-dos of figures: values that wait for a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.facts.models import Submission
from kechuang.commons.facts.permissions import can_verify_observation
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk

MOST = 50


@desk("figures")
def submission_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """At most one query."""
    del day
    if not holds(actor, "facts.verify_observation"):
        return
    waiting = Submission.objects.filter(state=Submission.State.ENTERED).select_related("indicator__owner")
    for submission in waiting.order_by("id")[:MOST]:
        if can_verify_observation(submission, actor):
            yield Todo(
                _("核实数据：%(indicator)s") % {"indicator": submission.indicator},
                _("%(by)s填报，%(end)s 期")
                % {"by": submission.entered_by, "end": submission.period_end.isoformat()},
                reverse("figures:submission-detail", args=[submission.pk]),
                light="yellow",
            )
