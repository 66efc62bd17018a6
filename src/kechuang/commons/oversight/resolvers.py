# SPDX-License-Identifier: Apache-2.0
"""How pointers to letters, rounds and objections are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import Round
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.oversight.models import Letter, Objection

VIEW = "oversight.view_letter"


def _visible(viewer: Actor | None) -> bool:
    return viewer is None or bool(holds(viewer, VIEW))


@resolver("oversight.letter")
def letters(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Name, number and matter; its page."""
    visible = _visible(viewer)
    rows = Letter.objects.filter(pk__in=ids).select_related("commitment", "milestone")
    return {
        str(row.pk): Resolved(
            f"{row.name} {row.number} {row.item.title}",
            reverse("oversight:letter-detail", args=[row.pk]),
            visible,
        )
        for row in rows
    }


@resolver("commitments.round")
def rounds(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title; its page."""
    visible = _visible(viewer)
    return {
        str(row.pk): Resolved(row.title, reverse("oversight:round-detail", args=[row.pk]), visible)
        for row in Round.objects.filter(pk__in=ids)
    }


@resolver("oversight.objection")
def objections(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The office and its reason; the sheet it is about."""
    visible = _visible(viewer)
    rows = Objection.objects.filter(pk__in=ids).select_related("unit")
    return {
        str(row.pk): Resolved(
            f"{row.unit} {row}",
            f"{reverse('oversight:score-detail', args=[row.unit_id])}?year={row.year}",
            visible,
        )
        for row in rows
    }
