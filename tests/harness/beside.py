# SPDX-License-Identifier: Apache-2.0
"""What the demo year lacks, so that every page has something to show: a draft plan and a list that wait for somebody.

``python -m harness.beside`` adds it to the site that the environment names.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

from django.utils import timezone
from xlsxwriter import Workbook

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
