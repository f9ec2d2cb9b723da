"""How clients are: whom to ask, what they were asked, and what they answered."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from clinic.aftercare.models import CheckIn, PlanIssue, PracticeLog, StretchPlan
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account, Client
from clinic.people.queries import same_person
from clinic.treatments.models import Treatment

MOST_AT_ONCE = 50


class Answered(NamedTuple):
    """A check-in that was answered, and who of the staff took it down; None where the client answered by themselves."""

    check_in: CheckIn
    taken_down_by: str | None


class Sent(NamedTuple):
    """A version of a plan that was sent, and since when it is back, where its client told so."""

    issue: PlanIssue
    back_since: datetime | None


def returned(session: AnySession, issue_id: UUID) -> bool:
    """Whether the client told that it is back since they got this version of their plan."""
    return session.scalar(RETURNED, {"issue_id": issue_id}) is not None


def all_sent(session: AnySession, client_id: UUID) -> list[Sent]:
    """Every version of a plan that was sent to this client, the latest first."""
    return [Sent._make(one) for one in session.execute(ALL_SENT, {"client_id": client_id})]


def releases_to_ask_about(session: AnySession, first: datetime, last: datetime) -> Sequence[Appointment]:
    """Releases that ended from `first` to `last` and took place, whose client has a mail address and was not asked yet;
    the earliest first, so many at once.
    """
    return session.scalars(TO_ASK_ABOUT, {"first": first, "last": last}).all()


def took_place(session: AnySession, appointment_id: UUID) -> bool:
    """Whether it still stands, and nobody marked that its client did not come."""
    return session.scalar(TOOK_PLACE, {"id": appointment_id}) is not None


def link_of(session: AnySession, check_in_id: UUID, now: datetime) -> Link | None:
    """By which its client answers, while it is good."""
    query = select(Link).where(Link.scope == "check_in", Link.subject_id == check_in_id, Link.revoked_at.is_(None))
    return session.scalar(query.where(Link.expires_at > now).limit(1))


def open_check_in(session: AnySession, client_id: UUID, now: datetime, since: datetime) -> CheckIn | None:
    """What this client was asked since then and has not answered."""
    asked = {"client_id": client_id, "now": now, "since": since}
    return session.scalar(OPEN, asked)


def told_back(session: AnySession, issue_id: UUID) -> CheckIn | None:
    """That this version's client told that it is back."""
    return session.scalar(select(CheckIn).where(CheckIn.issue_id == issue_id, CheckIn.kind == "back"))


def how_they_are(check_in: CheckIn) -> HowTheyAre:
    """What was answered."""
    told: dict[str, Any] = json.loads(check_in.answers or "{}")
    lists = {name: tuple(told.get(name, ())) for name in ("flags", "new")}
    return HowTheyAre(**{**told, **lists})


def told_lately(
    session: AnySession, client_id: UUID, *, practised_since: date, asked_since: datetime
) -> tuple[list[PracticeLog], list[Answered]]:
    """What a client told of their practice since a day, and how they said they are since an instant, of whichever plan
    or visit; the latest first. One statement.
    """
    asked = {"client_id": client_id, "since": practised_since, "asked_since": asked_since}
    logs: list[PracticeLog] = []
    answered: list[Answered] = []
    for log, check_in, name in session.execute(TOLD_LATELY, asked):
        if log:
            logs.append(log)
        else:
            answered.append(Answered(check_in, name))
    return logs, answered


def told_at_review_or_after(session: AnySession, since: datetime) -> list[tuple[UUID, str, str]]:
    """Whether it came back, as clients answered since then when plans were looked at again, or told by themselves: who,
    the kind, and what they said of that; the first first.
    """
    found = session.execute(AT_REVIEW_OR_AFTER, {"since": since})
    return [(person, one.kind, how_they_are(one).back) for person, one in found]


