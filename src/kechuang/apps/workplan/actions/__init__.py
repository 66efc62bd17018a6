# SPDX-License-Identifier: Apache-2.0
"""Changes of plans.

importing    a document becomes a draft; draft_lines writes its lines, carrying keeps what the version before settled
editing      title, lines and areas put right; offices: their names and roles; numbers: targets and promises
carryover    what the last year left unfinished
reshaping    lines added, left out, split and merged
issuing      a draft becomes the plan in force; tracking opens and revises its commitments
judging      by which scheme lights and letters go
installing   the facts of a content pack as a plan
"""

from kechuang.apps.workplan.actions.carryover import carry_item
from kechuang.apps.workplan.actions.editing import (
    accept_item,
    add_area,
    correct_plan,
    edit_area,
    edit_item,
    remove_area,
)
from kechuang.apps.workplan.actions.importing import import_plan
from kechuang.apps.workplan.actions.installing import install_plan_facts
from kechuang.apps.workplan.actions.issuing import discard_version, issue_plan, settle_lead
from kechuang.apps.workplan.actions.judging import choose_scheme
from kechuang.apps.workplan.actions.numbers import Number, correct_target, decide_promise
from kechuang.apps.workplan.actions.offices import OfficeLine, match_office, set_offices
from kechuang.apps.workplan.actions.reshaping import (
    add_item,
    exclude_item,
    merge_item,
    restore_item,
    split_item,
)

__all__ = [
    "Number",
    "OfficeLine",
    "accept_item",
    "add_area",
    "add_item",
    "carry_item",
    "choose_scheme",
    "correct_plan",
    "correct_target",
    "decide_promise",
    "discard_version",
    "edit_area",
    "edit_item",
    "exclude_item",
    "import_plan",
    "install_plan_facts",
    "issue_plan",
    "match_office",
    "merge_item",
    "remove_area",
    "restore_item",
    "set_offices",
    "settle_lead",
    "split_item",
]
