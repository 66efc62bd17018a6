# SPDX-License-Identifier: Apache-2.0
"""A leader's instruction (批示) becomes a commitment of the offices it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kechuang.commons.comments.models import Comment
from kechuang.commons.commitments.actions import Part, open_commitment
from kechuang.commons.commitments.models import Commitment, Responsibility, Source
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.events import subscribes
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref, Resolved, visible_to
from kechuang.commons.parties.models import Unit
from kechuang.commons.parties.queries import units_on


@subscribes("comments.instruction.given")
def open_instructed(entry: Entry) -> None:
    """Open what was instructed; again, it changes nothing."""
    comment = Comment.objects.select_related("instruction").get(pk=entry.ref_id)
    terms, about = comment.instruction, Ref.of(comment)
    units = Unit.objects.in_bulk([ref.id for ref in terms.office_refs])
    roles = [Responsibility.Role.LEAD, *[Responsibility.Role.CO] * (len(terms.offices) - 1)]
    parts = [Part(units[int(ref.id)], role) for ref, role in zip(terms.office_refs, roles, strict=True)]
    with clock.pinned(entry.business_day):
        open_commitment(
            None,
            Actor.system(_("批示督办")),
            kind=Commitment.Kind.INSTRUCTION,
            code=f"PS{entry.business_day.year}-{comment.pk:04}",
            title=terms.title,
            text=comment.text,
            start=entry.business_day,
            due=terms.due,
            source=about,
            parts=parts,
            idempotency_key=f"opened for {about}",
        )


def offices(day: dt.date) -> list[tuple[Ref, str]]:
    """The offices an instruction may be given to (fills ``comments.offices``)."""
    return [(Ref.of(unit), unit.short_name) for unit in units_on(day)]


def opened_for(comments: Iterable[Ref], viewer: Actor) -> Mapping[Ref, Resolved]:
    """What was opened for each comment, as far as the viewer may open it (fills ``comments.outcomes``)."""
    wanted = list(comments)
    rows = Source.objects.filter(ref_kind="comments.comment", ref_id__in=[ref.id for ref in wanted])
    named = {row.ref: Ref("commitments.commitment", str(row.commitment_id)) for row in rows}
    seen = visible_to(viewer, named.values())
    return {ref: seen[commitment] for ref, commitment in named.items() if commitment in seen}
