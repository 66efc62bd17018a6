# SPDX-License-Identifier: Apache-2.0
"""Who is told of what after which verb (通知规则): joins comments, commitments and notices, siblings that stay apart.

Nobody is told of what he did himself. Each rule may run twice: a person is told of a topic once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.access.queries.grants import people_who
from kechuang.commons.comments.models import Comment
from kechuang.commons.commitments.models import Commitment, Responsibility, Round
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.events import subscribes
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.notices.actions import send_notice
from kechuang.commons.notices.kinds import NoticeKind, notice_kind
from kechuang.commons.oversight.models import Letter

MENTIONED = notice_kind(
    NoticeKind("comments.mentioned", _("提及"), _("%(by)s在“%(about)s”的批注中提到了您"), "%(text)s")
)
INSTRUCTED = notice_kind(
    NoticeKind(
        "comments.instructed",
        _("批示"),
        _("%(by)s作出批示：%(title)s"),
        _("%(text)s\n\n批示对象：%(about)s\n完成时限：%(due)s"),
        urgent=True,
        for_group=True,
    )
)
ASKED_TO_CLOSE = notice_kind(
    NoticeKind("commitments.asked_to_close", _("申请办结"), _("%(by)s申请办结：%(title)s"), "%(text)s")
)
RETURNED = notice_kind(
    NoticeKind("commitments.returned", _("退回"), _("%(by)s退回了办结申请：%(title)s"), "%(text)s")
)
LETTER = notice_kind(
    NoticeKind(
        "oversight.letter",
        _("督办单"),
        _("%(name)s：%(title)s"),
        _("%(text)s\n\n编号：%(number)s\n回复时限：%(due)s"),
        urgent=True,
    )
)
ROUND = notice_kind(
    NoticeKind(
        "commitments.round",
        _("报送轮次"),
        _("请报送%(title)s，%(due)s 截止"),
        _("按本处室负责的任务逐项报送，只报一次；%(due)s 以后报送的记为迟报。"),
    )
)
CLOSED = notice_kind(NoticeKind("commitments.closed", _("办结"), _("已确认办结：%(title)s")))


def _tell(entry: Entry, kind: NoticeKind, to: Iterable[User], about: Ref, data: dict[str, Any]) -> None:
    """A comment is one topic, however it is edited; each step of a task is its own."""
    comment = about.kind == "comments.comment"
    send_notice(
        None,
        Actor.system(now("消息")),
        kind=kind.code,
        to=[user for user in to if str(user.pk) != entry.actor_id],
        about=about,
        topic=str(about) if comment else f"kernel.entry:{entry.pk}",
        data={"by": entry.actor_name, **data},
    )


@subscribes("comments.comment.posted", "comments.comment.edited")
def tell_mentioned(entry: Entry) -> None:
    """Who is named in a comment hears of it; who is named again after an edit does not."""
    comment = Comment.objects.prefetch_related("mentions__user").get(pk=entry.ref_id)
    users = [mention.user for mention in comment.mentions.all()]
    if users:
        about = resolve_many([comment.ref])[comment.ref].title
        _tell(entry, MENTIONED, users, Ref.of(comment), {"about": about, "text": comment.text})


@subscribes("comments.instruction.given")
def tell_instructed(entry: Entry) -> None:
    """The people of the offices an instruction names, then whoever its text mentions."""
    comment = Comment.objects.select_related("instruction").get(pk=entry.ref_id)
    terms, about = comment.instruction, resolve_many([comment.ref])[comment.ref].title
    data = {
        "about": about,
        "title": terms.title,
        "text": comment.text,
        "due": terms.due.isoformat() if terms.due else now("未设时限"),
    }
    _tell(
        entry,
        INSTRUCTED,
        people_who(permission="commitments.report_part", over=terms.office_refs),
        Ref.of(comment),
        data,
    )
    tell_mentioned(entry)


@subscribes("commitments.commitment.merged")
def tell_asked_to_close(entry: Entry) -> None:
    """Who confirms closings hears when a lead asks for one."""
    if entry.data.get("done"):
        task = Commitment.objects.get(pk=Ref.parse(entry.data["commitment"]).id)
        data = {"title": task.title, "text": entry.data["text"]}
        _tell(entry, ASKED_TO_CLOSE, people_who(permission="commitments.confirm_closure"), Ref.of(task), data)


@subscribes("commitments.closure.returned")
def tell_returned(entry: Entry) -> None:
    """The lead office hears that its closing came back, and why."""
    task = Commitment.objects.get(pk=entry.ref_id)
    leads = task.responsibilities.filter(until__isnull=True, role=Responsibility.Role.LEAD)
    data = {"title": task.title, "text": entry.data["reason"]}
    _tell(entry, RETURNED, _people_of(leads), Ref.of(task), data)


@subscribes("commitments.closure.confirmed")
def tell_closed(entry: Entry) -> None:
    """Every office of a task hears that it is closed."""
    task = Commitment.objects.get(pk=entry.ref_id)
    _tell(
        entry,
        CLOSED,
        _people_of(task.responsibilities.filter(until__isnull=True)),
        Ref.of(task),
        {"title": task.title},
    )


@subscribes("oversight.letter.issued")
def tell_letter(entry: Entry) -> None:
    """The people of the office hear of a letter: why, its number, until when it is to be answered."""
    letter = Letter.objects.select_related("commitment", "milestone", "unit").get(pk=entry.ref_id)
    data = {
        "name": letter.name,
        "title": letter.item.title,
        "text": letter.reason,
        "number": letter.number,
        "due": letter.reply_due.isoformat(),
    }
    people = people_who(permission="commitments.report_part", over=[Ref.of(letter.unit)])
    _tell(entry, LETTER, people, Ref.of(letter), data)


@subscribes("commitments.round.opened")
def tell_round(entry: Entry) -> None:
    """The people of every office that is asked hear of the round and its last day."""
    opened = Round.objects.get(pk=entry.ref_id)
    asked = Responsibility.objects.filter(calls__round=opened)
    data = {"title": opened.title, "due": opened.due_on.isoformat()}
    _tell(entry, ROUND, _people_of(asked), Ref.of(opened), data)


def _people_of(parts: Iterable[Responsibility]) -> Iterable[User]:
    units = [Ref("parties.unit", str(part.unit_id)) for part in parts]
    return people_who(permission="commitments.report_part", over=units) if units else []
