# SPDX-License-Identifier: Apache-2.0
"""Making, editing and moving records; taking in a sheet after a dry run."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.access.permissions import can_unmask
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.citing import cited, words_in
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record, take_records
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.forms import MoveForm, RecordForm, SheetForm
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import can_begin_record, can_head_record, can_keep_record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.sheets import Checked, check_sheet, template_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("registers.keep_record")
def record_make(request: HttpRequest, register: str) -> HttpResponse:
    """A new record (登记); what the address says of its fields is filled in already."""
    piece, actor = _begun(request, register), request.actor  # type: ignore[attr-defined]
    given = {code: text for code, text in request.GET.items() if piece.field(code)}
    form = RecordForm(request.POST or None, request.FILES or None, register=piece, initial=given)
    if request.method == "POST" and form.is_valid():
        key = form.action_arguments()["idempotency_key"]
        try:
            record = make_record(
                None,
                actor,
                register=piece.code,
                values=form.given(),
                files=form.given_files(),
                idempotency_key=key,
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已登记：%(title)s") % {"title": record.title})
            return redirect("registers:record-detail", record.pk)
    context = {"form": form, "register": piece}
    return render(request, "registers/record_form.html", context, status=422 if form.errors else 200)


@guarded("registers.keep_record")
def record_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a record."""
    record = _record(pk)
    piece, actor = register_of(record.register), request.actor  # type: ignore[attr-defined]
    verdict = can_keep_record(record, actor)
    if not verdict:
        raise Refused(verdict)
    form = RecordForm(
        request.POST or None,
        request.FILES or None,
        register=piece,
        record=record,
        may_unmask=can_unmask(record, actor),
        version=record.version,
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_record(
                record,
                actor,
                values=form.given(),
                files=form.given_files(),
                kept=form.kept(),
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已保存：%(title)s") % {"title": record.title})
            return redirect("registers:record-detail", record.pk)
    context = {"form": form, "register": piece, "record": record}
    return render(request, "registers/record_form.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, register: str) -> RegisterPiece:
    """A register in which the viewer may make records; what is sent all the same is refused by the action."""
    piece = register_of(register)
    verdict = can_begin_record(piece, request.actor)  # type: ignore[attr-defined]
    if request.method != "POST" and not verdict:
        raise Refused(verdict)
    return piece


def _record(pk: int) -> Record:
    return get_object_or_404(Record.objects.select_related("unit"), pk=pk)


def _overtaken(piece: RegisterPiece, record: Record) -> Problem:
    """Somebody else has moved it since the page was opened: who, when, to where."""
    last = record.spans.get(until=None)
    words = {"who": last.by, "day": last.since.isoformat(), "state": piece.state(record.state).label}
    return Problem(
        _("这一步现在不能办理：%(who)s已于 %(day)s 办理为“%(state)s”。") % words,
        remedy=_("请返回记录页，查看现在可办理的流转。"),
    )


@guarded("registers.keep_record")
def record_move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Move a record to another state (流转)."""
    record = _record(pk)
    piece, actor = register_of(record.register), request.actor  # type: ignore[attr-defined]
    move = next((one for one in piece.moves_from(record.state) if one.to == to), None)
    if move is None:
        raise _overtaken(piece, record)
    verdict = can_keep_record(record, actor) if move.by == "keeper" else can_head_record(record, actor)
    if not verdict:
        raise Refused(verdict)
    form = MoveForm(
        request.POST or None,
        request.FILES or None,
        register=piece,
        record=record,
        move=move,
        version=record.version,
        initial={"on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data["proof"]
        try:
            evidence = [cited(word) for word in words_in(data["records"])]
            move_record(
                record,
                actor,
                to=to,
                on=data["on"],
                reason=data["reason"],
                evidence=evidence,
                files=[(file.name, file.read())] if file else [],
                values=form.values(),
                **form.action_arguments(),
            )
        except LookupError as missing:
            words = {"word": str(missing)[:60]}
            form.add_error("records", _("找不到记录“%(word)s”，请写它的编号，或从记录页复制引用号。") % words)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, f"{move.label}：{record.title}")
            return redirect("registers:record-detail", record.pk)
    context = {"form": form, "register": piece, "record": record, "move": move}
    return render(request, "registers/record_move.html", context, status=422 if form.errors else 200)


@guarded("registers.keep_record")
def sheet_template(request: HttpRequest, register: str) -> HttpResponse:
    """The template to fill (下载模板)."""
    del request
    piece = register_of(register)
    name = content_disposition_header(True, f"{piece.name}-{_('导入模板')}.xlsx") or ""
    return HttpResponse(template_of(piece), content_type=XLSX, headers={"Content-Disposition": name})


@guarded("registers.keep_record")
def sheet_take(request: HttpRequest, register: str) -> HttpResponse:
    """A sheet is tried first; only one without a fault is taken in, all or nothing (批量导入)."""
    piece = _begun(request, register)
    form = SheetForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            checked = check_sheet(piece, file.name, file.read())
            if not checked.faults and request.POST.get("take"):
                return _take(request, piece, checked, file.name, form)
        except Problem as problem:
            form.blame(problem)
    context = {"form": form, "register": piece, "checked": checked}
    return render(request, "registers/sheet_take.html", context, status=422 if form.errors else 200)


def _take(
    request: HttpRequest, piece: RegisterPiece, checked: Checked, name: str, form: SheetForm
) -> HttpResponse:
    key = form.action_arguments()["idempotency_key"]
    take_records(
        None,
        request.actor,  # type: ignore[attr-defined]
        register=piece.code,
        rows=checked.rows,
        source=name,
        idempotency_key=key,
    )
    messages.success(request, _("已登记 %(count)s 条。") % {"count": len(checked.rows)})
    return redirect("registers:record-list", piece.code)
