# SPDX-License-Identifier: Apache-2.0
"""A site at the start of its year: the people of the demo, a plan of three tasks, and nothing that happened yet.

``python -m harness.quiet`` fills the site that the environment names; ``quiet_site`` serves it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.site import PYTHON, ROOT, Site, environment

FIRST_DAY = dt.date(2019, 1, 10)


@pytest.fixture
def quiet_site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """It is served; the test makes the year."""
    from tools import processes, product  # noqa: PLC0415 - the set-up is found by harness.site

    var = tmp_path / "var"
    product.collect_static(PYTHON)
    site = Site(var, request.node.name)
    site.kechuang("migrate", "-v0")
    site.kechuang("content", "load")
    tests = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    processes.call(PYTHON, "-m", "harness.quiet", env=environment(var) | tests)
    with site.served() as served:
        yield served


def fill() -> None:
    """People, the first day, the plan."""
    from kechuang.apps.workplan.actions import install_plan_facts  # noqa: PLC0415 - Django must be set up
    from kechuang.apps.workplan.pieces import PlannedArea, PlannedTask, PlanPiece  # noqa: PLC0415
    from kechuang.commons.kernel import clock  # noqa: PLC0415
    from kechuang.commons.kernel.actors import Actor  # noqa: PLC0415
    from kechuang.commons.kernel.clock_actions import set_business_day  # noqa: PLC0415
    from kechuang.commons.parties.models import Unit  # noqa: PLC0415
    from kechuang.site.demo.people import install_people  # noqa: PLC0415

    system = Actor.system("演示")
    set_business_day(None, system, day=FIRST_DAY)
    install_people(system)
    policy, firms, results = (
        Unit.objects.get(short_name=name).code for name in ("政策处", "高新处", "成果处")
    )
    tasks = (
        PlannedTask(
            number="1", title="建设重点实验室", lead=(policy,), co=(firms,), due=dt.date(2019, 6, 28)
        ),
        PlannedTask(
            number="2", title="推进成果转化", lead=(results,), co=(policy,), due=dt.date(2019, 9, 30)
        ),
        PlannedTask(number="3", title="培育科技企业", lead=(firms,), due=dt.date(2019, 12, 20)),
    )
    piece = PlanPiece(
        code="quiet", version="1", title="2019年重点工作", issuer="市科技局", year=2019,
        areas=(PlannedArea(title="创新", tasks=tasks),),
    )  # fmt: skip
    with clock.pinned(FIRST_DAY):
        install_plan_facts(piece, system)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()
    fill()
