# SPDX-License-Identifier: Apache-2.0
"""Reading accounts and what signs them in."""

from __future__ import annotations

import json
from typing import Any

from axes.models import AccessAttempt
from django.db.models import Q, QuerySet

from kechuang.commons.access.ciphers import unseal
from kechuang.commons.access.models import Onboarding, OneTimeLink, User
from kechuang.commons.access.onboarding import Row
from kechuang.commons.access.tokens import digest_of
from kechuang.commons.kernel.models import Entry


def link_of(token: str) -> OneTimeLink | None:
    """The link that a secret opens, used up or not."""
    return OneTimeLink.objects.select_related("user").filter(digest=digest_of(token)).first()


def rows_of(batch: Onboarding) -> list[Row]:
    """The rows of a list of new accounts; none once it is done or dropped."""
    return [Row(*kept) for kept in json.loads(unseal(batch.rows_sealed) or "[]")]


def failures_of(user: User) -> list[Any]:
    """Failed attempts to sign in to an account since the last success: from where, how often, the newest first."""
    return list(AccessAttempt.objects.filter(username=user.username).order_by("-attempt_time")[:20])


def account_history(user: User) -> QuerySet[Entry]:
    """What was done to an account, its grants, the requests for them and its links, the newest first."""
    about = Q(ref_kind="access.user", ref_id=str(user.pk))
    for kind, rows in (
        ("access.grant", user.grants),
        ("access.grantrequest", user.requests),
        ("access.onetimelink", user.links),
    ):
        about |= Q(ref_kind=kind, ref_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)])
    return Entry.objects.filter(about)
