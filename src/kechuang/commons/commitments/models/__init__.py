# SPDX-License-Identifier: Apache-2.0
"""Commitments, responsibilities, reports, evidence; and what a clerk's year adds to them.

promised   the commitment, what names it, the offices' parts, their reports, evidence, the lead's merges
moving     a due date that may move
rounds     rounds of reporting, and what was asked in them
year       milestones, receipts, extensions, disagreements, lights set by hand
"""

from kechuang.commons.commitments.models.promised import (
    Commitment,
    Evidence,
    Merge,
    Report,
    Responsibility,
    Source,
)
from kechuang.commons.commitments.models.rounds import Call, Round
from kechuang.commons.commitments.models.year import (
    Disagreement,
    Extension,
    LightOverride,
    Milestone,
    Receipt,
)

__all__ = [
    "Call",
    "Commitment",
    "Disagreement",
    "Evidence",
    "Extension",
    "LightOverride",
    "Merge",
    "Milestone",
    "Receipt",
    "Report",
    "Responsibility",
    "Round",
    "Source",
]
