# SPDX-License-Identifier: Apache-2.0
"""Proving that nobody changed the journal (校验): every hash is computed again and compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from kechuang.commons.kernel.journal import GENESIS, entry_hash
from kechuang.commons.kernel.models import Entry, Seal

LATE = dt.timedelta(hours=1)  # no action runs that long: an older entry was not written when it says


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the journal does not fit: what, at which seal, about which entry."""

    kind: Literal["missing", "changed", "backdated", "another-head"]
    seq: int = 0
    entry: int = 0

    def __str__(self) -> str:
        words = {
            "missing": _("第 %(seq)s 环缺失：封存或其日志已被删除"),
            "changed": _("第 %(seq)s 环：日志 %(entry)s 已被改动，或其前被插入、删除"),
            "backdated": _("日志 %(entry)s 的时间早于此前已封存的日志，可能是事后插入"),
            "another-head": _("第 %(seq)s 环与此前记下的链头不符，日志链可能被截断或重做"),
        }
        return words[self.kind] % {"seq": self.seq, "entry": self.entry}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along the chain found; ``head`` is its last link, "seq:hash"."""

    sealed: int
    unsealed: int
    faults: list[Fault]
    head: str

    @property
    def intact(self) -> bool:
        """Whether nothing was changed, removed or inserted."""
        return not self.faults


def verify_journal(known_head: str = "") -> Verification:
    """Walk the whole chain.

    One that was cut off at its end, or made anew as a whole, fits in itself: note its ``head`` outside the database
    and give it to a later verification as ``known_head``.
    """
    faults = list(_faults())
    seq, _colon, hash_ = known_head.partition(":")
    if known_head and not Seal.objects.filter(seq=int(seq), hash=hash_).exists():
        faults.append(Fault("another-head", int(seq)))
    last = Seal.objects.order_by("-seq").first()
    head = f"{last.seq}:{last.hash}" if last else ""
    unsealed = Entry.objects.filter(seal__isnull=True).count()
    return Verification(Seal.objects.count(), unsealed, faults, head)


def _faults() -> Iterator[Fault]:
    before, expected, latest = GENESIS, 1, None
    for seal in Seal.objects.select_related("entry").order_by("seq").iterator(chunk_size=2000):
        entry = seal.entry
        if seal.seq != expected:
            yield Fault("missing", expected)
        elif entry_hash(entry, before) != seal.hash:
            yield Fault("changed", seal.seq, entry.pk)
        elif latest and entry.at < latest - LATE:
            yield Fault("backdated", seal.seq, entry.pk)
        latest = max(latest, entry.at) if latest else entry.at
        before, expected = seal.hash, seal.seq + 1
    if latest:
        waiting = Entry.objects.filter(seal__isnull=True, at__lt=latest - LATE)
        yield from (Fault("backdated", 0, pk) for pk in waiting.values_list("pk", flat=True))
