# SPDX-License-Identifier: Apache-2.0
"""What the demo year lacks, so that every page has something to show: a draft plan and a list that wait for somebody.

``python -m harness.beside`` adds it to the site that the environment names.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()
    add_what_waits()
