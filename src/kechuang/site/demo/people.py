# SPDX-License-Identifier: Apache-2.0
"""The demo's people: a leader with deputies, head and staff of every office, a district, a firm, administrators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kechuang.commons.access.actions import create_account, grant_role
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.actions import assign_leader
from kechuang.commons.parties.models import Charge, Unit
from kechuang.commons.parties.queries import divisions_on

DEPUTY = "demo-deputy-"


@dataclass(frozen=True, slots=True)
class Person:
    """A demo account: its role and what the role reaches."""

    username: str
    name: str
    role: str
    scope: str = "all"
    over: str = ""


def people() -> Iterator[Person]:
    """Everyone in the demo; the offices and districts come from the city's content."""
    yield Person("demo-leader", _("局领导"), "leader")
    for number, name in enumerate((_("副局长甲"), _("副局长乙"), _("副局长丙")), 1):
        yield Person(f"{DEPUTY}{number}", name, "leader")
    for unit in Unit.objects.all():
        over = str(Ref.of(unit))
        yield Person(
            f"demo-{unit.code}-head",
            _("%(unit)s处长") % {"unit": unit.short_name.removesuffix("处")},
            "office_head",
            "unit",
            over,
        )
        yield Person(
            f"demo-{unit.code}-staff",
            _("%(unit)s工作人员") % {"unit": unit.short_name},
            "office_staff",
            "unit",
            over,
        )
    region = divisions_on(None).filter(parent__isnull=False).first()
    if region is not None:
        yield Person(
            "demo-district",
            _("%(region)s科技局") % {"region": region.name},
            "district",
            "region",
            str(Ref.of(region)),
        )
    yield Person("demo-firm", _("演示企业"), "firm", "own")
    yield Person("demo-system", _("系统管理员"), "system_admin")
    yield Person("demo-security", _("安全管理员"), "security_admin")
    yield Person("demo-audit", _("审计管理员"), "audit_admin")


def install_people(actor: Actor) -> int:
    """Open the accounts that are missing; returns how many people there are."""
    roles = {role.code: role for role in Role.objects.all()}
    known = {user.username: user for user in User.objects.filter(demo=True)}
    count = 0
    for person in people():
        count += 1
        user = known.get(person.username)
        if user is None:
            user = create_account(None, actor, username=person.username, display_name=person.name, demo=True)
            grant_role(user, actor, role=roles[person.role], scope=person.scope, over=person.over)
    return count


def install_leaders() -> int:
    """Put the deputies in charge of the offices, each of some that follow each other; returns of how many."""
    if Charge.objects.exists():
        return 0
    leader = actor_of(User.objects.get(username="demo-leader"))
    deputies = list(User.objects.filter(username__startswith=DEPUTY, demo=True).order_by("username"))
    units = list(Unit.objects.order_by("order", "code"))
    for place, unit in enumerate(units):
        assign_leader(unit, leader, leader=deputies[place * len(deputies) // len(units)])
    return len(units)


def grouped_people() -> list[tuple[str, list[User]]]:
    """The demo's accounts for the role picker: one query."""
    groups: dict[str, list[User]] = {}
    for user in User.objects.filter(demo=True, is_active=True).order_by("id"):
        groups.setdefault(_group(user.username), []).append(user)
    return list(groups.items())


def _group(username: str) -> str:
    if username == "demo-leader" or username.startswith(DEPUTY):
        return _("局领导")
    if username.endswith("-head"):
        return _("处长")
    if username.endswith("-staff"):
        return _("处室工作人员")
    return _("区县、企业与管理员")
