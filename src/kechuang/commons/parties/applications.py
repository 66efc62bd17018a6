# SPDX-License-Identifier: Apache-2.0
"""What an applicant hands in (注册申请的内容): filled in, checked, kept; used by actions alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from kechuang.commons.access.inputs import checked_email, checked_name, checked_phone
from kechuang.commons.documents.actions import store_document
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actions import note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import Personal
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import OrganizationKind, Region, Registration
from kechuang.commons.parties.statements import clean_code, clean_name
from kechuang.engines.linkage.codes import USCC


@dataclass(frozen=True, slots=True)
class Application:
    """What an applicant fills in."""

    kind: OrganizationKind
    name: str
    uscc: str
    region: Region
    applicant: str
    email: str
    phone: str


def require_state(registration: Registration, state: Registration.State) -> None:
    """Raise Problem where an application stands otherwise."""
    if registration.state != state:
        raise Problem(
            _("这份申请的状态是“%(state)s”，不能这样办理。") % {"state": registration.get_state_display()},
            remedy=_("请刷新页面。"),
        )


def fill(registration: Registration, given: Application) -> None:
    """Write down what was filled in. Raises Problem at the field that does not hold."""
    if not given.kind.account_role:
        raise Problem(_("这类主体不开放自助注册。"), remedy=_("请联系科技部门。"), field="kind")
    registration.kind, registration.region = given.kind, given.region
    registration.name = clean_name(given.name)
    registration.uscc = "" if given.kind.person else clean_code(given.uscc, USCC)
    if not given.kind.person and not registration.uscc:
        raise Problem(_("请填写统一社会信用代码。"), remedy=_("见营业执照或登记证书。"), field="uscc")
    try:
        registration.applicant = checked_name(given.applicant)
    except Problem as problem:
        problem.field = "applicant"
        raise
    registration.email, registration.phone = checked_email(given.email), checked_phone(given.phone)
    if not registration.email and not registration.phone:
        raise Problem(_("请填写手机或电子邮箱。"), remedy=_("用于联系和开户。"), field="phone")


def note_personal(registration: Registration) -> None:
    """What is personal enters the journal as digests of the registration's own key."""
    note(kind=registration.kind_id, uscc=registration.uscc, region=registration.region)
    note(
        **{
            name: Personal(value)
            for name in ("applicant", "email", "phone")
            if (value := getattr(registration, name))
        }
    )


def stored(registration: Registration, actor: Actor, proof: tuple[str, bytes]) -> Document:
    """Keep the file that proves it, under a name that says nothing of a person."""
    name, data = proof
    neutral = _("证明材料") + PurePath(name).suffix
    try:
        document: Document = store_document(None, actor, name=neutral, data=data, about=Ref.of(registration))
    except Problem as problem:
        problem.field = "proof"
        raise
    return document
