# SPDX-License-Identifier: Apache-2.0
"""What is personal in applications is emptied (删除申请人信息), its proofs destroyed; what was settled stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.access.erasing import destroy_key, erasures
from kechuang.commons.access.models import User
from kechuang.commons.documents.actions import discard_document
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Registration

SEALED = ("applicant_sealed", "email_sealed", "phone_sealed")


def forget(registration: Registration) -> None:
    """Empty one application; used by actions alone."""
    registration.applicant = registration.email = registration.phone = ""
    registration.save(update_fields=SEALED)
    ref = Ref.of(registration)
    destroy_key(ref)
    proofs = Document.objects.filter(about_kind=ref.kind, about_id=ref.id, discard=None)
    for proof in proofs:
        discard_document(proof, Actor.system(_("删除个人信息")), reason=_("删除申请人信息"))


def forget_of(user: User) -> int:
    """Empty every application that led to an account."""
    rows = list(Registration.objects.filter(user=user).select_for_update())
    for row in rows:
        forget(row)
    return len(rows)


erasures.fill("parties", forget_of)
