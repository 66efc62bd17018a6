# SPDX-License-Identifier: Apache-2.0
"""The way of a paper: drafted, checked, countersigned, issued under a number, brought back, voided."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.comparison import compare
from kechuang.commons.papers.markup import LEFT_OPEN, SLOT, Value, written_out
from kechuang.commons.papers.models import Countersign, Paper, ReturnedWord
from kechuang.commons.papers.numbering import next_number
from kechuang.commons.papers.permissions import (
    can_check_paper,
    can_countersign_paper,
    can_draft_paper,
    can_edit_paper,
    can_return_word,
    can_send_back_paper,
    can_sign_paper,
)
from kechuang.commons.papers.pieces import PaperTemplatePiece
from kechuang.commons.papers.queries import blocks_of, digest_of, labels_of, letterhead_of, template
from kechuang.commons.papers.reading import read_word
from kechuang.commons.papers.sources import sources
from kechuang.commons.papers.typesetting import as_pdf, fitted
from kechuang.commons.papers.word import as_word
from kechuang.commons.parties.models import Unit

State = Paper.State


@action("papers.paper.drafted", permission=can_draft_paper)
def draft_paper(
    thing: None,
    actor: Actor,
    *,
    code: str,
    about: Ref | None = None,
    issuer: str = "",
    day: dt.date | None = None,
    demo: bool = False,
) -> Paper:
    """Draft a paper from a template (拟稿); its values are those of the business date, or of an earlier day."""
    del thing
    piece = template(code)
    if piece.about != (about.kind if about else ""):
        raise Problem(
            _("模板“%(name)s”不适用于这个对象。") % {"name": piece.name}, remedy=_("请从该对象的页面进入。")
        )
    day = _day_of(piece, day)
    values = _values(piece.values, about, day, actor)
    title = SLOT.sub(lambda found: values[found[1]].text if found[1] in values else found[0], piece.title)
    paper = Paper(
        template=code,
        release=piece.version,
        title=title[:200],
        issuer=issuer,
        about_kind=about.kind if about else "",
        about_id=about.id if about else "",
        day=day,
        text=written_out(piece.body, values),
        values={key: [value.text, value.label, value.url] for key, value in values.items()},
        wide=piece.wide,
        check_code=secrets.token_urlsafe(12),
        drafted_by=actor.name,
        drafted_by_id=actor.id,
        demo=demo,
    )
    blocks_of(paper)
    paper.save()
    return paper


def _day_of(piece: PaperTemplatePiece, asked: dt.date | None) -> dt.date:
    """The day the values are of. Raises Problem for one to come, or where the template knows only today."""
    today = clock.today()
    if asked is None or asked == today:
        return today
    if asked > today:
        raise Problem(
            _("%(day)s 还没有到。") % {"day": asked.isoformat()},
            remedy=_("请填写今天或以前的日期。"),
            field="day",
        )
    if not piece.as_of:
        raise Problem(
            _("模板“%(name)s”只能取当天的数据。") % {"name": piece.name},
            remedy=_("请不要填写日期。"),
            field="day",
        )
    return asked


def _values(source: str, about: Ref | None, day: dt.date, actor: Actor) -> Mapping[str, Value]:
    found = sources.get(source)
    if found is None:
        raise Problem(
            _("模板所用的数据来源“%(name)s”未安装。") % {"name": source}, remedy=_("请联系系统管理员。")
        )
    return found(about, day, actor)


@action("papers.paper.edited", permission=can_edit_paper)
def edit_paper(paper: Paper, actor: Actor, *, title: str, text: str) -> Paper:
    """Change title and text; the values of the system stay what they are."""
    del actor
    _require(paper, State.DRAFT)
    if not title.strip():
        raise Problem(_("请填写标题。"), remedy=_("标题印在文书首行。"), field="title")
    note(before=paper.title)
    paper.title, paper.text = title.strip()[:200], text.replace("\r\n", "\n")
    blocks_of(paper)
    paper.save(update_fields=["title", "text"])
    return paper


@action("papers.paper.refreshed", permission=can_edit_paper)
def refresh_paper(paper: Paper, actor: Actor) -> Paper:
    """Take the values anew, of the business date, or of the day the paper is of; what was written stays."""
    _require(paper, State.DRAFT)
    piece = template(paper.template)
    day = paper.day if piece.as_of else clock.today()
    values = _values(piece.values, paper.about, day, actor)
    fresh = {key: [value.text, value.label, value.url] for key, value in values.items()}
    note(changed=sorted(key for key in fresh if paper.values.get(key) != fresh[key])[:50])
    paper.values, paper.day = fresh, day
    blocks_of(paper)
    paper.save(update_fields=["values", "day"])
    return paper


@action("papers.paper.submitted", permission=can_edit_paper)
def submit_paper(paper: Paper, actor: Actor, *, units: Sequence[Unit] = ()) -> Paper:
    """Hand a draft on for checking (送核), naming the offices that must countersign; nothing is left to be written."""
    del actor
    _require(paper, State.DRAFT)
    if LEFT_OPEN in paper.text:
        raise Problem(
            _("正文还有“%(words)s”没有写。") % {"words": LEFT_OPEN},
            remedy=_("请在编辑页写完，或删去这一处，再送核。"),
        )
    blocks_of(paper)
    paper.countersigns.all().delete()
    Countersign.objects.bulk_create([Countersign(paper=paper, unit=unit) for unit in dict.fromkeys(units)])
    return _move(paper, State.CHECKING)


@action("papers.paper.checked", permission=can_check_paper)
def check_paper(paper: Paper, actor: Actor) -> Paper:
    """Pass the check (核稿); on to the countersigning offices, or to be issued."""
    _require(paper, State.CHECKING)
    paper.checked_by_id = actor.id
    paper.save(update_fields=["checked_by_id"])
    return _move(paper, State.COUNTERSIGNING if paper.countersigns.exists() else State.SIGNING)


@action("papers.countersign.given", permission=can_countersign_paper)
def give_countersign(
    countersign: Countersign, actor: Actor, *, agreed: bool, opinion: str = ""
) -> Countersign:
    """An office agrees or objects (会签); an objection sends the paper back to the drafter."""
    paper = Paper.objects.select_for_update().get(pk=countersign.paper_id)
    _require(paper, State.COUNTERSIGNING)
    if countersign.agreed is not None:
        raise Problem(_("这个处室已经会签过。"), remedy=_("请刷新页面。"))
    if not agreed and not opinion.strip():
        raise Problem(_("不同意时请写明意见。"), remedy=_("写明哪一处、应怎样修改。"), field="opinion")
    countersign.agreed, countersign.opinion = agreed, opinion.strip()
    countersign.by, countersign.at = actor.name, clock.now()
    countersign.save()
    if not agreed:
        _move(paper, State.DRAFT)
    elif not paper.countersigns.filter(agreed=None).exists():
        _move(paper, State.SIGNING)
    note(paper=paper)
    return countersign


@action("papers.paper.issued", permission=can_sign_paper)
def issue_paper(paper: Paper, actor: Actor) -> Paper:
    """Issue it (签发): the number is given, the text frozen, Word and PDF kept under its digest."""
    _require(paper, State.SIGNING)
    piece, blocks = template(paper.template), blocks_of(paper)
    paper.issued_on = clock.today()
    if piece.numbering:
        [paper.number] = next_number(piece.code, piece.numbering, paper.issued_on.year)
    paper.sha256, paper.state = digest_of(paper), State.ISSUED
    head, about = fitted(letterhead_of(paper), blocks), Ref.of(paper)
    name = f"{paper.number or ''}{paper.title}"
    paper.word = store_document(None, actor, name=f"{name}.docx", data=as_word(head, blocks), about=about)
    paper.pdf = store_document(None, actor, name=f"{name}.pdf", data=as_pdf(head, blocks), about=about)
    paper.save()
    note(number=paper.number, sha256=paper.sha256)
    return paper


@action("papers.paper.returned", permission=can_send_back_paper)
def send_back_paper(paper: Paper, actor: Actor, *, reason: str) -> Paper:
    """Who checks or signs sends it back to the drafter with a reason (退回修改)."""
    del actor
    if paper.state not in {State.CHECKING, State.SIGNING}:
        raise Problem(_("这份文书现在不能退回。"), remedy=_("请刷新页面查看最新状态。"))
    if not reason.strip():
        raise Problem(_("请写明退回原因。"), remedy=_("写明哪一处、应怎样修改。"), field="reason")
    return _move(paper, State.DRAFT)


@action("papers.paper.voided", permission=can_sign_paper)
def void_paper(paper: Paper, actor: Actor, *, reason: str) -> Paper:
    """Take an issued paper out of force (作废); its check page says so."""
    del actor
    _require(paper, State.ISSUED)
    if not reason.strip():
        raise Problem(_("请写明作废原因。"), remedy=_("例如：数据有误，另行印发。"), field="reason")
    return _move(paper, State.VOID)


@action("papers.word.returned", permission=can_return_word, silent=("data",))
def return_word(paper: Paper, actor: Actor, *, name: str, data: bytes) -> ReturnedWord:
    """Bring back a retouched Word (定稿回传); every value that differs from the system is marked."""
    if paper.state not in {State.SIGNING, State.ISSUED}:
        raise Problem(_("核稿、会签完成后才能回传定稿。"), remedy=_("请先办完前面的步骤。"))
    returned, blocks = read_word(data), blocks_of(paper)
    labels = labels_of(paper, blocks)
    found = compare(blocks, returned.text, returned.controls, title=paper.title)
    document = store_document(None, actor, name=name, data=data, about=Ref.of(paper))
    made = ReturnedWord.objects.create(
        paper=paper,
        document=document,
        at=clock.now(),
        by=actor.name,
        slots=[
            {
                "code": one.code,
                "label": labels.get(one.code, ""),
                "ours": one.ours,
                "theirs": one.theirs,
                "fate": one.fate,
            }
            for one in found.slots
        ],
        segments=[list(segment) for segment in found.segments],
        differing=len(found.differing),
    )
    note(differing=made.differing)
    return made


def _move(paper: Paper, state: str) -> Paper:
    paper.state = state
    paper.save(update_fields=["state"])
    return paper


def _require(paper: Paper, state: str) -> None:
    if paper.state != state:
        raise Problem(
            _("这份文书当前状态为“%(state)s”，不能办理这一步。") % {"state": paper.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )
