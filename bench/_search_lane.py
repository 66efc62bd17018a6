# SPDX-License-Identifier: Apache-2.0
"""One size of the global search: fill, build, ask, change; prints one line. Imported after ``django.setup()``."""

from __future__ import annotations

import random
import statistics
import time

from django.conf import settings
from django.core.management import call_command

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.parties.models import Organization
from kechuang.commons.search.indexing import index_pending, rebuild
from kechuang.commons.search.models import PendingDocument
from kechuang.commons.search.queries import find

NAME = "云川沧海明德华信同创精密机床生物医药智能装备新材料半导体机器人科技研究院有限公司股份集团制造"
QUESTIONS, CHANGES, BATCH = 200, 20, 5_000


def measure(size: int) -> None:
    """In the database and the folder of the settings, both empty."""
    call_command("migrate", verbosity=0)
    chance = random.Random(2019)
    user = _fill(size, chance)
    begun = time.perf_counter()
    rebuild()
    build = time.perf_counter() - begun
    disk = sum(file.stat().st_size for file in settings.SEARCH_ROOT.rglob("*") if file.is_file()) / 1e6
    times, found = _ask(user, chance)
    changes = _change(user)
    shares = [times[int(len(times) * share)] for share in (0.5, 0.95, 0.99)]
    print(
        f"{size:>10,} {build:>8.1f} {disk:>8.1f} {shares[0]:>7.1f} {shares[1]:>7.1f} {shares[2]:>7.1f} "
        f"{found:>6} {statistics.median(changes):>16.0f} {max(changes):>6.0f}"
    )


def _fill(size: int, chance: random.Random) -> User:
    for start in range(0, size, BATCH):
        Organization.objects.bulk_create(
            Organization(name=f"{''.join(chance.choices(NAME, k=chance.randrange(6, 18)))}{number}")
            for number in range(start, min(size, start + BATCH))
        )
    user = User.objects.create(username="bench")
    role = Role.objects.create(code="bench", name="bench", permissions=["parties.view_organization"])
    Grant.objects.create(user=user, role=role, scope="all")
    return user


def _ask(user: User, chance: random.Random) -> tuple[list[float], int]:
    """The first 1 to 6 characters of names, as they are typed."""
    names = Organization.objects.order_by("?").values_list("name", flat=True)[:QUESTIONS]
    find("预热", actor_of(user))
    times, found = [], 0
    for name in list(names):
        begun = time.perf_counter()
        found += bool(find(name[: chance.randrange(1, 7)], actor_of(user), each=3).hits)
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times), found


def _change(user: User) -> list[float]:
    """From the commit of a change until it is found."""
    times = []
    for number in range(CHANGES):
        name = f"独有名称之{number}号"
        firm = Organization.objects.create(name=name)
        begun = time.perf_counter()
        PendingDocument.objects.create(kind="parties.organization", document_id=str(firm.pk))
        index_pending()
        assert find(name, actor_of(user)).hits
        times.append((time.perf_counter() - begun) * 1000)
    return times
