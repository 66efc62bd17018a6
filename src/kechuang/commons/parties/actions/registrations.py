# SPDX-License-Identifier: Apache-2.0
"""Somebody registers an organisation or himself (自助注册); a district or the office checks it.

What the form answers never tells whether an organisation or an account exists. The link that the applicant holds is
the only way back to the application, and to the first password.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kechuang.commons.access import tokens
from kechuang.commons.access.actions import (
    create_account,
    give_consent,
    grant_role,
    issue_link,
    revoke_grant,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, OneTimeLink, Purpose, Role, User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, TooMany
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.actions.organizations import give_role, register_organization
from kechuang.commons.parties.applications import (
    Application,
    fill,
    note_personal,
    require_state,
    stored,
)
from kechuang.commons.parties.forgetting import forget
from kechuang.commons.parties.models import Organization, Registration
from kechuang.commons.parties.permissions import (
    can_amend_registration,
    can_claim_account,
    can_file_registration,
    can_settle_registration,
)
from kechuang.commons.parties.queries.identity import holder_of_code
from kechuang.commons.parties.queries.registrations import ADMINISTRATOR, administrators_of, role_named
from kechuang.commons.parties.statements import Profile
from kechuang.engines.linkage.codes import USCC

State = Registration.State
AN_HOUR, MOST_AN_HOUR, MOST_MISSING = dt.timedelta(hours=1), 5, 20


@action(
    "parties.registration.filed", permission=can_file_registration, silent=("application", "proof", "sender")
)
def file_registration(
    thing: None,
    actor: Actor,
    *,
    application: Application,
    proof: tuple[str, bytes] | None,
    purpose: Purpose,
    sender: str,
    by_mail: bool,
) -> Registration:
    """Apply to be registered (提交注册申请); ``token`` of the result is shown or mailed once.

    Where mail goes, the application waits until its link has been opened. Raises TooMany for the sixth in an hour from
    one place.
    """
    del thing
    place, now = tokens.digest_of(sender), clock.now()
    if Registration.objects.filter(sender=place, filed_at__gt=now - AN_HOUR).count() >= MOST_AN_HOUR:
        raise TooMany(_("提交过于频繁。"), remedy=_("请一小时后再试，或联系所在区县科技部门。"))
    if not purpose.current:
        raise Problem(_("告知内容已更新。"), remedy=_("请刷新页面，阅读后再同意。"), field="agree")
    if proof is None:
        raise Problem(_("请上传证明材料。"), remedy=_("加盖公章的授权书或本人证明。"), field="proof")
    token = tokens.new_token()
    registration = Registration(
        purpose=purpose,
        digest=tokens.digest_of(token),
        sender=place,
        filed_at=now,
        state=State.UNCONFIRMED if by_mail else State.SUBMITTED,
    )
    fill(registration, application)
    registration.save()
    registration.proof = stored(registration, actor, proof)
    registration.save(update_fields=["proof"])
    note_personal(registration)
    registration.token = token
    return registration


@action("parties.registration.confirmed", permission=can_amend_registration)
def confirm_registration(registration: Registration, actor: Actor) -> Registration:
    """The applicant opened the link that was mailed (本人确认): now it is checked."""
    del actor
    require_state(registration, State.UNCONFIRMED)
    registration.state = State.SUBMITTED
    registration.save(update_fields=["state"])
    return registration


@action("parties.registration.amended", permission=can_amend_registration, silent=("application", "proof"))
def amend_registration(
    registration: Registration,
    actor: Actor,
    *,
    application: Application,
    proof: tuple[str, bytes] | None = None,
) -> Registration:
    """The applicant mends what was missing and hands it in again (补正)."""
    require_state(registration, State.RETURNED)
    fill(registration, application)
    if proof is not None:
        registration.proof = stored(registration, actor, proof)
    registration.state = State.SUBMITTED
    registration.save()
    note_personal(registration)
    return registration


@action("parties.registration.returned", permission=can_settle_registration)
def return_registration(registration: Registration, actor: Actor, *, missing: Sequence[str]) -> Registration:
    """Give it back once, with the whole list of what is missing (一次性告知)."""
    require_state(registration, State.SUBMITTED)
    if registration.returned:
        raise Problem(
            _("这份申请已经退回过一次。"),
            remedy=_("须补正的内容应一次告知；请通过，或说明理由不予通过。"),
        )
    wanted = [line.strip()[:200] for line in missing if line.strip()][:MOST_MISSING]
    if not wanted:
        raise Problem(_("请列出须补正的内容。"), remedy=_("每行一项，一次列全。"), field="missing")
    registration.state, registration.missing, registration.returned = State.RETURNED, wanted, True
    registration.settled_by = actor.name
    registration.save(update_fields=["state", "missing", "returned", "settled_by"])
    return registration


@action("parties.registration.declined", permission=can_settle_registration)
def decline_registration(registration: Registration, actor: Actor, *, reason: str) -> Registration:
    """Say no, with the reason (不予通过)."""
    require_state(registration, State.SUBMITTED)
    if not reason.strip():
        raise Problem(_("请说明理由。"), remedy=_("申请人会看到它。"), field="reason")
    _settle(registration, actor, State.DECLINED, reason)
    return registration


@action("parties.registration.erased", permission=can_settle_registration)
def erase_registration(registration: Registration, actor: Actor, *, reason: str) -> Registration:
    """Erase what is personal in an application that was declined (删除申请人信息), at the applicant's request."""
    del actor
    if registration.state != State.DECLINED or not registration.applicant:
        raise Problem(
            _("只有未通过、尚未删除的申请可以在这里删除申请人信息。"),
            remedy=_("已通过的随账号一并删除，请联系系统管理员。"),
        )
    if not reason.strip():
        raise Problem(_("请填写原因。"), remedy=_("例如本人要求。"), field="reason")
    forget(registration)
    return registration


