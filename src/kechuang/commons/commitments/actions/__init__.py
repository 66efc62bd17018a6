# SPDX-License-Identifier: Apache-2.0
"""Every change of a commitment and of what belongs to it.

life           opened, revised, dropped; reported, merged, closed
receipts       an office takes note of its part
milestones     drafted, approved, reached
extensions     more time, asked for and decided
disagreements  raised before a decider
lights         set by hand for a time
rounds         of reporting, opened and closed
sources        several of them name one commitment
"""

from kechuang.commons.commitments.actions.disagreements import (
    decide_disagreement,
    raise_disagreement,
    withdraw_disagreement,
)
from kechuang.commons.commitments.actions.extensions import ask_extension, decide_extension
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
from kechuang.commons.commitments.actions.lights import lift_light, set_light
from kechuang.commons.commitments.actions.milestones import (
    approve_milestone,
    draft_milestone,
    drop_milestone,
    reach_milestone,
    return_milestone,
    revise_milestone,
)
from kechuang.commons.commitments.actions.receipts import receive_part
from kechuang.commons.commitments.actions.rounds import close_round, open_round
from kechuang.commons.commitments.actions.sources import join_commitment, name_source

__all__ = [
    "Part",
    "approve_milestone",
    "ask_extension",
    "close_round",
    "confirm_closure",
    "decide_disagreement",
    "decide_extension",
    "draft_milestone",
    "drop_commitment",
    "drop_milestone",
    "join_commitment",
    "lift_light",
    "merge_parts",
    "name_source",
    "open_commitment",
    "open_round",
    "raise_disagreement",
    "reach_milestone",
    "receive_part",
    "report_part",
    "return_closure",
    "return_milestone",
    "revise_commitment",
    "revise_milestone",
    "set_light",
    "withdraw_disagreement",
]
