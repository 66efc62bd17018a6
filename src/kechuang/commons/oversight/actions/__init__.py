# SPDX-License-Identifier: Apache-2.0
"""Changes of oversight: ``letters`` sent, answered, withdrawn; ``objections`` raised and decided."""

from kechuang.commons.oversight.actions.letters import answer_letter, issue_letter, withdraw_letter
from kechuang.commons.oversight.actions.objections import decide_objection, raise_objection

__all__ = ["answer_letter", "decide_objection", "issue_letter", "raise_objection", "withdraw_letter"]