@action("parties.registration.accepted", permission=can_settle_registration)
def accept_registration(registration: Registration, actor: Actor, *, replace: bool = False) -> Registration:
    """Let the applicant in (通过): the organisation is registered or, by its code, found, and gets an administrator.

    One that has an administrator gets another in his place only where ``replace`` says that this was checked.
    """
    require_state(registration, State.SUBMITTED)
    system = Actor.system(_("自助注册"))
    if registration.kind.person:
        over = ""
    else:
        organization = _organization(registration, system)
        _make_room(organization, system, replace=replace)
        registration.organization, over = organization, str(Ref.of(organization))
    user = create_account(
        None,
        system,
        username=_username(registration),
        display_name=registration.applicant,
        email=registration.email,
        phone=registration.phone,
    )
    for role in _roles(registration):
        grant_role(user, system, role=role, scope=Grant.Scope.OWN, over=over)
    give_consent(user, actor_of(user), purpose=registration.purpose)
    registration.user = user
    _settle(registration, actor, State.ACCEPTED, "")
    note(organization=registration.organization, user=user, replaced=replace)
    return registration


@action("parties.account.claimed", permission=can_claim_account)
def claim_account(registration: Registration, actor: Actor) -> OneTimeLink:
    """The applicant, by his link, gets the link to set the first password; no official ever sees it."""
    del actor
    assert registration.user is not None
    return issue_link(registration.user, Actor.system(_("自助注册")), purpose=OneTimeLink.Purpose.INVITE)


def _settle(registration: Registration, actor: Actor, state: Registration.State, reason: str) -> None:
    registration.state, registration.reason = state, reason.strip()[:200]
    registration.settled_by, registration.settled_at = actor.name, clock.now()
    registration.save(update_fields=["state", "reason", "settled_by", "settled_at", "organization", "user"])


def _organization(registration: Registration, system: Actor) -> Organization:
    """The organisation of the code, registered if it is not known yet, and said to be what it registers as."""
    day = clock.today()
    found = holder_of_code(registration.uscc)
    if found is None:
        return register_organization(
            None,
            system,
            profile=Profile(registration.name, {USCC: registration.uscc}, registration.region),
            kinds=[registration.kind],
            since=day,
            source=_("自助注册"),
            namesake=True,
        )
    if not found.roles.filter(kind=registration.kind, until=None).exists():
        give_role(found, system, kind=registration.kind, since=day)
    return found


def _make_room(organization: Organization, system: Actor, *, replace: bool) -> None:
    """One administrator at a time: a former one gives way where that was checked."""
    present = list(administrators_of(organization))
    if present and not replace:
        names = "、".join(str(grant.user) for grant in present)
        raise Problem(
            _("该机构已有单位管理员：%(names)s。") % {"names": names},
            remedy=_("核实授权书确为变更负责人后，请勾选“变更单位管理员”再通过。"),
            field="replace",
        )
    for grant in present:
        revoke_grant(grant, system, reason=_("变更单位管理员"))


def _username(registration: Registration) -> str:
    """A name for the account that says nothing personal."""
    stem = registration.uscc.lower() if registration.uscc else f"expert-{registration.pk}"
    taken = set(User.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    names = (stem, *(f"{stem}-{serial}" for serial in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _roles(registration: Registration) -> list[Role]:
    wanted = [registration.kind.account_role, *([] if registration.kind.person else [ADMINISTRATOR])]
    found = [role for code in wanted if (role := role_named(code)) is not None]
    if len(found) != len(wanted):
        raise Problem(_("系统还没有装载这类账号的角色。"), remedy=_("请系统管理员装载内容包。"))
    return found
