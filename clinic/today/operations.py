"""Joining two clients who are one person. Nothing is lost, and nothing that was signed or sent is written anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from clinic.aftercare.models import CheckIn, StretchPlan
from clinic.booking.models import Appointment, Claim, Resource, WaitingListEntry
from clinic.booking.operations import heed
from clinic.consent.models import Consent, MarketingChoice, NoticeAcceptance
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.intake.models import Clearance, HealthHistory
from clinic.notes.models import Episode, Findings, MeasuresTold
from clinic.people.models import Client, ClientAccount
from clinic.people.operations import lock
from clinic.referrals.models import Letter
from clinic.today.queries import visits_at_once
from clinic.work.models import WorkItem

# What goes over to the client who stays. What is not here keeps its own client and is read with theirs: signatures,
# whose documents name the client they were signed for, a second plan, a history that both had begun, and that both
# accepted the same notice.
MOVES: tuple[Any, ...] = (
    Appointment,
    WaitingListEntry,
    Findings,
    ClientAccount,
    Clearance,
    Consent,
    MarketingChoice,
    Episode,
    Letter,
    MeasuresTold,
    CheckIn,
)


def merge(
    session: AnySession, client: Client, other: Client, *, takes_contact: bool, now: datetime, by: Actor
) -> list[Refusal]:
    """Join `other` into `client`, or say why not. `takes_contact`: the name, address and number of `other` are the
    ones that count from now on. The caller commits.
    """
    resources = _lock_both(session, client, other)
    if refused := _refusals(session, client, other, resources):
        return refused
    if takes_contact:
        _swap_contacts(client, other)
    client.desk_note = "\n".join(filter(None, (client.desk_note, other.desk_note)))
    other.merged_into_id = client.id
    session.flush()
    moved = _move(session, client.id, other.id, resources)
    detail = {"other": str(other.id), "contact": "other" if takes_contact else "own", "moved": moved}
    audit.record(session, "client.merged", f"client:{client.id}", by=by, now=now, detail=detail)
    session.expire_all()
    heed(session, client, now=now, by=by)  # what either told counts for the visits of both
    return []


def _lock_both(session: AnySession, client: Client, other: Client) -> dict[UUID, int]:
    """Nobody books, writes or signs for either meanwhile. The same order as everywhere: claimed things, appointments,
    clients. What both claim, by client.
    """
    both = (client.id, other.id)
    resources = select(Resource.client_id, Resource.id).where(Resource.client_id.in_(both))
    found = {client_id: resource_id for client_id, resource_id in session.execute(resources) if client_id}
    lock(session, sorted(found.values()))
    appointments = select(Appointment.id).where(Appointment.client_id.in_(both))
    session.execute(appointments.order_by(Appointment.id).with_for_update()).all()
    clients = select(Client).where(Client.id.in_(both)).order_by(Client.id).with_for_update()
    session.scalars(clients.execution_options(populate_existing=True)).all()
    return found


def _refusals(session: AnySession, client: Client, other: Client, resources: dict[UUID, int]) -> list[Refusal]:
    if client is other or client.merged_into_id or other.merged_into_id:
        return [Refusal("merged_already")]
    accounts = select(ClientAccount.id).where(ClientAccount.client_id.in_((client.id, other.id)))
    if len(session.scalars(accounts).all()) > 1:
        return [Refusal("two_accounts")]
    at_once = visits_at_once(session, resources.get(client.id), resources.get(other.id))
    return [Refusal("visits_at_once", {"visits": at_once})] if at_once else []


def _swap_contacts(client: Client, other: Client) -> None:
    """The ones that do not count any more stay with the other, by whom they are still found."""
    mine, theirs = (client.name, client.email, client.phone), (other.name, other.email, other.phone)
    client.name, client.email, client.phone = theirs
    other.name, other.email, other.phone = mine


def _move(session: AnySession, kept: UUID, other: UUID, resources: dict[UUID, int]) -> dict[str, list[str]]:
    """The ids of what went over, by table."""
    moved = {model.__tablename__: _moved(session, model, model.client_id == other, client_id=kept) for model in MOVES}
    for model, second in _one_of_each(kept):
        moved[model.__tablename__] = _moved(session, model, (model.client_id == other) & ~second, client_id=kept)
    moved["client"] = _moved(session, Client, Client.merged_into_id == other, merged_into_id=kept)
    moved["link"] = _moved(session, Link, Link.subject_id == other, subject_id=kept)
    moved["work_item"] = _moved(session, WorkItem, WorkItem.subject == f"client:{other}", subject=f"client:{kept}")
    _move_claims(session, kept, resources.get(kept), resources.get(other))
    return {table: ids for table, ids in moved.items() if ids}


def _one_of_each(kept: UUID) -> list[tuple[Any, Any]]:
    """Tables in which a client has one of a kind, and when the other's would be a second."""
    begun, notice = aliased(HealthHistory), aliased(NoticeAcceptance)
    has_begun = select(begun.id).where(begun.client_id == kept, begun.finished_at.is_(None)).exists()
    same = select(notice.id).where(notice.client_id == kept, notice.notice_id == NoticeAcceptance.notice_id).exists()
    return [
        (StretchPlan, select(StretchPlan.id).where(StretchPlan.client_id == kept).exists()),
        (HealthHistory, HealthHistory.finished_at.is_(None) & has_begun),
        (NoticeAcceptance, same),
    ]


def _moved(session: AnySession, model: Any, which: Any, **values: Any) -> list[str]:
    changed = update(model).where(which).values(**values).returning(model.id)
    return [str(one) for one in session.scalars(changed.execution_options(synchronize_session=False))]


def _move_claims(session: AnySession, kept: UUID, into: int | None, from_: int | None) -> None:
    """The time the other takes is the kept one's from now on; where the kept one never took any, with its resource."""
    if from_ and into:
        session.execute(update(Claim).where(Claim.resource_id == from_).values(resource_id=into))
    elif from_:
        session.execute(update(Resource).where(Resource.id == from_).values(client_id=kept))
