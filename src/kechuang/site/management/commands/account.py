# SPDX-License-Identifier: Apache-2.0
"""The first accounts of a site, and a way in for whoever is locked out.

kechuang account create NAME --display 姓名 --role CODE [--scope unit --over parties.unit:3]
kechuang account link NAME      a one-time link that sets a password, for administrators without mail too
kechuang account unfactor NAME  removes a second factor whose telephone and recovery codes are lost
"""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from kechuang.commons.access.actions import create_account, grant_role, issue_link, remove_factor
from kechuang.commons.access.mailing import address_of
from kechuang.commons.access.models import Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


class Command(BaseCommand):
    """What only the machine's operator may do, when no administrator can."""

    help = "create 开立账号并授予角色（密码从终端或标准输入读取）；link 生成设置密码的一次性链接；unfactor 移除第二因素"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what for."""
        parser.add_argument("what", choices=["create", "link", "unfactor"])
        parser.add_argument("username")
        parser.add_argument("--display", default="", help="姓名")
        parser.add_argument("--role", default="", help="角色代码，例如 system_admin")
        parser.add_argument("--scope", default="all")
        parser.add_argument("--over", default="", help="范围对象，例如 parties.unit:3")

    def handle(self, *args: Any, **options: Any) -> None:
        """Both or nothing."""
        del args
        act = {"create": self._create, "link": self._link, "unfactor": self._unfactor}[options["what"]]
        try:
            with transaction.atomic():
                self.stdout.write(act(Actor.system("命令行"), options))
        except (Problem, ValidationError) as problem:
            raise CommandError("；".join(getattr(problem, "messages", [str(problem)]))) from problem

    def _create(self, actor: Actor, options: dict[str, Any]) -> str:
        role = Role.objects.filter(code=options["role"]).first()
        if role is None:
            known = "、".join(Role.objects.values_list("code", flat=True))
            raise CommandError(f"没有角色 {options['role']}；可用：{known or '（请先 content load）'}")
        password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        name = options["display"] or options["username"]
        validate_password(password, User(username=options["username"], display_name=name))
        user = create_account(None, actor, username=options["username"], display_name=name, password=password)
        grant_role(user, actor, role=role, scope=options["scope"], over=options["over"])
        return f"已开立账号 {user.username}（{role.name}）"

    def _link(self, actor: Actor, options: dict[str, Any]) -> str:
        link = issue_link(self._user(options), actor)
        until = timezone.localtime(link.expires_at).strftime("%H:%M")
        return f"{address_of(link)}\n只能使用一次，{until} 前有效"

    def _unfactor(self, actor: Actor, options: dict[str, Any]) -> str:
        user = remove_factor(self._user(options), actor, reason="命令行移除")
        return f"已移除 {user.username} 的第二因素"

    def _user(self, options: dict[str, Any]) -> User:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有账号 {options['username']}")
        return user
