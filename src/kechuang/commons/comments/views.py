# SPDX-License-Identifier: Apache-2.0
"""The thread on a record; posting, editing, taking back; giving an instruction; whom one may name."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded
from kechuang.commons.comments.actions import edit_comment, give_instruction, post_comment, withdraw_comment
from kechuang.commons.comments.forms import CommentForm, InstructionForm
from kechuang.commons.comments.models import Comment
from kechuang.commons.comments.permissions import can_edit_comment, can_give_instruction, can_see_comments
from kechuang.commons.comments.queries import begun_name, people_to_name
from kechuang.commons.comments.threads import section_context
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.ui.forms import ActionForm


def _ref(about: str) -> Ref:
    try:
        return Ref.parse(about)
    except ValueError:
        raise Http404 from None


def _seen(request: HttpRequest, about: str) -> Ref:
    """The record, if this viewer may see its comments. Raises Refused."""
    ref = _ref(about)
    verdict = can_see_comments(ref, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    return ref


@guarded("comments.view_comment")
def thread(request: HttpRequest, about: str) -> HttpResponse:
    """Everything said about one record."""
    ref = _seen(request, about)
    actor = request.actor  # type: ignore[attr-defined]
    context = section_context(ref, actor, newest=None) | {"about": resolve_many([ref], actor)[ref]}
    return render(request, "comments/thread.html", context)


@guarded("comments.post_comment")
@require_POST
def comment_post(request: HttpRequest, about: str) -> HttpResponse:
    """Say something; the section comes back where HTMX asked, else the thread."""
    ref = _seen(request, about)
    form = CommentForm(request.POST, prefix="comment")
    if form.is_valid():
        try:
            post_comment(
                Comment.on(ref),
                request.actor,  # type: ignore[attr-defined]
                text=form.cleaned_data["text"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
    return _answer(request, ref, form)


def _answer(request: HttpRequest, ref: Ref, form: CommentForm) -> HttpResponse:
    actor, status = request.actor, 422 if form.errors else 200  # type: ignore[attr-defined]
    if request.headers.get("HX-Request"):
        context = section_context(ref, actor, form=form if form.errors else None)
        return render(request, "comments/section.html", context, status=status)
    if not form.errors:
        return redirect("comments:thread", str(ref))
    context = section_context(ref, actor, form=form, newest=None) | {"about": resolve_many([ref], actor)[ref]}
    return render(request, "comments/thread.html", context, status=status)


@guarded("comments.post_comment")
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it better while it is fresh."""
    comment = get_object_or_404(Comment, pk=pk)
    verdict = can_edit_comment(comment, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    form = CommentForm(request.POST or None, version=comment.version, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(comment, request.actor, text=form.cleaned_data["text"], **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("批注已修改。"))
            return redirect("comments:thread", str(comment.ref))
    context = {"form": form, "comment": comment}
    return render(request, "comments/edit.html", context, status=422 if form.errors else 200)


@guarded("comments.view_comment")
@require_POST
def comment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    comment = get_object_or_404(Comment, pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    withdraw_comment(comment, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("批注已撤回。"))
    return redirect("comments:thread", str(comment.ref))


@guarded("comments.give_instruction")
def instruction_give(request: HttpRequest, about: str) -> HttpResponse:
    """A leader's instruction: what, by which offices, until when."""
    ref = _seen(request, about)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_give_instruction(Comment.on(ref), actor)
    if not verdict:
        raise Refused(verdict)
    form = InstructionForm(request.POST or None, day=clock.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            give_instruction(
                Comment.on(ref),
                actor,
                text=data["text"],
                title=data["title"],
                due=data["due"],
                offices=form.offices(),
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("批示已作出，承办处室将收到督办事项。"))
            return redirect("comments:thread", str(ref))
    context = {"form": form, "ref": ref, "about": resolve_many([ref], actor)[ref]}
    return render(request, "comments/instruct.html", context, status=422 if form.errors else 200)


@guarded("comments.mention_person")
def people(request: HttpRequest, about: str) -> HttpResponse:
    """Whom the name being typed may mean (asked by HTMX while typing)."""
    ref = _seen(request, about)
    begun = begun_name(request.GET.get("comment-text", "") or request.GET.get("text", ""))
    found = people_to_name(begun, ref) if begun is not None else []
    return render(request, "comments/people.html", {"people": found, "begun": begun})
