# SPDX-License-Identifier: Apache-2.0
"""Reading consents, and who saw what is personal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kechuang.commons.access.actors import USER_KIND
from kechuang.commons.access.models import Consent, Purpose
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse

LOOKS = ("access.field.unmasked", "access.list.exported")


@dataclass(frozen=True, slots=True)
class Standing:
    """A purpose and how a subject stands to it: the consent in force, whether its text is an earlier one."""

    purpose: Purpose
    consent: Consent | None

    @property
    def outdated(self) -> bool:
        """Whether the text agreed to has been replaced since."""
        return self.consent is not None and self.consent.purpose_id != self.purpose.pk


def consents_of(subject: Ref) -> list[Standing]:
    """Every current purpose asked of such a subject, with its consent if any (2 queries)."""
    given = {
        consent.purpose.code: consent
        for consent in Consent.objects.filter(
            subject_kind=subject.kind, subject_id=subject.id, withdrawn_at__isnull=True
        ).select_related("purpose")
    }
    asked_of = Purpose.AskedOf.PERSON if subject.kind == USER_KIND else Purpose.AskedOf.ORGANIZATION
    asked = Purpose.objects.filter(current=True, asked_of=asked_of)
    return [Standing(purpose, given.get(purpose.code)) for purpose in asked]


def consents(subject: Ref, code: str) -> Verdict:
    """Whether the subject agreed to a use and did not withdraw; the rooms ask before they use personal data."""
    given = Consent.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, purpose__code=code, withdrawn_at__isnull=True
    )
    if given.exists():
        return ALLOWED
    name = Purpose.objects.filter(code=code, current=True).values_list("name", flat=True).first()
    return refuse(_("本人（或本单位）没有同意“%(purpose)s”，不能使用。") % {"purpose": name or code})


def views_of(subject: Ref) -> QuerySet[Entry]:
    """Who saw a record's sensitive fields whole, the newest first."""
    return history_of(subject).filter(verb=LOOKS[0])


def sensitive_views() -> QuerySet[Entry]:
    """Every unmasking and every export of personal data, done or refused."""
    return Entry.objects.filter(verb__in=LOOKS)