# Built once: putting these together takes longer than the database takes to answer.
TOLD_BACK = CheckIn.kind == "back", CheckIn.answered_at.is_not(None)
RETURNED = select(CheckIn.id).where(CheckIn.issue_id == bindparam("issue_id"), *TOLD_BACK).limit(1)
PERSON = same_person(bindparam("client_id", type_=Uuid()))
ALL_SENT = (
    select(PlanIssue, CheckIn.answered_at)
    .join(StretchPlan)
    .outerjoin(CheckIn, and_(CheckIn.issue_id == PlanIssue.id, *TOLD_BACK))
    .where(StretchPlan.client_id.in_(PERSON))
    .order_by(PlanIssue.issued_at.desc(), PlanIssue.number.desc(), PlanIssue.id)
)
MISSED = exists().where(
    Attendance.appointment_id == Appointment.id, Attendance.state == "no_show", Attendance.undone_at.is_(None)
)
STANDING = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(Cancellation.appointment_id.is_(None), ~MISSED)
)
TOOK_PLACE = STANDING.with_only_columns(Appointment.id).where(Appointment.id == bindparam("id"))
FIRST, SECOND = aliased(Treatment), aliased(Treatment)
TO_ASK_ABOUT = (
    STANDING.join(Client, Client.id == Appointment.client_id)
    .join(FIRST, FIRST.id == Appointment.treatment_id)
    .outerjoin(SECOND, SECOND.id == Appointment.second_treatment_id)
    .where(
        Appointment.starts_at > bindparam("first"),
        Appointment.ends_at <= bindparam("last"),
        or_(FIRST.is_release, SECOND.is_release),
        Client.email != "",
        Client.merged_into_id.is_(None),
        ~exists().where(CheckIn.appointment_id == Appointment.id, CheckIn.kind == "release"),
    )
    .options(joinedload(Appointment.room))
    .order_by(Appointment.starts_at, Appointment.id)
    .limit(MOST_AT_ONCE)
)
OPEN = (
    select(CheckIn)
    .where(
        CheckIn.client_id == bindparam("client_id"),
        CheckIn.answered_at.is_(None),
        CheckIn.due_at <= bindparam("now"),
        CheckIn.due_at > bindparam("since"),
    )
    .order_by(CheckIn.due_at.desc(), CheckIn.id)
    .limit(1)
)
TOLD = union_all(
    select(PracticeLog.id.label("log_id"), cast(null(), Uuid()).label("check_in_id"))
    .join(StretchPlan)
    .where(StretchPlan.client_id.in_(PERSON), PracticeLog.told_on >= bindparam("since")),
    select(cast(null(), Uuid()), CheckIn.id).where(
        CheckIn.client_id.in_(PERSON), CheckIn.answered_at >= bindparam("asked_since")
    ),
).subquery()
TOLD_LATELY = (
    select(PracticeLog, CheckIn, Account.name)
    .select_from(TOLD)
    .outerjoin(PracticeLog, PracticeLog.id == TOLD.c.log_id)
    .outerjoin(CheckIn, CheckIn.id == TOLD.c.check_in_id)
    .outerjoin(Account, literal("account:").concat(cast(Account.id, CheckIn.answered_by.type)) == CheckIn.answered_by)
    .options(joinedload(CheckIn.call), joinedload(PracticeLog.call))
    .order_by(PracticeLog.told_on.desc(), PracticeLog.id, CheckIn.answered_at.desc(), CheckIn.id)
)
AT_REVIEW_OR_AFTER = (
    select(func.coalesce(Client.merged_into_id, Client.id), CheckIn)
    .join(Client, Client.id == CheckIn.client_id)
    .where(CheckIn.kind.in_(("review", "back")), CheckIn.answered_at >= bindparam("since"))
    .order_by(CheckIn.answered_at, CheckIn.id)
)
ISSUES_OF = select(PlanIssue.id).where(PlanIssue.plan_id == bindparam("plan_id"))
SUPERSEDED = select(CheckIn.id).where(
    CheckIn.issue_id.in_(ISSUES_OF), CheckIn.answered_at.is_(None), CheckIn.due_at > bindparam("now")
)
