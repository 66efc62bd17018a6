# SPDX-License-Identifier: Apache-2.0
"""``kechuang account create NAME --display 姓名 --role CODE [--over parties.unit:3]``: the first accounts of a site."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kechuang.commons.access.actions import create_account, grant_role
from kechuang.commons.access.models import Role
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


class Command(BaseCommand):
    """Open an account with a role; the password is asked for, or read from standard input."""

    help = "开立账号并授予角色；密码从终端或标准输入读取"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what for."""
        parser.add_argument("what", choices=["create"])
        parser.add_argument("username")
        parser.add_argument("--display", default="", help="姓名")
        parser.add_argument("--role", required=True, help="角色代码，例如 system_admin")
        parser.add_argument("--scope", default="all")
        parser.add_argument("--over", default="", help="范围对象，例如 parties.unit:3")

    def handle(self, *args: Any, **options: Any) -> None:
        """Both or nothing."""
        del args
        actor = Actor.system("命令行")
        role = Role.objects.filter(code=options["role"]).first()
        if role is None:
            known = "、".join(Role.objects.values_list("code", flat=True))
            raise CommandError(f"没有角色 {options['role']}；可用：{known or '（请先 content load）'}")
        password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password)
            with transaction.atomic():
                user = create_account(
                    None,
                    actor,
                    username=options["username"],
                    display_name=options["display"] or options["username"],
                    password=password,
                )
                grant_role(user, actor, role=role, scope=options["scope"], over=options["over"])
        except (Problem, ValidationError) as problem:
            raise CommandError("；".join(getattr(problem, "messages", [str(problem)]))) from problem
        self.stdout.write(f"已开立账号 {user.username}（{role.name}）")
