# SPDX-License-Identifier: Apache-2.0
"""What rooms hold of a person beside the account goes with it (删除个人信息)."""

from __future__ import annotations

from collections.abc import Callable

from kechuang.commons.access.models import PersonalKey, User
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref

erasures: Port[Callable[[User], int]] = Port("access.erasures")
"""Empties what is personal in a room's records of this person, in the running transaction; how many there were."""


def destroy_key(ref: Ref) -> None:
    """Without its key no digest in the journal says any more what it is of; the chain still fits."""
    PersonalKey.objects.filter(ref_kind=ref.kind, ref_id=ref.id).delete()
