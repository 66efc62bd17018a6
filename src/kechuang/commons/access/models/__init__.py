# SPDX-License-Identifier: Apache-2.0
"""What access stores.

accounts      accounts, one-time links, second factors, sessions
grants        roles, grants, requests for them, delegations
onboarding    batches of new accounts
personal      keys of personal values, purposes, consents
"""

from kechuang.commons.access.models.accounts import OneTimeLink, SecondFactor, Session, User
from kechuang.commons.access.models.grants import Delegation, Grant, GrantRequest, Role
from kechuang.commons.access.models.onboarding import Onboarding
from kechuang.commons.access.models.personal import Consent, PersonalKey, Purpose

__all__ = (
    "Consent",
    "Delegation",
    "Grant",
    "GrantRequest",
    "Onboarding",
    "OneTimeLink",
    "PersonalKey",
    "Purpose",
    "Role",
    "SecondFactor",
    "Session",
    "User",
)
