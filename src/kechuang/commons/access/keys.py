# SPDX-License-Identifier: Apache-2.0
"""The key of a record's personal values in the journal: made with the first of them, destroyed by erasure."""

from __future__ import annotations

import secrets

from kechuang.commons.access.models import PersonalKey
from kechuang.commons.kernel.refs import Ref


def key_of(ref: Ref) -> bytes:
    """The key of a record."""
    row, _made = PersonalKey.objects.get_or_create(
        ref_kind=ref.kind, ref_id=ref.id, defaults={"key": secrets.token_bytes(32)}
    )
    return bytes(row.key)
