# SPDX-License-Identifier: Apache-2.0
"""Every change of a commitment and of what belongs to it.

life   opened, revised, dropped; reported, merged, closed
"""

from kechuang.commons.commitments.actions.life import (
    Part,
    confirm_closure,
    drop_commitment,
    merge_parts,
    open_commitment,
    report_part,
    return_closure,
    revise_commitment,
)

__all__ = [
    "Part",
    "confirm_closure",
    "drop_commitment",
    "merge_parts",
    "open_commitment",
    "report_part",
    "return_closure",
    "revise_commitment",
]
