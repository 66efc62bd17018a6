# SPDX-License-Identifier: Apache-2.0
"""The journal (日志): entries, and the hash chain that seals them in the background."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry, Seal
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref

LONGEST_TEXT, LONGEST_LIST = 500, 100
GENESIS = "0" * 64
_SEAL_LOCK = 0x6B63_7365
personal_key: Port[Callable[[Ref], bytes]] = Port("kernel.personal_key")


class Personal(str):
    """A personal value on its way into an entry, which keeps only its digest."""

    __slots__ = ()


def record(
    verb: str,
    actor: Actor,
    ref: Ref | None,
    data: dict[str, Any],
    *,
    outcome: Entry.Outcome = Entry.Outcome.DONE,
    reason: str = "",
) -> Entry:
    """Write one entry. Only the action decorator and the sign-in machinery call this."""
    return Entry.objects.create(
        at=clock.now(),
        business_day=clock.today(),
        verb=verb,
        outcome=outcome,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        on_behalf_of=actor.on_behalf_of,
        ref_kind=ref.kind if ref else "",
        ref_id=ref.id if ref else "",
        data=_digested(data, ref),
        reason=reason,
    )


def _digested(value: Any, ref: Ref | None) -> Any:
    """The data of an entry with a digest in place of every personal value, however deep it stands."""
    if isinstance(value, Personal):
        return personal_digest(value, ref)
    if isinstance(value, dict):
        return {name: _digested(item, ref) for name, item in value.items()}
    return [_digested(item, ref) for item in value] if isinstance(value, list) else value


def personal_digest(value: str, ref: Ref | None = None) -> str:
    """A keyed digest of a personal value of the record: provable while the record's key lives, erased with it."""
    key = settings.SECRET_KEY.encode()
    if ref is not None:
        key += b"".join(key_of(ref) for key_of in personal_key.all())
    return "hmac:" + hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


def written_form(value: object, *, personal: bool = False) -> Any:
    """A value as the journal keeps it: plain JSON, pointers for records, digests for long or personal text."""
    return personal_digest(str(value)) if personal else _written(value)


@functools.singledispatch
def _written(value: object) -> Any:
    return _shortened(str(value))


@_written.register
def _(value: Personal) -> Personal:
    return value


@_written.register(type(None) | bool | int | float)
def _(value: object) -> object:
    return value


@_written.register
def _(value: dt.date) -> str:
    return value.isoformat()


@_written.register
def _(value: models.Model) -> str:
    return str(Ref.of(value))


@_written.register
def _(value: bytes) -> str:
    return f"sha256:{hashlib.sha256(value).hexdigest()}"


@_written.register(Mapping)
def _(value: Mapping[object, object]) -> dict[str, Any]:
    return {str(key): _written(item) for key, item in value.items()}


@_written.register(list | tuple | set | frozenset)
def _(value: Collection[object]) -> list[Any]:
    return [_written(item) for item in list(value)[:LONGEST_LIST]]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:80]}… sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def history_of(*refs: Ref) -> models.QuerySet[Entry]:
    """The entries about one thing, or several, the newest first."""
    about = models.Q(pk__in=())
    for kind in {ref.kind for ref in refs}:
        about |= models.Q(ref_kind=kind, ref_id__in=[ref.id for ref in refs if ref.kind == kind])
    return Entry.objects.filter(about)


def entry_hash(entry: Entry, before: str) -> str:
    """The SHA-256 of an entry's canonical text and the hash before it."""
    content = {
        "id": entry.pk,
        "at": entry.at.astimezone(dt.UTC).isoformat(),
        "day": entry.business_day.isoformat(),
        "verb": entry.verb,
        "outcome": entry.outcome,
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_name, entry.on_behalf_of],
        "ref": [entry.ref_kind, entry.ref_id],
        "data": entry.data,
        "reason": entry.reason,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def seal_journal(limit: int = 5000) -> int:
    """Chain up to ``limit`` entries not sealed yet; returns how many. Safe to run from several processes."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        last = Seal.objects.order_by("-seq").first()
        seq, before = (last.seq, last.hash) if last else (0, GENESIS)
        seals = []
        for entry in Entry.objects.filter(seal__isnull=True).order_by("id")[:limit]:
            seq, before = seq + 1, entry_hash(entry, before)
            seals.append(Seal(seq=seq, entry=entry, hash=before))
        Seal.objects.bulk_create(seals, batch_size=500)
    return len(seals)
