# SPDX-License-Identifier: Apache-2.0
"""How pointers to records and drafts are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.registers.models import Record, RecordConsent, RegisterDraft


@resolver("registers.record")
def records(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title and the page."""
    visible = viewer is None or bool(holds(viewer, "registers.view_record"))
    rows = Record.objects.filter(pk__in=ids).values_list("pk", "title")
    return {
        str(pk): Resolved(title, reverse("registers:record-detail", args=[pk]), visible) for pk, title in rows
    }


@resolver("registers.registerdraft")
def drafts(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The code and the page."""
    visible = viewer is None or bool(holds(viewer, "registers.define_register"))
    rows = RegisterDraft.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(row.code, reverse("registers:draft-edit", args=[row.pk]), visible)
        for row in rows
    }


@resolver("registers.recordconsent")
def consents(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The record it was about."""
    visible = viewer is None or bool(holds(viewer, "registers.view_record"))
    rows = RecordConsent.objects.filter(pk__in=ids).values_list("pk", "record_id", "record__title")
    return {
        str(pk): Resolved(title, reverse("registers:record-detail", args=[record]), visible)
        for pk, record, title in rows
    }
