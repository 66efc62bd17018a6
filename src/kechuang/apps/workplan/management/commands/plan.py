# SPDX-License-Identifier: Apache-2.0
"""``kechuang plan``: parse a document, import it as a draft, list plans, print one as Word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions import import_plan
from kechuang.apps.workplan.catalogue import shipped_catalogue
from kechuang.apps.workplan.models import Plan, PlanVersion
from kechuang.apps.workplan.printing import as_word
from kechuang.apps.workplan.proposals import Submission, propose
from kechuang.apps.workplan.queries.drafts import draft_of
from kechuang.apps.workplan.queries.offices import office_catalogue
from kechuang.apps.workplan.readers import check_size
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.engines.plandoc import OfficeName, proposal_as_json


class Command(BaseCommand):
    """Everything about plans that needs no browser."""

    help = "计划：parse 识别一份文件（不入库），import 导入为草稿，list 列出计划，print 导出 Word"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        what = parser.add_subparsers(dest="what", required=True, title="用法")
        parse = what.add_parser("parse", help="识别一份文件，不入库，不需要数据库")
        parse.add_argument("file", type=Path)
        parse.add_argument("--json", action="store_true", help="按约定的结构输出 JSON")
        bring = what.add_parser("import", help="导入一份文件，建立草稿")
        bring.add_argument("file", type=Path)
        bring.add_argument("--plan", type=int, default=None, help="作为这份计划（编号）的新版本")
        bring.add_argument("--title", default="", help="标题（默认从文件中识别）")
        bring.add_argument("--issuer", default="", help="发文机关（默认从文件中识别）")
        bring.add_argument("--year", type=int, default=None, help="年度（默认从文件中识别）")
        what.add_parser("list", help="列出全部计划和版本")
        paper = what.add_parser("print", help="把一个版本导出为 Word")
        paper.add_argument("id", type=int, help="版本编号（见 list）")
        paper.add_argument("file", type=Path, help="写到哪个 .docx 文件")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """A problem ends with its words on standard error and exit code 1."""
        del args
        acts = {"parse": self._parse, "import": self._import, "list": self._list, "print": self._print}
        try:
            acts[what](options)
        except Problem as problem:
            raise CommandError(str(problem)) from None

    def _parse(self, options: dict[str, Any]) -> None:
        proposal = _submission(options["file"], shipped_catalogue()).proposal
        if options["json"]:
            self.stdout.write(json.dumps(proposal_as_json(proposal), ensure_ascii=False, indent=1))
            return
        counts = proposal.counts
        self.stdout.write(
            f"{proposal.title or proposal.suggested_title}（{proposal.issuer}，{proposal.year}）"
        )
        self.stdout.write(
            f"重点领域 {counts.areas}，任务 {counts.tasks}，责任 {counts.responsibilities}，处室 {counts.offices}，"
            f"主要指标 {counts.headline_targets}，任务内目标 {counts.task_targets}，待定承诺 {counts.promises}"
        )
        for task in proposal.tasks:
            self.stdout.write(f"{task.number} {task.title}（{'、'.join(one.name for one in task.offices)}）")
        for finding in proposal.findings:
            self.stdout.write(f"提示：{finding.message}")

    def _import(self, options: dict[str, Any]) -> None:
        plan = None
        if options["plan"] is not None:
            plan = Plan.objects.filter(pk=options["plan"]).first()
            if plan is None:
                raise Problem(_("没有编号为 %(id)s 的计划。") % {"id": options["plan"]})
        submission = _submission(options["file"], office_catalogue(clock.today()))
        version: PlanVersion = import_plan(
            plan,
            Actor.system("命令行"),
            submission=submission,
            title=options["title"],
            issuer=options["issuer"],
            year=options["year"],
        )
        draft = draft_of(version)
        self.stdout.write(f"已建立草稿 {version.pk}：{version}，签发前要处理 {len(draft.open_points)} 处")
        for point in draft.open_points:
            self.stdout.write(f"- {point.words}")

    def _list(self, options: dict[str, Any]) -> None:
        del options
        for version in PlanVersion.objects.select_related("plan").order_by("-plan__year", "plan_id", "no"):
            state = version.get_state_display()
            self.stdout.write(
                f"{version.pk}\t{version.plan.year}\t{state}\t{version}（计划 {version.plan_id}）"
            )

    def _print(self, options: dict[str, Any]) -> None:
        version = PlanVersion.objects.select_related("plan").filter(pk=options["id"]).first()
        if version is None:
            raise Problem(
                _("没有编号为 %(id)s 的版本。") % {"id": options["id"]}, remedy=_("用 plan list 查看编号。")
            )
        try:
            options["file"].write_bytes(as_word(draft_of(version)))
        except OSError as fault:
            raise Problem(_("写不了文件：%(why)s。") % {"why": fault.strerror or fault}) from None
        self.stdout.write(f"已写入 {options['file']}")


def _submission(file: Path, catalogue: list[OfficeName]) -> Submission:
    """Read a file from the disk; one too large is refused by its length."""
    try:
        check_size(file.name, file.stat().st_size)
        data = file.read_bytes()
    except OSError as fault:
        raise Problem(
            _("读不了文件“%(file)s”：%(why)s。") % {"file": file, "why": _reason(fault)},
            remedy=_("请检查路径和权限。"),
        ) from None
    return propose(file.name, data, catalogue)


def _reason(fault: OSError) -> str:
    words = {
        FileNotFoundError: _("没有这个文件"),
        IsADirectoryError: _("这是一个文件夹"),
        PermissionError: _("没有读取权限"),
    }
    return words.get(type(fault), str(fault.strerror or fault))
