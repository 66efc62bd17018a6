# SPDX-License-Identifier: Apache-2.0
"""Papers: the list, a draft beside its values, the preview, files, what came back, the public check page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded, public
from kechuang.commons.documents.storage import content
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.papers import actions
from kechuang.commons.papers.forms import DraftForm, TextForm
from kechuang.commons.papers.markup import Heading, Table
from kechuang.commons.papers.models import Paper, ReturnedWord
from kechuang.commons.papers.permissions import (
    can_check_paper,
    can_countersign_paper,
    can_edit_paper,
    can_return_word,
    can_sign_paper,
)
from kechuang.commons.papers.queries import (
    blocks_of,
    bureau_name,
    labels_of,
    letterhead_of,
    papers_about,
    templates,
    whole_papers,
)
from kechuang.commons.papers.tables import TONES, PaperList
from kechuang.commons.papers.typesetting import as_pdf, fitted
from kechuang.commons.papers.word import as_word
from kechuang.commons.papers.workbook import as_workbook
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKERS: dict[str, tuple[str, str]] = {
    "docx": (DOCX, ".docx"),
    "pdf": ("application/pdf", ".pdf"),
    "xlsx": (XLSX, ".xlsx"),
}


@guarded("papers.view_paper")
def paper_list(request: HttpRequest) -> HttpResponseBase:
    """Every paper (文书)."""
    return list_response(request, PaperList())


def _about(request: HttpRequest) -> Ref | None:
    given = (request.POST.get("about") or request.GET.get("about") or "").strip()
    try:
        return Ref.parse(given) if given else None
    except ValueError:
        raise Problem(
            _("“%(ref)s”不是引用号。") % {"ref": given[:60]}, remedy=_("请从对象的页面进入。")
        ) from None


@guarded("papers.draft_paper")
def paper_draft(request: HttpRequest) -> HttpResponse:
    """Choose a template; the draft is made with the values of the business date (拟稿)."""
    actor, about = request.actor, _about(request)  # type: ignore[attr-defined]
    if request.method == "POST":
        form = DraftForm(request.POST)
        if not form.is_valid():
            raise Problem(_("数据截至的日期无法识别。"), remedy=_("请写成 2019-10-15 这样。"))
        paper = actions.draft_paper(
            None,
            actor,
            code=form.cleaned_data["template"],
            about=about,
            issuer=bureau_name(),
            day=form.cleaned_data["day"],
            idempotency_key=form.action_arguments()["idempotency_key"],
        )
        messages.success(request, _("已拟稿，系统数据截至 %(day)s。") % {"day": paper.day.isoformat()})
        return redirect("papers:paper-edit", paper.pk)
    kind = about.kind if about else ""
    fit = [piece for piece in templates().values() if piece.about == kind]
    context = {
        "templates": [(piece, DraftForm.of(piece)) for piece in fit],
        "about": about,
        "thing": resolve_many([about], actor)[about] if about else None,
        "earlier": list(papers_about(about)[:10]) if about else [],
    }
    return render(request, "papers/paper_draft.html", context)


@guarded("papers.view_paper")
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: preview, the next step and who may take it, countersigns, what came back, history."""
    paper = get_object_or_404(whole_papers(), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    about = paper.about
    context: dict[str, Any] = {
        "paper": paper,
        "tone": TONES[paper.state],
        "blocks": _shown_blocks(paper),
        "head": letterhead_of(paper),
        "about": resolve_many([about], actor)[about] if about else None,
        "countersigns": [(row, can_countersign_paper(row, actor)) for row in paper.countersigns.all()],
        "returned": list(paper.returned.select_related("document")[:20]),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(paper))[:30]],
        "may_edit": can_edit_paper(paper, actor),
        "may_check": can_check_paper(paper, actor),
        "may_sign": can_sign_paper(paper, actor),
        "may_return": can_return_word(paper, actor),
        "action": ActionForm(version=paper.version),
        "ref": Ref.of(paper),
    }
    context["has_tables"] = any(block["kind"] == "table" for block in context["blocks"])
    return render(request, "papers/paper_detail.html", context)


def _shown_blocks(paper: Paper) -> list[dict[str, Any]]:
    """The blocks as the preview draws them: runs as (text, address, label)."""
    values = paper.shown_values

    def runs(given: Any) -> list[tuple[str, str, str, bool]]:
        return [
            (run, "", "", False)
            if isinstance(run, str)
            else (run.text, values[run.code].url, values[run.code].label, True)
            for run in given
        ]

    shown: list[dict[str, Any]] = []
    for block in blocks_of(paper):
        if isinstance(block, Table):
            rows = [[runs(cell) for cell in row] for row in block.rows]
            shown.append({"kind": "table", "labels": block.labels, "rows": rows})
        else:
            kind = f"h{block.level + 1}" if isinstance(block, Heading) else "p"
            shown.append({"kind": kind, "runs": runs(block.runs)})
    return shown


@guarded("papers.draft_paper")
def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit title and text with the available values beside."""
    paper = get_object_or_404(whole_papers(), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_edit_paper(paper, actor)
    if not verdict:
        raise Refused(verdict)
    form = TextForm(
        request.POST or None, version=paper.version, initial={"title": paper.title, "text": paper.text}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.edit_paper(
                paper, actor, title=data["title"], text=data["text"], **form.action_arguments()
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("papers:paper-detail", paper.pk)
    labels = labels_of(paper, blocks_of(paper))
    context = {
        "form": form,
        "paper": paper,
        "values": [(code, value, labels.get(code, "")) for code, value in paper.shown_values.items()],
        "action": ActionForm(version=paper.version),
    }
    return render(request, "papers/paper_edit.html", context, status=422 if form.errors else 200)


@guarded("papers.view_paper")
def returned_word(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs in a Word that came back: every value of the system, then the wording."""
    returned = get_object_or_404(ReturnedWord.objects.select_related("paper", "document"), pk=pk)
    document = Ref.of(returned.document)
    shown = resolve_many([document], request.actor)[document]  # type: ignore[attr-defined]
    values = returned.paper.shown_values
    differing = [(slot, values[slot["code"]].url) for slot in returned.slots if slot["fate"] != "same"]
    context = {"returned": returned, "paper": returned.paper, "differing": differing, "document": shown}
    return render(request, "papers/returned_word.html", context)


@guarded("papers.view_paper")
def paper_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The paper as Word, PDF or Excel; an issued one as it was frozen."""
    del request
    paper = get_object_or_404(whole_papers(), pk=pk)
    if form not in MAKERS:
        raise Http404
    kind, ending = MAKERS[form]
    kept = {"docx": paper.word, "pdf": paper.pdf}.get(form)
    if kept is not None:
        data = content(kept.sha256)
    else:
        blocks = blocks_of(paper)
        head = fitted(letterhead_of(paper), blocks)
        data = (
            as_word(head, blocks)
            if form == "docx"
            else as_pdf(head, blocks)
            if form == "pdf"
            else as_workbook(paper.title, blocks)
        )
    name = f"{paper.number or ''}{paper.title}{ending}"
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": content_disposition_header(True, name) or ""}
    )


@public
def paper_check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper is genuine and in force: number, title, date, digest, and nothing else (核验)."""
    paper = Paper.objects.filter(check_code=code).exclude(issued_on=None).first()
    return render(request, "papers/paper_check.html", {"paper": paper}, status=200 if paper else 404)
