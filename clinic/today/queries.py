"""What this person of the staff may see of the work that waits, and that was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, bindparam, cast, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased, joinedload, load_only
from sqlalchemy.sql.functions import FunctionElement

from clinic.aftercare.models import CheckIn, PracticeLog, StretchPlan
from clinic.aftercare.operations.telling import CALLS
from clinic.booking.models import Appointment, Cancellation, Claim
from clinic.booking.operations import APPROVE, RING_NOW
from clinic.core.db import AnySession
from clinic.core.times import instant_of, wall_minute
from clinic.notes.queries.co_signing import CO_SIGN
from clinic.people.models import Account, Client, Therapist
from clinic.qualifications.models import Credential
from clinic.qualifications.operations import CHECK
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Work:
    """Something for a person to do: about a client, before an appointment or without one; or about a paper. `treats`:
    a client whom its owner sees.
    """

    item: WorkItem
    owner: str | None
    done_by: str | None
    client: Client | None
    therapist: Therapist | None
    appointment: Appointment | None
    lapses: Credential | None
    treats: bool


class client_id_in(FunctionElement[UUID]):  # noqa: N801  (reads as the SQL function it is)
    """The id in "client:…", however a database keeps ids."""

    type = Uuid()
    inherit_cache = True
    kind = "client:"


class appointment_id_in(client_id_in):  # noqa: N801
    """The id in "appointment:…"."""

    inherit_cache = True
    kind = "appointment:"


@compiles(client_id_in, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"replace(substr({compiler.process(element.clauses, **kw)}, {len(element.kind) + 1}), '-', '')"


@compiles(client_id_in, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    subject = compiler.process(element.clauses, **kw)
    kind = element.kind
    return f"CASE WHEN starts_with({subject}, '{kind}') THEN CAST(substr({subject}, {len(kind) + 1}) AS uuid) END"


def open_work(session: AnySession, now: datetime, *, account: Account) -> list[Work]:
    """What waits for somebody, calls to make at once and then soonest due first; a therapist's own, or all. It lapses
    with the appointment.
    """
    query = {"therapist": OWN_WORK, "reception": DESK_WORK}.get(account.role, ALL_WORK)
    return [_work(*found) for found in session.execute(query, {"now": now, "account_id": account.id})]


def done_work(session: AnySession, since: datetime, *, account: Account) -> list[Work]:
    """What was done since then, the latest first; what a therapist did or was to do, or all."""
    query = {"therapist": OWN_DONE, "reception": DESK_DONE}.get(account.role, ALL_DONE)
    return [_work(*found) for found in session.execute(query, {"since": since, "account_id": account.id})]


def appointments_after(session: AnySession, lapsing: Sequence[Credential], zone: str) -> dict[int, int]:
    """For each of these papers, how many standing appointments its therapist has after its last good day."""
    ends = {
        one.id: instant_of(wall_minute(one.expires_on + timedelta(days=1), time(), zone))
        for one in lapsing
        if one.expires_on
    }
    asked = {"ids": [one.therapist_id for one in lapsing], "first": min(ends.values(), default=None)}
    booked = session.execute(BOOKED_AFTER, asked).all()
    count = Counter(one.id for one in lapsing for who, at in booked if who == one.therapist_id and at >= ends[one.id])
    return {one.id: count[one.id] for one in lapsing}


def open_call(session: AnySession, item_id: int, account: Account) -> WorkItem | None:
    """Work this person is to do, or did."""
    its_own = WorkItem.id == item_id, WorkItem.owner_id == account.id, WorkItem.task.not_in((APPROVE, CHECK, CO_SIGN))
    return session.scalar(select(WorkItem).where(*its_own))


def seen_by(session: AnySession, item_id: int, account: Account) -> WorkItem | None:
    """Work this person sees: a therapist their own, owners all, reception all but papers to check and notes to
    co-sign.
    """
    query = select(WorkItem).where(WorkItem.id == item_id)
    if account.role == "therapist":
        query = query.where(WorkItem.owner_id == account.id)
    return session.scalar(query.where(WorkItem.task.not_in(NOT_AT_DESK)) if account.role == "reception" else query)


def open_tasks(session: AnySession, client_id: UUID) -> Sequence[str]:
    """What somebody was asked to do about a client and has not done, soonest due first."""
    about = select(WorkItem.task).where(WorkItem.subject == f"client:{client_id}", WorkItem.done_at.is_(None))
    return session.scalars(about.order_by(WorkItem.due_at, WorkItem.id)).all()


def staff_at_work(session: AnySession) -> Sequence[Account]:
    """Whoever may be asked to do something."""
    return session.scalars(select(Account).where(Account.active).order_by(Account.name, Account.id)).all()


def asked_of(session: AnySession, item_id: int, account: Account) -> Appointment | None:
    """An appointment this person is to approve or has approved, called off meanwhile or not."""
    query = select(Appointment).join(WorkItem, Appointment.approval_id == WorkItem.id)
    return session.scalar(query.where(WorkItem.id == item_id, WorkItem.owner_id == account.id))


def visits_at_once(session: AnySession, resource_id: int | None, other_id: int | None) -> list[Appointment]:
    """Two appointments at the same time, one of each of these resources; empty where there are none."""
    one, other = aliased(Claim), aliased(Claim)
    overlap = (one.starts_at < other.ends_at) & (other.starts_at < one.ends_at)
    claims = select(one.appointment_id, other.appointment_id).join(other, overlap)
    claims = claims.where(one.resource_id == resource_id, other.resource_id == other_id)
    found = session.execute(claims.order_by(one.starts_at, other.starts_at).limit(1)).first()
    return [session.get_one(Appointment, each) for each in found] if found else []


BEFORE, ASKED, VISIT = aliased(Appointment), aliased(Appointment), aliased(Appointment)
AFTER, ANSWERED = aliased(PracticeLog), aliased(CheckIn)
OWNER, DOER = aliased(Account), aliased(Account)
# What its lines name. Nine whole rows took longer to make ready than to read, even where nothing waits.
NAMED, LED = (Client.name, Client.phone, Client.merged_into_id), (Therapist.name, Therapist.account_id)


def _work(
    item: WorkItem,
    owner: str | None,
    doer: str | None,
    appointment: Appointment | None,
    *about: Any,
) -> Work:
    log, check_in, client, lapses, treats = about
    of: Any = log.plan if log else check_in or appointment or lapses
    whose = client if of is None or of is lapses else of.client
    therapist = of.therapist if of else None
    return Work(item, owner, doer, whose.person if whose else None, therapist, appointment, lapses, treats)


def _any_work() -> Any:
    paper = literal("credential:", String) + cast(Credential.id, String)
    seen = select(Appointment.id).join(Therapist).outerjoin(Cancellation)
    treats = seen.where(
        Appointment.client_id == Client.id,
        Therapist.account_id == WorkItem.owner_id,
        Cancellation.appointment_id.is_(None),
    )
    return (
        select(WorkItem, OWNER.name, DOER.name, VISIT, AFTER, ANSWERED, Client, Credential, treats.exists())
        .outerjoin(OWNER, OWNER.id == WorkItem.owner_id)
        .outerjoin(DOER, DOER.id == WorkItem.done_by_id)
        .outerjoin(BEFORE, BEFORE.call_id == WorkItem.id)
        .outerjoin(ASKED, ASKED.approval_id == WorkItem.id)
        .outerjoin(VISIT, VISIT.id == func.coalesce(BEFORE.id, ASKED.id, appointment_id_in(WorkItem.subject)))
        .outerjoin(Cancellation, Cancellation.appointment_id == VISIT.id)
        .outerjoin(AFTER, AFTER.call_id == WorkItem.id)
        .outerjoin(ANSWERED, ANSWERED.call_id == WorkItem.id)
        .outerjoin(Client, Client.id == client_id_in(WorkItem.subject))
        .outerjoin(Credential, paper == WorkItem.subject)
        .options(
            load_only(VISIT.starts_at, VISIT.client_id, VISIT.therapist_id),
            joinedload(VISIT.client).load_only(*NAMED),
            joinedload(VISIT.therapist).load_only(*LED),
            load_only(AFTER.plan_id),
            joinedload(AFTER.plan).load_only(StretchPlan.client_id, StretchPlan.therapist_id),
            joinedload(AFTER.plan).joinedload(StretchPlan.client).load_only(*NAMED),
            joinedload(AFTER.plan).joinedload(StretchPlan.therapist).load_only(*LED),
            load_only(ANSWERED.client_id, ANSWERED.therapist_id),
            joinedload(ANSWERED.client).load_only(*NAMED),
            joinedload(ANSWERED.therapist).load_only(*LED),
            load_only(*NAMED),
            load_only(Credential.therapist_id, Credential.expires_on),
            joinedload(Credential.therapist).load_only(*LED),
        )
    )


# Built once: that takes longer than the database takes to answer.
NOT_AT_DESK = (CHECK, CO_SIGN)
AT_ONCE = (RING_NOW, *CALLS)  # somebody told of something alarming
TO_COME = or_(VISIT.ends_at > bindparam("now"), WorkItem.task == CO_SIGN)  # which waits after the visit
ABOUT = VISIT.id.is_(None) & or_(AFTER.id.is_not(None), Client.id.is_not(None), Credential.id.is_not(None))
ALL_WORK = (
    _any_work()
    .where(WorkItem.done_at.is_(None), or_(ABOUT, Cancellation.appointment_id.is_(None) & TO_COME))
    .order_by(WorkItem.task.in_(AT_ONCE).desc(), WorkItem.due_at, WorkItem.id)
)
DESK_WORK = ALL_WORK.where(WorkItem.task.not_in(NOT_AT_DESK))
OWN_WORK = ALL_WORK.where(WorkItem.owner_id == bindparam("account_id"))
ALL_DONE = (
    _any_work().where(WorkItem.done_at > bindparam("since")).order_by(WorkItem.done_at.desc(), WorkItem.id).limit(100)
)
DESK_DONE = ALL_DONE.where(WorkItem.task.not_in(NOT_AT_DESK))
OWN_DONE = ALL_DONE.where(
    or_(WorkItem.owner_id == bindparam("account_id"), WorkItem.done_by_id == bindparam("account_id"))
)
BOOKED_AFTER = (
    select(Appointment.therapist_id, Appointment.starts_at)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Appointment.therapist_id.in_(bindparam("ids", expanding=True)),
        Appointment.starts_at >= bindparam("first"),
        Cancellation.appointment_id.is_(None),
    )
)
