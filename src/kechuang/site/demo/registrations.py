# SPDX-License-Identifier: Apache-2.0
"""Those who register themselves in the demo year, and what the demo's district has done of it and still has to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Purpose, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.actions.colleagues import open_colleague
from kechuang.commons.parties.actions.registrations import (
    accept_registration,
    amend_registration,
    file_registration,
    return_registration,
)
from kechuang.commons.parties.applications import Application
from kechuang.commons.parties.models import Organization, OrganizationKind, Region, Registration

DISTRICT, PURPOSE = "demo-district", "self_registration"
PROOF = ("授权书.pdf", b"%PDF-1.7 demo")
MISSING = ("授权书没有加盖公章（演示）", "授权书没有写明被授权人手机（演示）")
FIRMS = 4


class Counter:
    """The district's counter: applications come in, some are settled, the others wait on its desk."""

    def __init__(self, region: Region, district: Actor, purpose: Purpose) -> None:
        self.region, self.district, self.purpose = region, district, purpose
        self.applicant, self.filed = Actor.system("自助注册"), 0

    def play(self, firms: Sequence[Organization]) -> int:
        """One accepted and then to change hands, one returned, one returned and mended, one new, and an expert."""
        first, second, third, fourth = firms
        taken_up = accept_registration(self._file(first, "甲"), self.district)
        self._with_colleague(taken_up)
        self._returned(second, "乙")
        mended = self._returned(third, "丙")
        amend_registration(mended, self.applicant, application=self._application(third, "丙"), proof=PROOF)
        self._file(fourth, "丁")
        self._file(first, "戊")
        self._file(None, "己")
        return self.filed

    @staticmethod
    def _with_colleague(accepted: Registration) -> None:
        """The firm's administrator opens an account for somebody of his."""
        assert accepted.organization is not None
        assert accepted.user is not None
        administrator = actor_of(accepted.user)
        phone = "19900010000"
        open_colleague(accepted.organization, administrator, display_name="演示同事", phone=phone)

    def _returned(self, firm: Organization, who: str) -> Registration:
        made: Registration = return_registration(self._file(firm, who), self.district, missing=MISSING)
        return made

    def _file(self, firm: Organization | None, who: str) -> Registration:
        self.filed += 1
        made: Registration = file_registration(
            None,
            self.applicant,
            application=self._application(firm, who),
            proof=PROOF,
            purpose=self.purpose,
            sender=f"demo-{self.filed}",
            by_mail=False,
        )
        return made

    def _application(self, firm: Organization | None, who: str) -> Application:
        return Application(
            kind=OrganizationKind.objects.get(code="enterprise" if firm else "expert"),
            name=firm.name if firm else "演示大学 新材料（演示）",
            uscc=(firm.uscc or "") if firm else "",
            region=self.region,
            applicant=f"演示申请人{who}",
            email=f"demo-{self.filed}@example.cn",
            phone=f"1990001{self.filed:04}",
        )


def _districts() -> Iterator[tuple[Region, Actor]]:
    """The demo's district: its region, and who sits there."""
    for user in User.objects.filter(username=DISTRICT, demo=True):
        for grant in user.grants.exclude(over=""):
            yield Region.objects.get(pk=Ref.parse(grant.over).id), actor_of(user)


def fill_registrations() -> int:
    """Applications at the district's counter; returns how many were filed, 0 where there are some already."""
    purpose = Purpose.objects.filter(code=PURPOSE, current=True).first()
    if purpose is None or Registration.objects.exists():
        return 0
    filed = 0
    for region, district in _districts():
        own = Organization.objects.filter(demo=True, region=region, uscc__isnull=False).order_by("pk")
        firms = list(own[:FIRMS])
        if len(firms) == FIRMS:
            filed += Counter(region, district, purpose).play(firms)
    return filed
