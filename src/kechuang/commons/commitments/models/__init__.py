# SPDX-License-Identifier: Apache-2.0
"""Commitments, responsibilities, reports, evidence; and what a clerk's year adds to them.

promised   the commitment, what names it, the offices' parts, their reports, evidence, the lead's merges
"""

from kechuang.commons.commitments.models.promised import (
    Commitment,
    Evidence,
    Merge,
    Report,
    Responsibility,
    Source,
)

__all__ = [
    "Commitment",
    "Evidence",
    "Merge",
    "Report",
    "Responsibility",
    "Source",
]
