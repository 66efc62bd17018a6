# SPDX-License-Identifier: Apache-2.0
"""Changes of access.

roles         roles and purposes from content
accounts      opened, corrected, stopped, restarted, handed over, erased
grants        given, asked for, decided, taken back, delegated
credentials   links, passwords, second factors, sessions
onboarding    many accounts from one file
personal      unmasking, exporting, consenting
"""

from kechuang.commons.access.actions.accounts import (
    correct_account,
    correct_own_account,
    create_account,
    disable_account,
    enable_account,
    erase_account,
    unlock_account,
)
from kechuang.commons.access.actions.credentials import (
    change_password,
    end_sessions,
    enrol_factor,
    issue_link,
    leave_factor,
    link_subject,
    redeem_link,
    remove_factor,
    renew_recovery,
    spend_code,
)
from kechuang.commons.access.actions.delegations import delegate, end_delegation
from kechuang.commons.access.actions.grants import grant_role, request_grant, revoke_grant, settle_request
from kechuang.commons.access.actions.handover import hand_over
from kechuang.commons.access.actions.onboarding import (
    confirm_onboarding,
    drop_onboarding,
    hand_in_accounts,
    open_account,
    renew_links,
)
from kechuang.commons.access.actions.personal import (
    give_consent,
    note_export,
    unmask_field,
    withdraw_consent,
)
from kechuang.commons.access.actions.roles import install_purposes, install_roles

__all__ = (
    "change_password",
    "confirm_onboarding",
    "correct_account",
    "correct_own_account",
    "create_account",
    "delegate",
    "disable_account",
    "drop_onboarding",
    "enable_account",
    "end_delegation",
    "end_sessions",
    "enrol_factor",
    "erase_account",
    "give_consent",
    "grant_role",
    "hand_in_accounts",
    "hand_over",
    "install_purposes",
    "install_roles",
    "issue_link",
    "leave_factor",
    "link_subject",
    "note_export",
    "open_account",
    "redeem_link",
    "remove_factor",
    "renew_links",
    "renew_recovery",
    "request_grant",
    "revoke_grant",
    "settle_request",
    "spend_code",
    "unlock_account",
    "unmask_field",
    "withdraw_consent",
)
