# SPDX-License-Identifier: Apache-2.0
"""Who of the sides has agreed to a record as it stands (同意情况)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import Verdict, refuse
from kechuang.commons.registers.definitions import Consent, RegisterPiece
from kechuang.commons.registers.models import Record, RecordConsent
from kechuang.commons.registers.permissions import CONSENT, can_head_record


@dataclass(frozen=True, slots=True)
class Side:
    """A side and what it last said: nothing, yes, no, or yes to what has changed since."""

    consent: Consent
    standing: Literal["silent", "agreed", "declined", "lapsed"]
    said: RecordConsent | None


def digest_of(consent: Consent, record: Record) -> str:
    """What a side sees: the fields it speaks of, as one digest."""
    seen = {code: record.data.get(code) for code in consent.over}
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sides_of(piece: RegisterPiece, record: Record) -> list[Side]:
    """Every side of a record with what it last said (one query)."""
    last = {said.side: said for said in record.consents.all()} if piece.consents else {}
    return [_side(consent, record, last.get(consent.code)) for consent in piece.consents]


def _side(consent: Consent, record: Record, said: RecordConsent | None) -> Side:
    if said is None:
        return Side(consent, "silent", None)
    if not said.agreed:
        return Side(consent, "declined", said)
    return Side(consent, "agreed" if said.seen == digest_of(consent, record) else "lapsed", said)


def may_speak(consent: Consent, record: Record, actor: Actor) -> Verdict:
    """Whether a person speaks for a side of a record."""
    if consent.by == "head":
        return can_head_record(record, actor)
    if record.region is None:
        return refuse(_("记录还没有写明区县。"))
    over = holds(actor, CONSENT, over=Ref.of(record.region))
    return over or refuse(_("须由%(region)s办理。") % {"region": record.region})
