# SPDX-License-Identifier: Apache-2.0
"""What sources say of organisations (登记事项): read from what a person or a list gave, the newest word on each."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, OrganizationCode, Region, Statement
from kechuang.engines.linkage.codes import (
    ORGANIZATION,
    REGISTRATION,
    USCC,
    contained,
    kind_of,
    mended,
    plain_code,
)
from kechuang.engines.linkage.evidence import Description


@dataclass(frozen=True, slots=True)
class Profile:
    """Who an organisation is, as a person or a list gives it: codes by kind, further facts by field."""

    name: str
    codes: Mapping[str, str] = field(default_factory=dict)
    region: Region | None = None
    head: Organization | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


FREE = (
    Statement.Field.ADDRESS,
    Statement.Field.INDUSTRY,
    Statement.Field.REPRESENTATIVE,
    Statement.Field.FOUNDED,
)
LONGEST_NAME, LONGEST_VALUE = 120, 200


def clean_name(text: str) -> str:
    """A name on one line without control marks. Raises Problem where nothing is left, or too much."""
    name = " ".join("".join(mark for mark in text if unicodedata.category(mark)[0] != "C").split())
    if not name or len(name) > LONGEST_NAME:
        raise Problem(
            _("名称须为 1 至 %(most)s 个字。") % {"most": LONGEST_NAME},
            remedy=_("请填写登记的全称。"),
            field="name",
        )
    return name


def clean_code(text: str, kind: str) -> str:
    """A code of a kind in plain form, or nothing. Raises Problem where it is none, with the codes it may be."""
    code = plain_code(text)
    if not code or kind_of(code) == kind:
        return code
    words = dict(OrganizationCode.Kind.choices)[kind]
    likely = mended(code) if kind == USCC else []
    remedy = {
        USCC: _("统一社会信用代码为 18 位，末位是校验位，请对照营业执照核对。"),
        REGISTRATION: _("工商注册号为 15 位数字。"),
        ORGANIZATION: _("组织机构代码为 8 位加 1 位校验位。"),
    }[kind]
    if likely:
        remedy += _("是否为 %(codes)s？") % {"codes": "、".join(likely)}
    raise Problem(
        _("“%(code)s”不是有效的%(kind)s。") % {"code": code[:40], "kind": words}, remedy=remedy, field=kind
    )


def require_one_holder(uscc: str, organization_code: str) -> None:
    """Raise Problem where a unified code holds another old code inside than the one given."""
    if uscc and organization_code and contained(uscc) != organization_code:
        raise Problem(
            _("组织机构代码 %(old)s 与统一社会信用代码 %(new)s 第 9 至 17 位不一致。")
            % {"old": organization_code, "new": uscc},
            remedy=_("请核对，两者应属于同一机构。"),
            field=ORGANIZATION,
        )


def statements(
    organization: Organization,
    facts: Mapping[str, str],
    *,
    source: str,
    day: dt.date,
    ref: Ref | None = None,
) -> list[Statement]:
    """Statements to be stored, one for each fact that says something."""
    return [
        Statement(
            organization=organization,
            field=matter,
            value=value.strip()[:LONGEST_VALUE],
            source=source[:120],
            source_kind=ref.kind if ref else "",
            source_id=ref.id if ref else "",
            said_on=day,
        )
        for matter, value in facts.items()
        if value.strip()
    ]


def identity_facts(name: str, uscc: str | None, region: Region | None) -> dict[str, str]:
    """What a source says of who an organisation is."""
    return {
        Statement.Field.NAME: name,
        Statement.Field.USCC: uscc or "",
        Statement.Field.REGION: region.name if region else "",
    }


def newest_facts(said: Iterable[Statement]) -> dict[str, str]:
    """The newest standing word on each matter."""
    found: dict[str, str] = {}
    for one in sorted(said, key=lambda each: (each.said_on, each.pk or 0)):
        if not one.withdrawn:
            found[one.field] = one.value
    return found


def described(organization: Organization) -> Description:
    """An organisation as the linkage weighs it; prefetch ``codes``, ``former_names``, ``statements``."""
    codes = {code.kind: code.value for code in organization.codes.all() if code.until is None}
    if organization.uscc and kind_of(organization.uscc) == USCC:
        codes[USCC] = organization.uscc
    facts = newest_facts(organization.statements.all())
    if organization.region is not None:
        facts[Statement.Field.REGION] = organization.region.name
    names = (organization.name, *(former.name for former in organization.former_names.all()))
    return Description(
        names, codes, {key: text for key, text in facts.items() if key not in {"name", "uscc"}}
    )
