# SPDX-License-Identifier: Apache-2.0
"""What the demo year lacks, so that every page has something to show: a draft plan and a list that wait for somebody.

``python -m harness.beside`` adds it to the site that the environment names.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from kechuang.commons.kernel.actors import Actor

SAMPLES = Path(__file__).resolve().parents[2] / "content/samples"


def add_what_waits() -> None:
    """The shipped samples, brought in by those who may, and left waiting."""
    from kechuang.apps.ladder.actions.intake import upload_list  # noqa: PLC0415 - Django must be set up
    from kechuang.apps.workplan.actions import import_plan  # noqa: PLC0415
    from kechuang.apps.workplan.proposals import propose  # noqa: PLC0415
    from kechuang.commons.access.actors import actor_of  # noqa: PLC0415
    from kechuang.commons.access.models import User  # noqa: PLC0415
    from kechuang.commons.parties.models import QualificationKind  # noqa: PLC0415

    head, staff = (
        actor_of(
            User.objects.filter(username__startswith="demo-", username__endswith=f"-{role}").earliest("id")
        )
        for role in ("head", "staff")
    )
    for file in sorted(SAMPLES.glob("*.txt")):
        import_plan(None, head, submission=propose(file.name, file.read_bytes()))
    for file in sorted(SAMPLES.glob("*.csv")):
        kind = QualificationKind.objects.get(code="high_tech_firm")
        upload_list(kind, staff, name=file.name, data=file.read_bytes(), issued_on=dt.date(2019, 10, 14))
    add_accounts()
    add_parties(staff, head)


def add_accounts() -> None:
    """Somebody new whose role is asked for, a list of new accounts, a colleague away."""
    from kechuang.commons.access.actions import (  # noqa: PLC0415 - Django must be set up
        correct_own_account,
        delegate,
        hand_in_accounts,
        open_account,
        unmask_field,
    )
    from kechuang.commons.access.actors import actor_of  # noqa: PLC0415
    from kechuang.commons.access.models import Role, User  # noqa: PLC0415
    from kechuang.commons.access.onboarding import NewAccount  # noqa: PLC0415

    people = User.objects.filter(demo=True)
    system = actor_of(people.get(username="demo-system"))
    role = Role.objects.get(code="office_staff")
    new = NewAccount("new-staff", "新来的", email="new@example.cn", phone="13812341234", role=role)
    link = open_account(None, system, account=new)
    unmask_field(link.user, system, field="phone", purpose="联系办理")
    away, deputy = people.filter(username__endswith="-head").order_by("id")[:2]
    correct_own_account(deputy, actor_of(deputy), email="deputy@example.cn", phone="13812341234")
    day, grants = timezone.localdate(), list(away.grants.select_related("role"))
    delegate(
        away,
        actor_of(away),
        deputy=deputy,
        grants=grants,
        permissions=[grants[0].role.permissions[0]],
        since=day,
        until=day + dt.timedelta(days=7),
        reason="出差",
    )
    hand_in_accounts(None, system, file_name="名单.xlsx", data=new_accounts())


def add_parties(staff: Actor, head: Actor) -> None:
    """A list with doubts and one that was taken, two entries alike, an application, a firm with its people."""
    from kechuang.commons.access.actors import actor_of  # noqa: PLC0415 - Django must be set up
    from kechuang.commons.access.models import Purpose, User  # noqa: PLC0415
    from kechuang.commons.kernel.actors import Actor  # noqa: PLC0415
    from kechuang.commons.parties.actions import (  # noqa: PLC0415
        confirm_list,
        enter_zone,
        place_member,
        register_qualification,
        seek_pairs,
        upload_list,
    )
    from kechuang.commons.parties.actions.colleagues import open_colleague  # noqa: PLC0415
    from kechuang.commons.parties.actions.registrations import (  # noqa: PLC0415
        accept_registration,
        decline_registration,
        file_registration,
    )
    from kechuang.commons.parties.applications import Application  # noqa: PLC0415
    from kechuang.commons.parties.models import Organization, OrganizationKind, Region, Unit  # noqa: PLC0415
    from kechuang.commons.parties.queries.places import divisions_on  # noqa: PLC0415
    from kechuang.commons.parties.running import carry_on  # noqa: PLC0415

    known = Organization.objects.exclude(qualifications=None).filter(former_names=None).earliest("pk")
    assert known.uscc is not None
    for title, line in (("已登记", f"{known.name},"), ("待处理", f"{known.name},{known.uscc[:-1]}!")):
        data = f"名称,统一社会信用代码\n{line}\n云川清风科技有限公司,\n".encode()
        day = dt.date(2019, 10, 14)
        listed = upload_list(None, staff, name="名单.csv", data=data, said_on=day, title=title)
        carry_on(listed.pk)
        if title == "已登记":
            listed.refresh_from_db()
            confirm_list(listed, head)
            carry_on(listed.pk)
    listed_first = Organization.objects.filter(merged_into=None).earliest("name")  # a visitor opens it
    enter_zone(
        listed_first, head, zone=Region.objects.filter(kind=Region.Kind.ZONE).earliest("code"), since=day
    )
    register_qualification(
        listed_first,
        head,
        kind=known.qualifications.latest("pk").kind,
        number="GR201921000999",
        valid_from=day,
        proof=("证书.pdf", b"%PDF-1.7"),
    )
    zone = Region.objects.filter(kind=Region.Kind.ZONE).earliest("code")
    for one in (known, *Organization.objects.filter(demo=True).order_by("name")[:2]):
        enter_zone(one, head, zone=zone, since=day)
    Organization.objects.create(name=known.name, region=known.region)
    seek_pairs(None, head)
    leader, unit = User.objects.get(username="demo-leader"), Unit.objects.earliest("order", "code")
    place_member(unit, actor_of(leader), user=leader, since=day, post="主持工作")
    region = divisions_on(None).filter(parent__isnull=False).first()
    assert region is not None
    applied = []
    for code in ("919901020000003182", known.uscc, "91990102000000588L"):
        asked = Application(
            kind=OrganizationKind.objects.get(code="enterprise"),
            name="云川注册有限公司",
            uscc=code,
            region=region,
            applicant="赵工",
            email="",
            phone="13812345678",
        )
        filed = file_registration(
            None,
            Actor.system("自助注册"),
            application=asked,
            proof=("授权书.pdf", b"%PDF-1.7"),
            purpose=Purpose.objects.get(code="self_registration", current=True),
            sender="127.0.0.1",
            by_mail=False,
        )
        applied.append(filed)
    _waiting, accepted, declined = applied
    decline_registration(declined, head, reason="授权书与单位不符")
    accept_registration(accepted, head)
    accepted.refresh_from_db()
    assert accepted.user is not None
    assert accepted.organization is not None
    open_colleague(accepted.organization, actor_of(accepted.user), display_name="钱工", phone="13912345678")


def new_accounts() -> bytes:
    """A list with one good row and one bad."""
    from kechuang.commons.access.onboarding import labels  # noqa: PLC0415

    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for column, label in enumerate(labels().values()):
            sheet.write_string(0, column, label)
        for line, words in enumerate((("wang", "王工"), ("x", "短")), 1):
            for column, text in enumerate(words):
                sheet.write_string(line, column, text)
    return file.getvalue()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()
    add_what_waits()
